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

/** What only Telegram groups have; where they are in sight and a large window has the room. */
const TELEGRAM: readonly GroupColumn[] = [
  { id: "right", widthPx: 108, header: "Our right", sortsBy: null },
  { id: "history", widthPx: 78, header: "History", sortsBy: null },
];

/** What is left of them in a small window, or a large one at 200 %; the panel tells the rest. */
const FEW: readonly GroupColumn[] = USUAL.slice(0, 2).map((column) =>
  column.id === "name" ? { ...column, widthPx: 184 } : column,
);

const FEW_BELOW_PX = 800;
const MORE_FROM_PX = 1_440;

const ALL: readonly GroupColumn[] = [...USUAL, ...TELEGRAM];

/** The group's columns that fit beside the people. */
export function groupColumnsFor(frameWidthPx: number, hasTelegram: boolean): readonly GroupColumn[] {
  if (frameWidthPx < FEW_BELOW_PX) return FEW;
  return hasTelegram && frameWidthPx >= MORE_FROM_PX ? ALL : USUAL;
}

export function isGroupColumnId(columnId: string): columnId is GroupColumnId {
  return ALL.some(({ id }) => id === columnId);
}
