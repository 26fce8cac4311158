import { join } from "node:path";
import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { indexReport } from "#main/features/coverage/report/report-index.ts";
import type { RunReport } from "#main/features/coverage/report/run-report.ts";
import { describeChanges } from "#main/features/coverage/report/sheets/changes-sheet.ts";
import { describeExclusions } from "#main/features/coverage/report/sheets/exclusions-sheet.ts";
import { describeFindings } from "#main/features/coverage/report/sheets/findings-sheet.ts";
import { describeGaps } from "#main/features/coverage/report/sheets/gaps-sheet.ts";
import { describeGroups } from "#main/features/coverage/report/sheets/groups-sheet.ts";
import type { Cell } from "#main/documents/worker.ts";
import { describeSummary } from "#main/features/coverage/report/sheets/summary-sheet.ts";
import { describeUnknown } from "#main/features/coverage/report/sheets/unknown-sheet.ts";
import { readByLibreOffice } from "#test/integration/report/soffice.ts";
import { openFolder, openReportWriter, readByExceljs } from "#test/integration/report/writing.ts";
import { emptyReport, SAMPLE_AT_MS, sampleGroup, sampleReport } from "#test/unit/report/sample-report.ts";

/** What the sheets hold, as a reader must show it. */
function expectedSheets(report: RunReport, show: (cell: Cell) => unknown): Record<string, unknown[][]> {
  const index = indexReport(report, SAMPLE_AT_MS);
  const sheets = [
    describeSummary(index),
    describeGroups(index),
    describeGaps(index),
    describeChanges(index),
    describeUnknown(index),
    describeExclusions(index),
    describeFindings(index),
  ];
  return Object.fromEntries(
    sheets.map(({ name, columns, rows }) => {
      const all = [columns.map(({ header }) => header), ...[...rows].map(({ cells }) => cells)];
      return [name, all.map((cells) => dropTrailing(cells.map(show)))];
    }),
  );
}

function dropTrailing(cells: readonly unknown[]): unknown[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== null && cell !== "") + 1);
}

function asValue(cell: Cell): unknown {
  if (cell === null || cell === "") return null;
  if (typeof cell !== "object") return cell;
  // A little into its second, so that every spreadsheet shows that second.
  return "timeMs" in cell ? new Date(Math.floor(cell.timeMs / 1_000) * 1_000 + 1) : cell.share;
}

function asShown(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "object") return String(cell);
  if ("timeMs" in cell) return new Date(cell.timeMs).toISOString().slice(0, 19).replace("T", " ");
  // LibreOffice writes percentages out to fifteen digits, whatever the cell shows.
  return `${Number((cell.share * 100).toPrecision(15))}%`;
}

async function writeWorkbook(report: RunReport): Promise<string> {
  const path = join(await openFolder(), "report.xlsx");
  const written = await openReportWriter().write({
    report,
    format: "xlsx",
    path,
    signal: new AbortController().signal,
  });
  expect(written).toEqual({ ok: true, value: { path, bytes: expect.any(Number) as number } });
  return path;
}

const hostileNames = [
  "=cmd|' /C calc'!A0",
  "+1+1",
  "-2",
  "@SUM(A1:A9)",
  "＝1+1",
  '=HYPERLINK("https://evil.example","click")',
  "_x0041_",
  "  spaces around  ",
  "quote\" comma, semicolon; 'apostrophe",
  "<b>&amp;</b>",
  "🙂👩‍👩‍👧 שלום مرحبا",
  "0123",
  "1e5",
  "TRUE",
  "#REF!",
];

describe("an Excel report", () => {
  test("holds for exceljs and for LibreOffice what its sheets say", async () => {
    const path = await writeWorkbook(sampleReport());
    expect(await readByExceljs(path)).toEqual(expectedSheets(sampleReport(), asValue));
    expect(await readByLibreOffice(path)).toEqual(expectedSheets(sampleReport(), asShown));
  }, 120_000);

  test("of an empty run opens too", async () => {
    const path = await writeWorkbook(emptyReport());
    expect(await readByExceljs(path)).toEqual(expectedSheets(emptyReport(), asValue));
    expect(await readByLibreOffice(path)).toEqual(expectedSheets(emptyReport(), asShown));
  }, 120_000);

  test("keeps hostile names as the texts they are", async () => {
    const groups = hostileNames.map((name, at) => sampleGroup(`C${at}`, { name, categoryName: name }));
    const report = { ...emptyReport(), groups };
    const path = await writeWorkbook(report);
    expect(await readByExceljs(path)).toEqual(expectedSheets(report, asValue));
    expect(await readByLibreOffice(path)).toEqual(expectedSheets(report, asShown));
  }, 120_000);

  test("shows characters that no workbook can hold, and cuts what is too long", async () => {
    const names = ["null\u0000bell\u0007", "half \uD83D pair", "x".repeat(40_000), "del\u007F"];
    const groups = names.map((name, at) => sampleGroup(`C${at}`, { name }));
    const sheets = await readByExceljs(await writeWorkbook({ ...emptyReport(), groups }));
    expect(sheets["Groups"]?.slice(1).map(([, name]) => name)).toEqual([
      "null\uFFFDbell\uFFFD",
      "half \uFFFD pair",
      `${"x".repeat(32_766)}…`,
      "del\uFFFD",
    ]);
  });

  test("is set up for reading: frozen header, filter, widths, colours, print titles, properties", async () => {
    const groups = [sampleGroup("C1", { name: "=1" }), sampleGroup("C2")];
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(await writeWorkbook({ ...emptyReport(), groups }));
    const sheet = workbook.getWorksheet("Groups");
    const { conditionalFormattings } = sheet as unknown as {
      conditionalFormattings: { ref: string; rules: { type: string; formulae: string[] }[] }[];
    };
    expect({
      creator: workbook.creator,
      title: workbook.title,
      created: workbook.created,
      frozen: sheet?.views[0],
      filter: sheet?.autoFilter,
      width: sheet?.getColumn(2).width,
      orientation: sheet?.pageSetup.orientation,
      printTitles: sheet?.pageSetup.printTitlesRow,
      fit: [sheet?.pageSetup.fitToWidth, sheet?.pageSetup.fitToHeight],
      isBold: sheet?.getCell("A1").font.bold,
      formats: [sheet?.getCell("B2").numFmt, sheet?.getCell("B3").numFmt],
      colours: conditionalFormattings.map(({ ref, rules }) => [ref, rules.map(({ type }) => type)]),
    }).toMatchObject({
      creator: "Muster",
      title: "Coverage audit",
      created: new Date(SAMPLE_AT_MS),
      frozen: { state: "frozen", ySplit: 1 },
      filter: "A1:N3",
      width: 36,
      orientation: "landscape",
      printTitles: "1:1",
      fit: [1, 0],
      isBold: true,
      formats: ["@", undefined],
      colours: ["K2:K3", "N2:N3", "N2:N3", "N2:N3", "M2:M3", "E2:E3", "F2:F3"].map((ref) => [
        ref,
        ["expression"],
      ]),
    });
  });

  test("of ten thousand groups holds every row", async () => {
    const groups = Array.from({ length: 10_000 }, (_, at) => sampleGroup(`C${at}`));
    const sheets = await readByExceljs(await writeWorkbook({ ...emptyReport(), groups }));
    expect(sheets["Groups"]?.map(([, name]) => name)).toEqual([
      "Group Name",
      ...groups.map(({ name }) => name),
    ]);
  }, 60_000);
});
