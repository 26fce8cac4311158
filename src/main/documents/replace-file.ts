import { once } from "node:events";
import { open, rename, rm } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { clearUnfinished } from "./unfinished-file.ts";

/**
 * Writes a file whole or not at all: `produce` fills (and ends) a stream into `temporaryPath`, which must be in the
 * same folder, and only when all of it is on the disk it takes the place of `path`. Answers the bytes written.
 * Rejects with what the file system or `produce` said; then nothing is left behind and `path` is as it was. What earlier
 * writes left there when they were killed is removed first: it may be what fills the disk.
 */
export async function replaceFile(
  path: string,
  temporaryPath: string,
  produce: (stream: Writable) => Promise<void>,
): Promise<number> {
  const file = await open(temporaryPath, "wx");
  const stream = file.createWriteStream({ flush: true });
  try {
    await clearUnfinished(temporaryPath);
    // A stream that fails can leave its producer waiting for ever, so neither is awaited alone.
    await Promise.all([produce(stream), finished(stream)]);
    await rename(temporaryPath, path);
    return stream.bytesWritten;
  } catch (cause) {
    // An open file cannot be removed on Windows.
    stream.destroy();
    if (!stream.closed) await once(stream, "close");
    // Where even this fails (the folder is gone), what happened first is what the operator must hear.
    await rm(temporaryPath, { force: true }).catch(() => undefined);
    throw cause;
  }
}
