import type { MatrixSort } from "#shared/domain/matrix.ts";

/** The columns that tell about the group itself. */
export type GroupColumnId = "name" | "required" | "category" | "privacy" | "members";

export interface GroupColumn {
  readonly id: GroupColumnId;
  readonly widthPx: number;
  readonly header: string;
  readonly sortsBy: MatrixSort["by"];
}

const ALL: readonly GroupColumn[] = [
  { id: "name", widthPx: 256, header: "Group", sortsBy: "name" },
  { id: "required", widthPx: 96, header: "Required", sortsBy: "missing" },
  { id: "category", widthPx: 104, header: "Category", sortsBy: "category" },
  { id: "privacy", widthPx: 82, header: "Privacy", sortsBy: "privacy" },
  { id: "members", widthPx: 82, header: "Members", sortsBy: "members" },
];

/** What is left of them in a small window, or a large one at 200 %; the panel tells the rest. */
const FEW: readonly GroupColumn[] = ALL.slice(0, 2).map((column) =>
  column.id === "name" ? { ...column, widthPx: 184 } : column,
);

const FEW_BELOW_PX = 800;

/** The group's columns that fit beside the people. */
export function groupColumnsFor(frameWidthPx: number): readonly GroupColumn[] {
  return frameWidthPx < FEW_BELOW_PX ? FEW : ALL;
}

export function isGroupColumnId(columnId: string): columnId is GroupColumnId {
  return ALL.some(({ id }) => id === columnId);
}
