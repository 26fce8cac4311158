import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import ExcelJS from "exceljs";
import { indexReport } from "#main/features/coverage/report/report-index.ts";
import { createReportWriter } from "#main/features/coverage/report/report-writer.ts";
import type { RunReport } from "#main/features/coverage/report/run-report.ts";
import { describeGaps } from "#main/features/coverage/report/sheets/gaps-sheet.ts";
import { describeGroups } from "#main/features/coverage/report/sheets/groups-sheet.ts";
import type { Cell } from "#main/documents/worker.ts";
import { silentLog } from "#shared/lib/log.ts";
import type { BenchResult } from "#test/support/bench-result.ts";
import { measureStall } from "#test/support/stall-meter.ts";
import {
  emptyReport,
  SAMPLE_AT_MS,
  sampleGroup,
  samplePerson,
  sampleResult,
} from "#test/unit/report/sample-report.ts";

// Excel of 10,000 groups × 12 people against exceljs alone writing the same cells, once with everything still to be
// loaded and started, and once warm; what it needs of memory; and how long it ever holds the main thread.

type PeerSheets = Record<string, Cell[][]>;

const GROUPS = 10_000;
const ROUNDS = 7;
const never = new AbortController().signal;

if (!isMainThread) {
  const { sheets, path } = workerData as { sheets: PeerSheets; path: string };
  await writeAlone(sheets, path);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  parentPort?.postMessage("written");
}

export async function run(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "muster-bench-"));
  const path = join(folder, "report.xlsx");
  const peerPath = join(folder, "peer.xlsx");
  const report = bigReport();
  const writer = createReportWriter({
    workerUrl: findWorker(),
    log: silentLog,
    clock: { nowMs: () => SAMPLE_AT_MS, monotonicMs: () => performance.now() },
  });
  const write = async () => {
    const written = await writer.write({ report, format: "xlsx", path, signal: never });
    if (!written.ok) throw new Error(written.error.message);
  };
  try {
    const restBytes = process.memoryUsage().rss;
    const { elapsedMs: coldMs, stallMs } = await measureStall(write);
    const peakBytes = process.resourceUsage().maxRSS * 1024;

    const sheets = peerSheets(report);
    const peerColdMs = await timed(() => writeAloneInWorker(sheets, peerPath));
    const here: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      here.push(await timed(write));
      peer.push(await timed(() => writeAlone(sheets, peerPath)));
    }
    const against = "exceljs alone";
    return [
      { name: "report, first", value: coldMs, unit: "ms", floor: peerColdMs, against, aim: 1.3 },
      { name: "report, again", value: median(here), unit: "ms", floor: median(peer), against, aim: 1.3 },
      { name: "report, peak memory", value: peakBytes / 2 ** 20, unit: "MB" },
      { name: "report, memory added", value: (peakBytes - restBytes) / 2 ** 20, unit: "MB" },
      { name: "report, longest main-thread stall", value: stallMs, unit: "ms", aim: 50 },
    ];
  } finally {
    await writer.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The product's bundle where there is one: loading a dozen source files takes longer. */
function findWorker(): URL {
  const built = join(process.cwd(), "out/main/report-worker.js");
  const source = join(process.cwd(), "src/main/features/coverage/report/report-worker.ts");
  return pathToFileURL(existsSync(built) ? built : source);
}

function bigReport(): RunReport {
  const people = Array.from({ length: 12 }, (_, at) => samplePerson(`person-${at}`, `Person Number ${at}`));
  const groups = Array.from({ length: GROUPS }, (_, at) =>
    sampleGroup(`C${at}`, { name: `bitsafe-customer-${at}`, memberCount: at % 500 }),
  );
  const results = groups.flatMap(({ key }, group) =>
    people.map(({ personId }, person) =>
      sampleResult(key, personId, (group * 7 + person * 3) % 20 === 0 ? "absent" : "present", {
        level: person < 9 ? "required" : "optional",
      }),
    ),
  );
  return { ...emptyReport(), people, groups, results };
}

/** The cells of the two sheets that are not nearly empty. */
function peerSheets(report: RunReport): PeerSheets {
  const index = indexReport(report, SAMPLE_AT_MS);
  return Object.fromEntries(
    [describeGroups(index), describeGaps(index)].map(({ name, rows }) => [
      name,
      [...rows].map(({ cells }) => [...cells]),
    ]),
  );
}

async function writeAlone(sheets: PeerSheets, path: string): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path });
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = workbook.addWorksheet(name);
    for (const row of rows) sheet.addRow(row).commit();
    sheet.commit();
  }
  await workbook.commit();
}

async function writeAloneInWorker(sheets: PeerSheets, path: string): Promise<void> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { sheets, path } });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  worker.once("message", resolve).once("error", reject);
  await promise;
  await worker.terminate();
}

async function timed(action: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await action();
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
