import { useQuery } from "@tanstack/react-query";
import { UserPlus, UserRound } from "lucide-react";
import { type ReactNode, useCallback, useMemo } from "react";
import type { RunPerson } from "#shared/domain/coverage.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { planGapsOfPerson } from "#renderer/features/operations/screen.tsx";
import { ContextMenu } from "#renderer/ui/context-menu.tsx";
import { DataGrid } from "#renderer/ui/data-grid.tsx";
import type { GridCell, GridColumn } from "#renderer/ui/grid-column.ts";
import type { GridPosition } from "#renderer/ui/grid-navigation.ts";
import { hrefOf, navigate } from "#renderer/ui/router.ts";
import { Tooltip } from "#renderer/ui/tooltip.tsx";
import { CellMark } from "./cell-mark.tsx";
import { cellWords } from "./cell-words.ts";
import { groupCell } from "./group-cells.tsx";
import { type GroupColumn, isGroupColumnId } from "./group-columns.ts";
import { toggleSort, useMatrixState } from "./matrix-state.ts";
import { clearMarks, mark, markOf, useMatrixMarks } from "./matrix-marks.ts";
import { useMatrixCursor } from "./use-matrix-cursor.ts";
import { isShown } from "./visible-rows.ts";

/** Name and completeness stay beside the people; in a small window the name alone. */
const MOST_PINNED = 2;
const NARROWEST_PERSON_PX = 36;
const WIDEST_PERSON_PX = 88;
/** From this width on a name is written across, in two lines. */
const NAME_FITS_PX = 56;
const SCROLLBAR_PX = 14;

interface MatrixGridProps {
  groupColumns: readonly GroupColumn[];
  rows: readonly MatrixRow[];
  people: readonly RunPerson[];
  selectedRowKey: string | null;
  /** The room for the grid when no panel stands beside it: columns keep their place when one opens. */
  frameWidthPx: number;
  onOpen: (position: GridPosition) => void;
  onMove: (position: GridPosition) => void;
  onExclude: (position: GridPosition) => void;
  /** Plans what is missing: in the picked cells, or in the one the keyboard stands on. */
  onAdd: (position: GridPosition) => void;
}

/** The least that so many people need, with the scrollbar. */
export function narrowestPx(people: number): number {
  return people * NARROWEST_PERSON_PX + SCROLLBAR_PX;
}

/** The matrix itself: groups down, people across. */
export function MatrixGrid(props: MatrixGridProps) {
  const { groupColumns, rows, people, selectedRowKey, frameWidthPx, onOpen, onMove, onExclude, onAdd } =
    props;
  const { marked } = useMatrixMarks();
  const { sort, filter } = useMatrixState();
  const { data: settings } = useQuery(orpc.app.getSettings.queryOptions());
  const personWidthPx = widthOf(groupColumns, people.length, frameWidthPx);
  const columns = useMemo<GridColumn[]>(
    () => [
      ...groupColumns.map(({ id, widthPx, header, sortsBy }) => ({
        id,
        widthPx,
        header,
        ...(sortsBy === null
          ? {}
          : {
              sort: sort.by === sortsBy ? sort.direction : ("none" as const),
              onSort: () => toggleSort(sortsBy),
            }),
      })),
      ...people.map((person) => ({
        id: person.personId,
        widthPx: personWidthPx,
        header: <PersonHeader person={person} isNarrow={personWidthPx < NAME_FITS_PX} />,
      })),
    ],
    [groupColumns, people, personWidthPx, sort],
  );
  const { position, move, news } = useMatrixCursor(rows, columns);
  const { showExcluded } = filter;
  const renderCell = useCallback(
    (row: MatrixRow, columnId: string): GridCell => {
      if (isGroupColumnId(columnId)) return groupCell(row, columnId);
      const isMarked = marked.has(markOf(row.group.key, columnId as PersonId));
      const cell = row.cells.find(({ personId }) => personId === columnId);
      if (!cell || !isShown(cell, { showExcluded })) return { content: null, label: "Not asked", isMarked };
      return { content: <Centered>{<CellMark cell={cell} />}</Centered>, label: cellWords(cell), isMarked };
    },
    [showExcluded, marked],
  );
  const isCompact = settings?.density === "compact";
  const onPositionChange = useCallback(
    (next: GridPosition) => {
      move(next);
      onMove(next);
    },
    [move, onMove],
  );
  return (
    <div className="h-full min-w-0">
      <span role="status" className="sr-only">
        {news}
      </span>
      <DataGrid
        label="Coverage: groups by people"
        rows={rows}
        rowKey={(row) => row.group.key}
        columns={columns}
        pinnedColumns={Math.min(MOST_PINNED, groupColumns.length - 1)}
        renderCell={renderCell}
        rowHeightPx={isCompact ? 28 : 34}
        headerHeightPx={personWidthPx < NAME_FITS_PX ? 124 : 46}
        position={position}
        onPositionChange={onPositionChange}
        onOpen={onOpen}
        onMark={(at, how) => mark({ rows, people, groupColumns: groupColumns.length }, position, at, how)}
        onKey={(key, at) => {
          if (key === "x") onExclude(at);
          else if (key === "a") onAdd(at);
          else if (key === "Escape" && marked.size > 0) clearMarks();
          else return false;
          return true;
        }}
        selectedRowKey={selectedRowKey}
      />
    </div>
  );
}

/** People share what the group's columns leave, within reason. */
function widthOf(groupColumns: readonly GroupColumn[], people: number, frameWidthPx: number): number {
  const leftPx = frameWidthPx - SCROLLBAR_PX - groupColumns.reduce((sum, { widthPx }) => sum + widthPx, 0);
  const fairPx = Math.floor(leftPx / Math.max(1, people));
  return Math.min(WIDEST_PERSON_PX, Math.max(NARROWEST_PERSON_PX, fairPx));
}

function Centered({ children }: { children: ReactNode }) {
  return <span className="flex flex-1 items-center justify-center">{children}</span>;
}

/** A name that is written from right to left is cut at its end, too: `bdi` gives each its own direction. */
function PersonHeader({ person, isNarrow }: { person: RunPerson; isNarrow: boolean }) {
  const [first = person.name, ...rest] = person.name.split(" ");
  const hint = person.role ? `${person.name}, ${person.role}` : person.name;
  // One stop a person would put the grid behind forty; the panel and the palette lead there by keyboard.
  const link = { href: hrefOf(paths.person(person.personId)), tabIndex: -1 };
  return (
    <ContextMenu
      items={[
        {
          label: `Fix all gaps of ${person.name}…`,
          icon: <UserPlus />,
          onSelect: () => void planGapsOfPerson(person.personId),
        },
        {
          label: "Open the person's page",
          icon: <UserRound />,
          onSelect: () => navigate(paths.person(person.personId)),
        },
      ]}
    >
      <span className="flex h-full w-full min-w-0 items-end">
        <Tooltip text={hint}>
          {isNarrow ? (
            <a
              {...link}
              className="flex h-full w-full items-end justify-center pb-2 no-underline hover:bg-hover"
            >
              <bdi className="max-h-28 rotate-180 truncate text-xs text-fg [writing-mode:vertical-rl]">
                {person.name}
              </bdi>
            </a>
          ) : (
            <a
              {...link}
              className="flex w-full min-w-0 flex-col items-center rounded-sm px-0.5 pb-1.5 leading-tight no-underline hover:bg-hover"
            >
              <bdi className="max-w-full truncate text-xs font-medium text-fg">{first}</bdi>
              <bdi className="max-w-full truncate text-2xs text-fg-muted">{rest.join(" ")}</bdi>
            </a>
          )}
        </Tooltip>
      </span>
    </ContextMenu>
  );
}
