/** The worker thread for work on whole database files: does one task, answers, ends. */
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { Defect } from "#shared/lib/assert.ts";
import { doFileWork } from "./file-work.ts";
import type { WorkAnswer } from "./off-thread.ts";

const Task = z.discriminatedUnion("work", [
  z.object({ work: z.literal("check"), file: z.string() }),
  z.object({ work: z.literal("copy"), file: z.string(), target: z.string() }),
  z.object({ work: z.literal("checkpoint"), file: z.string() }),
]);

async function answer(): Promise<WorkAnswer> {
  try {
    return { found: await doFileWork(Task.parse(workerData)) };
  } catch (error) {
    // An error loses its code on its way between threads, and the code is what tells a full disk from damage.
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    return { message: String(error), code };
  }
}

const port = parentPort;
if (port === null) throw new Defect("store-worker runs as a worker thread only");
// A rejection ends the thread and reaches the main thread as an error.
void answer().then((reply) => port.postMessage(reply));
