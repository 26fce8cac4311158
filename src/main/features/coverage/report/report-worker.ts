import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { formatCsv, serveDocuments, writeXlsx } from "#main/documents/worker.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { formatJson } from "./json-file.ts";
import { indexReport } from "./report-index.ts";
import type { ReportFile, ReportPart } from "./report-parts.ts";
import { joinReport } from "./report-parts.ts";
import type { RunReport } from "./run-report.ts";
import { describeChanges } from "./sheets/changes-sheet.ts";
import { describeExclusions } from "./sheets/exclusions-sheet.ts";
import { describeFindings } from "./sheets/findings-sheet.ts";
import { describeGaps } from "./sheets/gaps-sheet.ts";
import { describeGroups } from "./sheets/groups-sheet.ts";
import { describeSummary } from "./sheets/summary-sheet.ts";
import { describeUnknown } from "./sheets/unknown-sheet.ts";

// The worker thread that writes the reports of audits.

serveDocuments<ReportFile, ReportPart>((stream, { head, parts, atMs }) =>
  produce(stream, joinReport(head, parts), { format: head.format, atMs }),
);

function produce(
  stream: Writable,
  report: RunReport,
  { format, atMs }: { readonly format: ReportFile["format"]; readonly atMs: EpochMs },
): Promise<void> {
  switch (format) {
    case "xlsx":
      return writeWorkbook(stream, report, atMs);
    case "csv":
      return pipeline(Readable.from(formatCsv(describeGroups(indexReport(report, atMs)))), stream);
    case "json":
      return pipeline(Readable.from(formatJson(report, atMs)), stream);
  }
}

async function writeWorkbook(stream: Writable, report: RunReport, atMs: EpochMs): Promise<void> {
  const index = indexReport(report, atMs);
  const sheets = [
    describeSummary,
    describeGroups,
    describeGaps,
    describeChanges,
    describeUnknown,
    describeExclusions,
    describeFindings,
  ].map((describe) => describe(index));
  const title = { title: "Coverage audit", subject: "Who is missing from which customer group" };
  await writeXlsx(stream, sheets, { ...title, atMs });
}
