import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parentPort } from "node:worker_threads";
import { Defect } from "#shared/lib/assert.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { formatCsv } from "./csv-file.ts";
import { formatJson } from "./json-file.ts";
import { replaceFile } from "./replace-file.ts";
import { indexReport } from "./report-index.ts";
import type { ReportHead, ReportPart } from "./report-parts.ts";
import { joinReport } from "./report-parts.ts";
import type { FromReportWorker, ToReportWorker } from "./report-protocol.ts";
import type { RunReport } from "./run-report.ts";
import { describeChanges } from "./sheets/changes-sheet.ts";
import { describeExclusions } from "./sheets/exclusions-sheet.ts";
import { describeFindings } from "./sheets/findings-sheet.ts";
import { describeGaps } from "./sheets/gaps-sheet.ts";
import { describeGroups } from "./sheets/groups-sheet.ts";
import { describeSummary } from "./sheets/summary-sheet.ts";
import { describeUnknown } from "./sheets/unknown-sheet.ts";
import { writeXlsx } from "./xlsx-file.ts";

// The worker thread that writes reports. It knows no Electron, so that it runs wherever Node's threads do.
// Anything but a file error is thrown, ends the thread and reaches the main thread as the defect it is.

type End = Extract<ToReportWorker, { kind: "end" }>;

if (parentPort === null) throw new Defect("report-worker runs as a worker thread only");
const port = parentPort;

let head: ReportHead | null = null;
let parts: ReportPart[] = [];

port.on("message", (message: ToReportWorker) => {
  if (message.kind === "begin") {
    head = message.head;
    parts = [];
  } else if (message.kind === "part") {
    parts.push(message.part);
  } else {
    // A rejection ends the thread and reaches the main thread as an error.
    void answer(message).then((reply) => port.postMessage(reply));
  }
});

async function answer(end: End): Promise<FromReportWorker> {
  if (head === null) throw new Defect("a report ended that never began");
  const report = joinReport(head, parts);
  parts = [];
  try {
    const bytes = await replaceFile(end.path, end.temporaryPath, (stream) => produce(stream, report, end));
    return { kind: "written", bytes };
  } catch (cause) {
    if (!isFileError(cause)) throw cause;
    return { kind: "fileError", code: cause.code, message: cause.message };
  }
}

function produce(stream: Writable, report: RunReport, { format, atMs }: End): Promise<void> {
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
  await writeXlsx(stream, sheets, atMs);
}

function isFileError(cause: unknown): cause is NodeJS.ErrnoException & { code: string } {
  // Only the system's own errors carry a system call; Node's and zlib's do not.
  return cause instanceof Error && "syscall" in cause && "code" in cause && typeof cause.code === "string";
}
