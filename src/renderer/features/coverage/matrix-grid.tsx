import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo } from "react";
import type { RunPerson } from "#shared/domain/coverage.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { orpc } from "#renderer/api/client.ts";
import { DataGrid } from "#renderer/ui/data-grid.tsx";
import type { GridCell, GridColumn } from "#renderer/ui/grid-column.ts";
import type { GridPosition } from "#renderer/ui/grid-navigation.ts";
import { Tooltip } from "#renderer/ui/tooltip.tsx";
import { CellMark, cellWords } from "./cell-mark.tsx";
import { type GroupColumnId, groupCell } from "./group-cells.tsx";
import { moveTo, toggleSort, useMatrixState } from "./matrix-state.ts";
import { isShown } from "./visible-rows.ts";

const GROUP_COLUMNS: readonly { id: GroupColumnId; widthPx: number; header: string; sortsBy: SortKey }[] = [
  { id: "name", widthPx: 256, header: "Group", sortsBy: "name" },
  { id: "required", widthPx: 96, header: "Required", sortsBy: "missing" },
  { id: "category", widthPx: 104, header: "Category", sortsBy: "category" },
  { id: "privacy", widthPx: 82, header: "Privacy", sortsBy: "privacy" },
  { id: "members", widthPx: 82, header: "Members", sortsBy: "members" },
];
type SortKey = Parameters<typeof toggleSort>[0];

export const FIRST_PERSON_COLUMN = GROUP_COLUMNS.length;

/** Name and completeness stay beside the people. */
const PINNED_COLUMNS = 2;
const NARROWEST_PERSON_PX = 36;
const WIDEST_PERSON_PX = 88;
/** From this width on a name is written across, in two lines. */
const NAME_FITS_PX = 56;
const SCROLLBAR_PX = 14;

interface MatrixGridProps {
  rows: readonly MatrixRow[];
  people: readonly RunPerson[];
  selectedRowKey: string | null;
  /** The room for the grid when no panel stands beside it: columns keep their place when one opens. */
  frameWidthPx: number;
  onOpen: (position: GridPosition) => void;
  onMove: (position: GridPosition) => void;
  onExclude: (position: GridPosition) => void;
}

/** The matrix itself: groups down, people across. */
export function MatrixGrid(props: MatrixGridProps) {
  const { rows, people, selectedRowKey, frameWidthPx, onOpen, onMove, onExclude } = props;
  const { position, sort, filter } = useMatrixState();
  const { data: settings } = useQuery(orpc.app.getSettings.queryOptions());
  const personWidthPx = widthOf(people.length, frameWidthPx);
  const columns = useMemo<GridColumn[]>(
    () => [
      ...GROUP_COLUMNS.map(({ id, widthPx, header, sortsBy }) => ({
        id,
        widthPx,
        header,
        sort: sort.by === sortsBy ? sort.direction : ("none" as const),
        onSort: () => toggleSort(sortsBy),
      })),
      ...people.map((person) => ({
        id: person.personId,
        widthPx: personWidthPx,
        header: <PersonHeader person={person} isNarrow={personWidthPx < NAME_FITS_PX} />,
      })),
    ],
    [people, personWidthPx, sort],
  );
  const { showExcluded } = filter;
  const renderCell = useCallback(
    (row: MatrixRow, columnId: string): GridCell => {
      if (isGroupColumn(columnId)) return groupCell(row, columnId);
      const cell = row.cells.find(({ personId }) => personId === columnId);
      if (!cell || !isShown(cell, { showExcluded })) return { content: null, label: "Not asked" };
      return { content: <Centered>{<CellMark cell={cell} />}</Centered>, label: cellWords(cell) };
    },
    [showExcluded],
  );
  const isCompact = settings?.density === "compact";
  const onPositionChange = useCallback(
    (next: GridPosition) => {
      moveTo(next);
      onMove(next);
    },
    [onMove],
  );
  return (
    <div className="h-full min-w-0">
      <DataGrid
        label="Coverage: groups by people"
        rows={rows}
        rowKey={(row) => row.group.key}
        columns={columns}
        pinnedColumns={PINNED_COLUMNS}
        renderCell={renderCell}
        rowHeightPx={isCompact ? 28 : 34}
        headerHeightPx={personWidthPx < NAME_FITS_PX ? 124 : 46}
        position={position}
        onPositionChange={onPositionChange}
        onOpen={onOpen}
        onKey={(key, at) => {
          if (key !== "x") return false;
          onExclude(at);
          return true;
        }}
        selectedRowKey={selectedRowKey}
      />
    </div>
  );
}

function isGroupColumn(columnId: string): columnId is GroupColumnId {
  return GROUP_COLUMNS.some(({ id }) => id === columnId);
}

/** People share what the group's columns leave, within reason. */
function widthOf(people: number, frameWidthPx: number): number {
  const leftPx = frameWidthPx - SCROLLBAR_PX - GROUP_COLUMNS.reduce((sum, { widthPx }) => sum + widthPx, 0);
  const fairPx = Math.floor(leftPx / Math.max(1, people));
  return Math.min(WIDEST_PERSON_PX, Math.max(NARROWEST_PERSON_PX, fairPx));
}

function Centered({ children }: { children: ReactNode }) {
  return <span className="flex flex-1 items-center justify-center">{children}</span>;
}

function PersonHeader({ person, isNarrow }: { person: RunPerson; isNarrow: boolean }) {
  const [first = person.name, ...rest] = person.name.split(" ");
  const hint = person.role ? `${person.name}, ${person.role}` : person.name;
  return (
    <Tooltip text={hint}>
      {isNarrow ? (
        <span className="flex h-full w-full items-end justify-center pb-2">
          <span className="max-h-28 rotate-180 truncate text-xs text-fg [writing-mode:vertical-rl]">
            {person.name}
          </span>
        </span>
      ) : (
        <span className="flex w-full min-w-0 flex-col items-center px-0.5 pb-1.5 leading-tight">
          <span className="max-w-full truncate text-xs font-medium text-fg">{first}</span>
          <span className="max-w-full truncate text-2xs text-fg-muted">{rest.join(" ")}</span>
        </span>
      )}
    </Tooltip>
  );
}
