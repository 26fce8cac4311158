import type { TableWriter, WrittenDocument } from "#main/documents/index.ts";
import type { OperationReportFormat } from "#shared/contract/membership.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import type { LocalTime } from "../policy/local-time.ts";
import type { OperationReport } from "./operation-report.ts";
import { formatReportJson } from "./report-json.ts";
import { describeReportWorkbook } from "./report-workbook.ts";
import { formatTextLog } from "./text-log.ts";

/** Writes one file about an operation, whole or not at all. `input/file-unwritable`. */
export function writeReport(
  tables: Pick<TableWriter, "writeText" | "writeWorkbook">,
  report: OperationReport,
  to: {
    readonly format: OperationReportFormat;
    readonly path: string;
    readonly time: LocalTime;
    readonly atMs: EpochMs;
    readonly signal: AbortSignal;
  },
): Promise<Result<WrittenDocument, Failure>> {
  const { format, path, time, atMs, signal } = to;
  switch (format) {
    case "log":
      return tables.writeText(formatTextLog(report, time, atMs), { path, signal });
    case "json":
      return tables.writeText(formatReportJson(report, atMs), { path, signal });
    case "xlsx":
      return tables.writeWorkbook(describeReportWorkbook(report, time, atMs), { path, signal });
  }
}
