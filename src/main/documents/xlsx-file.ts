import { setImmediate as nextTurn } from "node:timers/promises";
import type { Writable } from "node:stream";
import ExcelJS from "exceljs";
import { assert } from "#shared/lib/assert.ts";
import { type EpochMs, SECOND_MS } from "#shared/lib/time.ts";
import { isFormulaLike, toPrintable, toSheetText } from "./cell-text.ts";
import type { Cell, Highlight, Sheet, Tone } from "./sheet.ts";

type Style = Partial<ExcelJS.Style>;
type SheetWriter = ReturnType<ExcelJS.stream.xlsx.WorkbookWriter["addWorksheet"]>;

/** exceljs writes without back-pressure; a turn of the event loop lets the compressor take what is there. */
const ROWS_A_TURN = 500;

/** exceljs declares this enum as a type only: at run time there is just the number. */
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment
const A4 = 9 as ExcelJS.PaperSize;

// exceljs remembers styles by object: handing it the same few makes styled cells as cheap as plain ones.
const plain: Style = {};
/** Text format: what looks like a formula stays text even when somebody edits the cell and presses Enter. */
const textOnly: Style = { numFmt: "@" };
const moment: Style = { numFmt: "yyyy-mm-dd hh:mm:ss" };
const percent: Style = { numFmt: "0.0%" };
const heading: Style = {
  font: { bold: true, color: { argb: "FFFFFFFF" } },
  fill: { type: "pattern", pattern: "solid", fgColor: { argb: "FF1F3A5F" } },
  alignment: { vertical: "top", wrapText: true },
};

const toneStyles: Readonly<Record<Tone, Style>> = {
  good: toneStyle("FFC6EFCE", "FF006100"),
  warning: toneStyle("FFFFEB9C", "FF7F6000"),
  bad: toneStyle("FFFFC7CE", "FF9C0006"),
};

/** What a workbook's properties say it is. */
export interface WorkbookTitle {
  readonly title: string;
  readonly subject: string;
}

/**
 * Streams a workbook with these sheets and ends the stream. Texts are stored as text cells exactly as they are,
 * except for characters that XML cannot hold (U+FFFD) and beyond Excel's 32,767 characters (cut with `…`).
 */
export async function writeXlsx(
  stream: Writable,
  sheets: readonly Sheet[],
  { title, subject, atMs }: WorkbookTitle & { readonly atMs: EpochMs },
): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: true,
  });
  const createdAt = new Date(atMs);
  Object.assign(workbook, {
    creator: "Muster",
    lastModifiedBy: "Muster",
    created: createdAt,
    modified: createdAt,
    title: toPrintable(title),
    subject: toPrintable(subject),
  });
  for (const sheet of sheets) await addSheet(workbook, sheet);
  await workbook.commit();
}

/**
 * Excel calls a file damaged in which a sheet is named otherwise: 1 to 31 characters, none of these, no apostrophe at either
 * end, and not “History”, which it keeps for itself (support.microsoft.com, “Rename a worksheet”, checked 2026-11).
 */
const sheetName = /^(?!history$)(?!')[^\\/?*[\]:]{1,31}(?<!')$/iu;

async function addSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, sheet: Sheet): Promise<void> {
  assert(sheetName.test(sheet.name), `Excel takes no sheet named ${sheet.name}`);
  const writer = workbook.addWorksheet(sheet.name, {
    views: [{ state: "frozen", ySplit: 1 }],
    pageSetup: {
      orientation: "landscape",
      paperSize: A4,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: "1:1",
    },
    headerFooter: { oddFooter: "&L&A&RPage &P of &N" },
  });
  writer.columns = sheet.columns.map(({ width }) => ({ width }));
  addRow(
    writer,
    sheet.columns.map(({ header }) => header || null),
    heading,
  );
  let rows = 1;
  for (const { cells, isHeading } of sheet.rows) {
    addRow(writer, cells, isHeading ? heading : null);
    rows += 1;
    if (rows % ROWS_A_TURN === 0) await nextTurn();
  }
  if (sheet.hasFilter) {
    writer.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows, column: sheet.columns.length } };
  }
  sheet.highlights.forEach((highlight, at) => addHighlight(writer, highlight, rows, at + 1));
  writer.commit();
}

function addRow(writer: SheetWriter, cells: readonly Cell[], style: Style | null): void {
  const row = writer.addRow(cells.map(toValue));
  row.eachCell((cell, column) => {
    cell.style = style ?? styleOf(cells[column - 1] ?? null);
  });
  row.commit();
}

/** Undefined makes no cell at all; exceljs would make (and then not write) one for null. */
function toValue(cell: Cell): string | number | Date | undefined {
  if (cell === null || cell === "") return undefined;
  if (typeof cell === "string") return toSheetText(cell);
  if (typeof cell === "number") return cell;
  return "timeMs" in cell ? new Date(inItsSecondMs(cell.timeMs)) : cell.share;
}

/**
 * A moment a little into its second, which every spreadsheet shows as that second: they keep moments as fractions of days,
 * and some show the nearest second, others the one that has begun.
 */
function inItsSecondMs(timeMs: number): number {
  return Math.floor(timeMs / SECOND_MS) * SECOND_MS + 1;
}

function styleOf(cell: Cell): Style {
  if (typeof cell === "string") return isFormulaLike(cell) ? textOnly : plain;
  if (cell === null || typeof cell === "number") return plain;
  return "timeMs" in cell ? moment : percent;
}

function addHighlight(writer: SheetWriter, highlight: Highlight, lastRow: number, priority: number): void {
  for (const column of highlight.columns) {
    writer.addConditionalFormatting({
      ref: `${column}2:${column}${Math.max(2, lastRow)}`,
      rules: [
        {
          type: "expression",
          formulae: [highlight.formula],
          style: toneStyles[highlight.tone],
          priority,
        },
      ],
    });
  }
}

function toneStyle(background: string, foreground: string): Style {
  return {
    fill: { type: "pattern", pattern: "solid", bgColor: { argb: background } },
    font: { color: { argb: foreground } },
  };
}
