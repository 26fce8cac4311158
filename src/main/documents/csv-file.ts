import { isFormulaLike, toPrintable } from "./cell-text.ts";
import type { Cell, Sheet } from "./sheet.ts";

const ROWS_A_PIECE = 500;

/**
 * One sheet as CSV by RFC 4180 in pieces: UTF-8 with a byte order mark (Excel guesses another encoding without it),
 * CRLF, times as ISO 8601 in UTC. A text that a spreadsheet would evaluate gets an apostrophe in front.
 */
export function* formatCsv(sheet: Sheet): Generator<string> {
  let piece = `\uFEFF${formatLine(sheet.columns.map(({ header }) => header))}`;
  let rows = 0;
  for (const { cells } of sheet.rows) {
    piece += formatLine(cells);
    rows += 1;
    if (rows % ROWS_A_PIECE > 0) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

function formatLine(cells: readonly Cell[]): string {
  return `${cells.map(formatCell).join(",")}\r\n`;
}

function formatCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "string") return quote(isFormulaLike(cell) ? `'${cell}` : cell);
  return "timeMs" in cell ? new Date(cell.timeMs).toISOString() : String(cell.share);
}

function quote(text: string): string {
  const printable = toPrintable(text);
  // Semicolons and tabs separate cells in some countries' spreadsheets.
  return /[",;\t\r\n]/.test(printable) ? `"${printable.replaceAll('"', '""')}"` : printable;
}
