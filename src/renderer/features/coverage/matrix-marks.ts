import { create } from "zustand";
import type { RunPerson } from "#shared/domain/coverage.ts";
import type { GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import type { GridMark } from "#renderer/ui/data-grid.tsx";
import type { GridPosition } from "#renderer/ui/grid-navigation.ts";

interface MarkState {
  readonly marked: ReadonlySet<string>;
  /** What was marked before the range that is being extended. */
  readonly before: ReadonlySet<string>;
  /** Where a range begins; null until something is marked. */
  readonly from: GridPosition | null;
}

const NONE: MarkState = { marked: new Set(), before: new Set(), from: null };

/** The cells of the matrix that the operator picked, to do something with all of them. */
export const useMatrixMarks = create<MarkState>(() => NONE);

export function clearMarks(): void {
  useMatrixMarks.setState(NONE);
}

/** A cell under one name. */
export function markOf(groupKey: GroupKey, personId: PersonId): string {
  return `${groupKey}\n${personId}`;
}

/** What is shown of the matrix, as far as picking needs it. */
export interface MarkField {
  readonly rows: readonly Pick<MatrixRow, "group">[];
  readonly people: readonly Pick<RunPerson, "personId">[];
  /** How many columns stand before the people; a cell of theirs means everybody in its row. */
  readonly groupColumns: number;
}

/** Picks cells as a key or click wants it; `cursor` is where the keyboard stood before. */
export function mark(field: MarkField, cursor: GridPosition, at: GridPosition, how: GridMark): void {
  useMatrixMarks.setState((state) => nextMarks(state, field, cursor, at, how));
}

/** What is picked after a key or click. Changes nothing it is given. */
export function nextMarks(
  state: MarkState,
  field: MarkField,
  cursor: GridPosition,
  at: GridPosition,
  how: GridMark,
): MarkState {
  if (how === "move") return state.from === null ? state : { ...state, from: null, before: state.marked };
  if (how === "all") {
    const last = { row: field.rows.length - 1, column: field.groupColumns + field.people.length - 1 };
    return { ...state, marked: new Set(cellsBetween(field, { row: 0, column: 0 }, last)) };
  }
  if (how === "extend") {
    const from = state.from ?? cursor;
    return { ...state, from, marked: new Set([...state.before, ...cellsBetween(field, from, at)]) };
  }
  const cells = cellsBetween(field, at, at);
  const marked = new Set(state.marked);
  const isOn = cells.every((cell) => marked.has(cell));
  for (const cell of cells) {
    if (isOn) marked.delete(cell);
    else marked.add(cell);
  }
  return { marked, before: marked, from: at };
}

/** Every cell of the rectangle between two, both included. */
function cellsBetween({ rows, people, groupColumns }: MarkField, a: GridPosition, b: GridPosition): string[] {
  const isWholeRow = Math.min(a.column, b.column) < groupColumns;
  const between = isWholeRow
    ? people
    : people.slice(
        Math.min(a.column, b.column) - groupColumns,
        Math.max(a.column, b.column) - groupColumns + 1,
      );
  return rows
    .slice(Math.min(a.row, b.row), Math.max(a.row, b.row) + 1)
    .flatMap(({ group }) => between.map(({ personId }) => markOf(group.key, personId)));
}
