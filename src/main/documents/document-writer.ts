import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Failure } from "#shared/domain/failure.ts";
import { Defect } from "#shared/lib/assert.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Result } from "#shared/lib/result.ts";
import { err, ok } from "#shared/lib/result.ts";
import type { Clock } from "#shared/lib/time.ts";
import type { FromDocumentWorker, ToDocumentWorker } from "./document-protocol.ts";
import { unwritable } from "./file-failure.ts";
import { unfinishedPath } from "./unfinished-file.ts";

/** A second document soon after the first saves the worker's start, which takes longer than a small document. */
const KEPT_IDLE_MS = 30_000;

/** A document to be written: what it is, and its content in parts that are each copied in a few milliseconds. */
export interface DocumentRequest<Head, Part> {
  readonly head: Head;
  readonly parts: Iterable<Part> | AsyncIterable<Part>;
  /** An existing file there is replaced. */
  readonly path: string;
  readonly signal: AbortSignal;
}

export interface WrittenDocument {
  readonly path: string;
  readonly bytes: number;
}

export interface DocumentWriter<Head, Part> {
  /**
   * Writes the document in a worker thread. The file is there whole or not at all. Fails with `input/file-unwritable`;
   * aborting, or parts that throw, reject with that reason.
   */
  write(request: DocumentRequest<Head, Part>): Promise<Result<WrittenDocument, Failure>>;
  /** Ends the worker that is kept for the next document. */
  close(): Promise<void>;
}

export interface DocumentWriterOptions {
  /** The worker's entry, which calls `serveDocuments`: `<name>.js` in a build, `<name>.ts` from source. */
  readonly workerUrl: URL;
  readonly log: Log;
  readonly clock: Pick<Clock, "nowMs" | "monotonicMs">;
}

/** `name` says in logs what is written, e.g. `report`. */
export function createDocumentWriter<Head, Part>(
  deps: DocumentWriterOptions & { readonly name: string },
): DocumentWriter<Head, Part> {
  let idle: { readonly worker: Worker; readonly forget: () => void; readonly timer: NodeJS.Timeout } | null =
    null;

  function takeWorker(): Worker {
    // exceljs's zip library still calls Buffer(); a warning nobody can act on has no place in a terminal.
    if (idle === null)
      return new Worker(deps.workerUrl, { name: `muster-${deps.name}`, execArgv: ["--no-deprecation"] });
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

  async function write(request: DocumentRequest<Head, Part>): Promise<Result<WrittenDocument, Failure>> {
    const { head, parts, signal } = request;
    signal.throwIfAborted();
    const path = resolve(request.path);
    const temporaryPath = unfinishedPath(path);
    const startedAt = deps.clock.monotonicMs();
    const worker = takeWorker();
    let reply: FromDocumentWorker;
    try {
      reply = await converse<Head, Part>(worker, deps.name, signal, async (tell) => {
        tell({ kind: "begin", head });
        for await (const part of parts) {
          await nextTurn();
          signal.throwIfAborted();
          tell({ kind: "part", part });
        }
        tell({ kind: "end", path, temporaryPath, atMs: deps.clock.nowMs() });
      });
    } catch (cause) {
      await worker.terminate();
      await rm(temporaryPath, { force: true });
      throw cause;
    }
    if (reply.kind === "fileError") {
      // The producer of a file that broke off may still be at work.
      await worker.terminate();
      deps.log.warn(`${deps.name}-unwritable`, { code: reply.code });
      return err(unwritable(path, reply.code));
    }
    await keepWorker(worker);
    const elapsedMs = Math.round(deps.clock.monotonicMs() - startedAt);
    deps.log.info(`${deps.name}-written`, { bytes: reply.bytes, elapsedMs });
    return ok({ path, bytes: reply.bytes });
  }

  return {
    write,
    async close() {
      if (idle === null) return;
      const { worker, timer } = idle;
      idle = null;
      clearTimeout(timer);
      await worker.terminate();
    },
  };
}

/** Has `speak` tell the worker everything and waits for its one answer, its end, or the abort. */
async function converse<Head, Part>(
  worker: Worker,
  name: string,
  signal: AbortSignal,
  speak: (tell: (message: ToDocumentWorker<Head, Part>) => void) => Promise<void>,
): Promise<FromDocumentWorker> {
  const { promise, resolve: answer, reject } = Promise.withResolvers<FromDocumentWorker>();
  const onAbort = () => reject(signal.reason);
  const onExit = (code: number) => reject(new Defect(`the ${name} worker ended with code ${code}`));
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
