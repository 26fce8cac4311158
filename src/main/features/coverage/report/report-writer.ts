import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Failure } from "#shared/domain/failure.ts";
import { Defect } from "#shared/lib/assert.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Result } from "#shared/lib/result.ts";
import { err, ok } from "#shared/lib/result.ts";
import type { Clock } from "#shared/lib/time.ts";
import { unwritable } from "./file-failure.ts";
import { headOf, splitReport } from "./report-parts.ts";
import type { FromReportWorker, ToReportWorker } from "./report-protocol.ts";
import type { RunReport } from "./run-report.ts";

/** Copying this many items to the worker holds the main thread for a few milliseconds. */
const ITEMS_A_PART = 1_000;

/** A second report soon after the first saves the worker's start, which takes longer than a small report. */
const KEPT_IDLE_MS = 30_000;

export interface ReportRequest {
  readonly report: RunReport;
  readonly format: "xlsx" | "csv" | "json";
  /** An existing file there is replaced. */
  readonly path: string;
  readonly signal: AbortSignal;
}

export interface ReportWriter {
  /**
   * Writes the report in a worker thread, as of now: expired exclusions no longer count. The file is there whole or
   * not at all. Fails with `input/file-unwritable`; aborting rejects with the signal's reason.
   */
  write(request: ReportRequest): Promise<Result<{ path: string; bytes: number }, Failure>>;
  /** Ends the worker that is kept for the next report. */
  close(): Promise<void>;
}

/** `workerUrl` names the worker's entry: `report-worker.js` in a build, `report-worker.ts` from source. */
export function createReportWriter(deps: {
  readonly workerUrl: URL;
  readonly log: Log;
  readonly clock: Pick<Clock, "nowMs" | "monotonicMs">;
}): ReportWriter {
  let idle: { readonly worker: Worker; readonly forget: () => void; readonly timer: NodeJS.Timeout } | null =
    null;

  function takeWorker(): Worker {
    // exceljs's zip library still calls Buffer(); a warning nobody can act on has no place in a terminal.
    if (idle === null)
      return new Worker(deps.workerUrl, { name: "muster-report", execArgv: ["--no-deprecation"] });
    const { worker, forget, timer } = idle;
    idle = null;
    clearTimeout(timer);
    worker.off("exit", forget).off("error", forget).ref();
    return worker;
  }

  async function keepWorker(worker: Worker): Promise<void> {
    if (idle !== null) {
      await worker.terminate();
      return;
    }
    const forget = () => {
      if (idle?.worker === worker) idle = null;
    };
    const retire = () => {
      forget();
      void worker.terminate();
    };
    worker.once("exit", forget).once("error", forget).unref();
    idle = { worker, forget, timer: setTimeout(retire, KEPT_IDLE_MS).unref() };
  }

  async function write(request: ReportRequest): Promise<Result<{ path: string; bytes: number }, Failure>> {
    const { report, format, signal } = request;
    signal.throwIfAborted();
    const path = resolve(request.path);
    const temporaryPath = join(dirname(path), `.muster-${randomUUID()}.part`);
    const startedAt = deps.clock.monotonicMs();
    const worker = takeWorker();
    let reply: FromReportWorker;
    try {
      reply = await converse(worker, signal, async (tell) => {
        tell({ kind: "begin", head: headOf(report) });
        for (const part of splitReport(report, ITEMS_A_PART)) {
          await nextTurn();
          signal.throwIfAborted();
          tell({ kind: "part", part });
        }
        tell({ kind: "end", format, path, temporaryPath, atMs: deps.clock.nowMs() });
      });
    } catch (cause) {
      await worker.terminate();
      await rm(temporaryPath, { force: true });
      throw cause;
    }
    if (reply.kind === "fileError") {
      // The producer of a file that broke off may still be at work.
      await worker.terminate();
      deps.log.warn("report-unwritable", { code: reply.code });
      return err(unwritable(path, reply.code));
    }
    await keepWorker(worker);
    const elapsedMs = Math.round(deps.clock.monotonicMs() - startedAt);
    deps.log.info("report-written", { format, bytes: reply.bytes, elapsedMs });
    return ok({ path, bytes: reply.bytes });
  }

  return {
    write,
    async close() {
      // exceljs's zip library still calls Buffer(); a warning nobody can act on has no place in a terminal.
      if (idle === null) return;
      const { worker, timer } = idle;
      idle = null;
      clearTimeout(timer);
      await worker.terminate();
    },
  };
}

/** Has `speak` tell the worker everything and waits for its one answer, its end, or the abort. */
async function converse(
  worker: Worker,
  signal: AbortSignal,
  speak: (tell: (message: ToReportWorker) => void) => Promise<void>,
): Promise<FromReportWorker> {
  const { promise, resolve: answer, reject } = Promise.withResolvers<FromReportWorker>();
  const onAbort = () => reject(signal.reason);
  const onExit = (code: number) => reject(new Defect(`the report worker ended with code ${code}`));
  signal.addEventListener("abort", onAbort);
  worker.once("message", answer);
  worker.once("error", reject);
  worker.once("messageerror", reject);
  worker.once("exit", onExit);
  try {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    const [reply] = await Promise.all([promise, speak((message) => worker.postMessage(message))]);
    return reply;
  } finally {
    signal.removeEventListener("abort", onAbort);
    worker.off("message", answer).off("error", reject).off("messageerror", reject).off("exit", onExit);
  }
}
