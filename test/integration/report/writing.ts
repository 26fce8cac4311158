import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ExcelJS from "exceljs";
import { onTestFinished } from "vitest";
import type { ReportWriter } from "#main/features/coverage/report/report-writer.ts";
import { createReportWriter } from "#main/features/coverage/report/report-writer.ts";
import { silentLog } from "#shared/lib/log.ts";
import { SAMPLE_AT_MS } from "#test/unit/report/sample-report.ts";

/** The worker's entry as source: the runtime strips the types itself. */
export const workerUrl = pathToFileURL(
  join(process.cwd(), "src/main/features/coverage/report/report-worker.ts"),
);

/** A writer whose clock stands at `SAMPLE_AT_MS`; closed with the test. */
export function openReportWriter(): ReportWriter {
  const clock = { nowMs: () => SAMPLE_AT_MS, monotonicMs: () => performance.now() };
  const writer = createReportWriter({ workerUrl, log: silentLog, clock });
  onTestFinished(() => writer.close());
  return writer;
}

/** A folder that goes with the test. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "muster-report-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Every sheet's rows as exceljs reads them: raw values, trailing empty cells dropped. */
export async function readByExceljs(path: string): Promise<Record<string, unknown[][]>> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return Object.fromEntries(
    workbook.worksheets.map((sheet) => {
      const rows: unknown[][] = [];
      sheet.eachRow({ includeEmpty: true }, (row) => {
        const values = (Array.isArray(row.values) ? row.values.slice(1) : []) as unknown[];
        rows.push(Array.from(values, (value) => value ?? null));
      });
      return [sheet.name, rows];
    }),
  );
}
