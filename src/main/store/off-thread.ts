import { statSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { Defect } from "#shared/lib/assert.ts";
import { doFileWork, type FileWork } from "./file-work.ts";

/** What the worker sends back: its result, or the error with the code that it would lose between threads. */
export type WorkAnswer =
  { readonly found: string | null } | { readonly message: string; readonly code: string | null };

/** Up to here a check is over in less than the start of a worker takes, and long before anybody notices. */
const SMALL_BYTES = 16 * 1024 * 1024;

export type DoFileWork = (task: FileWork) => Promise<string | null>;

/**
 * Does the work in a worker thread, so that a large database does not hold up the main one. Checks of small ones,
 * and everything when there is no worker to be had (`workerUrl` null), are done right here.
 */
export function createFileWork(workerUrl: URL | null): DoFileWork {
  return (task) => {
    const isQuick = task.work === "check" && statSync(task.file).size <= SMALL_BYTES;
    return workerUrl === null || isQuick ? doFileWork(task) : doInWorker(workerUrl, task);
  };
}

function doInWorker(workerUrl: URL, task: FileWork): Promise<string | null> {
  const { promise, resolve, reject } = Promise.withResolvers<string | null>();
  const worker = new Worker(workerUrl, { name: "muster-store", workerData: task, execArgv: [] });
  worker.once("message", (answer: WorkAnswer) => {
    if ("found" in answer) resolve(answer.found);
    else reject(Object.assign(new Error(answer.message), { code: answer.code }));
  });
  worker.once("error", reject);
  // After an answer this changes nothing.
  worker.once("exit", (code) => reject(new Defect(`the store's worker ended with ${code} and no answer`)));
  return promise;
}
