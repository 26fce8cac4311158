import type { MatrixSort } from "#shared/domain/matrix.ts";

/** The columns that tell about the group itself. */
export type GroupColumnId = "name" | "required" | "category" | "privacy" | "members" | "right" | "history";

export interface GroupColumn {
  readonly id: GroupColumnId;
  readonly widthPx: number;
  readonly header: string;
  /** Null for what the matrix is not sorted by. */
  readonly sortsBy: MatrixSort["by"] | null;
}

const USUAL: readonly GroupColumn[] = [
  { id: "name", widthPx: 256, header: "Group", sortsBy: "name" },
  { id: "required", widthPx: 96, header: "Required", sortsBy: "missing" },
  { id: "category", widthPx: 104, header: "Category", sortsBy: "category" },
  { id: "privacy", widthPx: 82, header: "Privacy", sortsBy: "privacy" },
  { id: "members", widthPx: 82, header: "Members", sortsBy: "members" },
];

/** What only Telegram groups have; where they are in sight and there is room for them beside the people. */
const TELEGRAM: readonly GroupColumn[] = [
  { id: "right", widthPx: 118, header: "Our right", sortsBy: null },
  { id: "history", widthPx: 78, header: "History", sortsBy: null },
];

/** What is left of them in a small window, or a large one at 200 %; the panel tells the rest. */
const FEW: readonly GroupColumn[] = USUAL.slice(0, 2).map((column) =>
  column.id === "name" ? { ...column, widthPx: 184 } : column,
);

const FEW_BELOW_PX = 800;
/** From here on they are shown even where the people then have to be scrolled to. */
const MORE_FROM_PX = 1_440;

const ALL: readonly GroupColumn[] = [...USUAL, ...TELEGRAM];
/** All of them in a window of 1,440 px beside a team of twelve: shorter names for more facts. */
const ALL_TIGHT: readonly GroupColumn[] = ALL.map((column) =>
  column.id === "name" ? { ...column, widthPx: 214 } : column,
);

/** The group's columns that fit beside people who need `peoplePx`. */
export function groupColumnsFor(frame: {
  readonly widthPx: number;
  readonly peoplePx: number;
  readonly hasTelegram: boolean;
}): readonly GroupColumn[] {
  const { widthPx, peoplePx, hasTelegram } = frame;
  if (widthPx < FEW_BELOW_PX) return FEW;
  if (!hasTelegram) return USUAL;
  const fits = (columns: readonly GroupColumn[]) =>
    columns.reduce((sum, column) => sum + column.widthPx, peoplePx) <= widthPx;
  if (widthPx >= MORE_FROM_PX || fits(ALL)) return ALL;
  return fits(ALL_TIGHT) ? ALL_TIGHT : USUAL;
}

export function isGroupColumnId(columnId: string): columnId is GroupColumnId {
  return ALL.some(({ id }) => id === columnId);
}
