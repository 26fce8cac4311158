/** One cell: a text, a number, a moment (shown in UTC), a share of one (shown in per cent), or nothing. */
export type Cell = string | number | { readonly timeMs: number } | { readonly share: number } | null;

export interface SheetRow {
  readonly cells: readonly Cell[];
  /** A heading inside the sheet, looking like the first row. */
  readonly isHeading?: boolean;
}

export type Tone = "good" | "warning" | "bad";

/** Colours `columns` (letters) of every row for which the formula holds; `$K2` names the row's own cell in K. */
export interface Highlight {
  readonly columns: readonly string[];
  readonly formula: string;
  readonly tone: Tone;
}

/** A table as both spreadsheets and CSV can show it. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly { readonly header: string; readonly width: number }[];
  readonly rows: Iterable<SheetRow>;
  readonly highlights: readonly Highlight[];
  /** Lists can be filtered; a page of facts cannot. */
  readonly hasFilter: boolean;
}

export function yesNo(value: boolean): "Yes" | "No" {
  return value ? "Yes" : "No";
}
