import type { Writable } from "node:stream";
import { parentPort } from "node:worker_threads";
import { Defect } from "#shared/lib/assert.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import type { FromDocumentWorker, ToDocumentWorker } from "./document-protocol.ts";
import { isFileError } from "./file-failure.ts";
import { replaceFile } from "./replace-file.ts";

/** Fills, and ends, the stream with a document whose parts have all come. `atMs` is when it was asked for. */
export type ProduceDocument<Head, Part> = (
  stream: Writable,
  document: { readonly head: Head; readonly parts: readonly Part[]; readonly atMs: EpochMs },
) => Promise<void>;

/**
 * Makes this worker thread one that writes documents, one after the other, for a `createDocumentWriter`. It needs no
 * Electron, so it runs wherever Node's threads do. Anything but a file error is thrown, ends the thread and reaches the
 * main thread as the defect it is.
 */
export function serveDocuments<Head, Part>(produce: ProduceDocument<Head, Part>): void {
  if (parentPort === null) throw new Defect("documents are written in a worker thread only");
  const port = parentPort;
  let head: { readonly value: Head } | null = null;
  let parts: Part[] = [];

  port.on("message", (message: ToDocumentWorker<Head, Part>) => {
    if (message.kind === "begin") {
      head = { value: message.head };
      parts = [];
    } else if (message.kind === "part") {
      parts.push(message.part);
    } else {
      if (head === null) throw new Defect("a document ended that never began");
      const document = { head: head.value, parts, atMs: message.atMs };
      parts = [];
      // A rejection ends the thread and reaches the main thread as an error.
      void answer(message, (stream) => produce(stream, document)).then((reply) => port.postMessage(reply));
    }
  });
}

async function answer(
  { path, temporaryPath }: { readonly path: string; readonly temporaryPath: string },
  produce: (stream: Writable) => Promise<void>,
): Promise<FromDocumentWorker> {
  try {
    return { kind: "written", bytes: await replaceFile(path, temporaryPath, produce) };
  } catch (cause) {
    if (!isFileError(cause)) throw cause;
    return { kind: "fileError", code: cause.code, message: cause.message };
  }
}
