import type { ReactNode } from "react";

export interface GridColumn {
  readonly id: string;
  readonly widthPx: number;
  readonly header: ReactNode;
  readonly sort?: "ascending" | "descending" | "none";
  readonly onSort?: () => void;
}

/** What stands in a cell; `label` replaces the content for screen readers where it is a sign. */
export interface GridCell {
  readonly content: ReactNode;
  readonly label?: string;
  /** It is among those that the operator picked. */
  readonly isMarked?: boolean;
}

/** How far from the left edge a pinned column stands. */
export function pinnedLeftPx(columns: readonly GridColumn[], index: number): number {
  return columns.slice(0, index).reduce((sum, { widthPx }) => sum + widthPx, 0);
}
