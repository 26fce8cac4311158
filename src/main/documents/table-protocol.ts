import type { Sheet, SheetRow } from "./sheet.ts";

/** What a document of tables or text is, without its content. */
export type TableHead =
  | {
      readonly kind: "workbook";
      readonly title: string;
      readonly subject: string;
      readonly sheets: readonly Omit<Sheet, "rows">[];
    }
  | { readonly kind: "text" };

/** Some rows of the sheet at that place, or a piece of text. */
export type TablePart =
  | { readonly kind: "rows"; readonly sheet: number; readonly rows: readonly SheetRow[] }
  | { readonly kind: "text"; readonly text: string };
