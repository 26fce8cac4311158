import { SearchX } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import type { RunPerson } from "#shared/domain/coverage.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import type { Matrix, MatrixRow } from "#shared/domain/matrix.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useWidth } from "#renderer/ui/use-width.ts";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import type { GridPosition } from "#renderer/ui/grid-navigation.ts";
import { ExcludeDialog } from "./exclude-dialog.tsx";
import { GroupPanel } from "./group-panel.tsx";
import { Legend } from "./legend.tsx";
import { groupColumnsFor } from "./group-columns.ts";
import { MarkBar, planGaps } from "./mark-bar.tsx";
import { markedCells } from "./marked-cells.ts";
import { markOf, useMatrixMarks } from "./matrix-marks.ts";
import { MatrixGrid, narrowestPx } from "./matrix-grid.tsx";
import { applyView } from "./matrix-state.ts";
import type { SelectedCell } from "./use-cell-route.ts";
import { useExclusions } from "./use-exclusions.ts";

interface MatrixViewProps {
  matrix: Matrix;
  /** What the filter leaves of it. */
  rows: readonly MatrixRow[];
  people: readonly RunPerson[];
  selected: SelectedCell | null;
  onSelect: (cell: SelectedCell | null) => void;
}

/** Grid and panel side by side, and the dialog that excludes a gap. */
export function MatrixView({ matrix, rows, people, selected, onSelect }: MatrixViewProps) {
  const [excluding, setExcluding] = useState<Required<SelectedCell> | null>(null);
  const { exclusions } = useExclusions();
  const [frame, frameWidthPx] = useWidth();
  const groupColumns = groupColumnsFor({
    widthPx: frameWidthPx,
    peoplePx: narrowestPx(matrix.people.length),
    hasTelegram: matrix.rows.some(({ group }) => group.telegram !== null),
  });
  const isPanelOpen = selected !== null;
  const { marked } = useMatrixMarks();
  const marks = useMemo(() => markedCells(marked, rows, people), [marked, rows, people]);

  const cellAt = useCallback(
    ({ row, column }: GridPosition): SelectedCell | null => {
      const groupKey = rows[row]?.group.key;
      return groupKey ? { groupKey, personId: people[column - groupColumns.length]?.personId } : null;
    },
    [rows, people, groupColumns],
  );
  const open = useCallback((at: GridPosition) => onSelect(cellAt(at)), [onSelect, cellAt]);
  // An open panel follows the keyboard; a closed one stays closed.
  const follow = useCallback(
    (at: GridPosition) => {
      if (isPanelOpen) onSelect(cellAt(at));
    },
    [isPanelOpen, onSelect, cellAt],
  );
  const close = useCallback(() => {
    onSelect(null);
    // The keyboard goes on where it left the grid.
    document.querySelector<HTMLElement>('[role="grid"] [data-cell][tabindex="0"]')?.focus();
  }, [onSelect]);
  const exclude = (cell: SelectedCell | null): void => {
    const found = findCell(matrix, cell);
    if (cell?.personId && found && found.presence !== "present" && !found.exclusionId) {
      setExcluding({ groupKey: cell.groupKey, personId: cell.personId });
    }
  };

  const add = (cell: SelectedCell | null): void => {
    if (marks.count > 0 || !cell?.personId) planGaps(marks);
    else planGaps(markedCells(new Set([markOf(cell.groupKey, cell.personId)]), rows, people));
  };

  const selectedRow = matrix.rows.find(({ group }) => group.key === selected?.groupKey);
  const excludedGroup = matrix.rows.find(({ group }) => group.key === excluding?.groupKey)?.group;
  const excludedPerson = matrix.people.find(({ personId }) => personId === excluding?.personId);
  const newest = exclusions.toSorted((a, b) => b.createdAtMs - a.createdAtMs)[0];

  return (
    <div ref={frame} className="flex h-full min-h-0">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="min-h-0 flex-1">
          {rows.length === 0 ? (
            <EmptyState
              icon={<SearchX />}
              title="No group fits the filter"
              action={<Button onClick={() => applyView(null)}>Show all groups</Button>}
            >
              {matrix.rows.length} groups are hidden.
            </EmptyState>
          ) : (
            <MatrixGrid
              groupColumns={groupColumns}
              rows={rows}
              people={people}
              selectedRowKey={selected?.groupKey ?? null}
              frameWidthPx={frameWidthPx}
              onOpen={open}
              onMove={follow}
              onExclude={(at) => exclude(cellAt(at))}
              onAdd={(at) => add(cellAt(at))}
            />
          )}
        </div>
        {marks.count > 0 ? (
          <MarkBar marks={marks} />
        ) : (
          <Legend shown={rows.length} total={matrix.rows.length} people={people.length} />
        )}
      </div>
      {selectedRow && selected ? (
        <GroupPanel
          row={selectedRow}
          people={matrix.people}
          personId={selected.personId}
          onSelectPerson={(personId: PersonId) => onSelect({ groupKey: selected.groupKey, personId })}
          onExclude={(personId) => exclude({ groupKey: selected.groupKey, personId })}
          onClose={close}
        />
      ) : null}
      {excludedGroup && excludedPerson ? (
        <ExcludeDialog
          group={excludedGroup}
          person={excludedPerson}
          suggestedOwner={newest?.owner ?? ""}
          onClose={() => setExcluding(null)}
        />
      ) : null}
    </div>
  );
}

function findCell(matrix: Matrix, at: SelectedCell | null) {
  const row = matrix.rows.find(({ group }) => group.key === at?.groupKey);
  return row?.cells.find(({ personId }) => personId === at?.personId);
}
