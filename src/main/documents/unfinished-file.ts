import { randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Only what this product names so is ever removed. */
const UNFINISHED = /^\.muster-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/u;

/** A write that goes on touches its file many times a second; one that was killed never again. */
const UNTOUCHED_MS = 10 * 60_000;

/** What a file is called until all of it is there: beside its place, so that taking it is one step. */
export function unfinishedPath(path: string): string {
  return join(dirname(path), `.muster-${randomUUID()}.part`);
}

/**
 * Removes what writes that were killed left behind in the folder of `fresh`, an unfinished file just begun there: it tells
 * the time by the clock of that disk, which may be another machine's. Whatever cannot be removed stays: what the operator
 * waits for is the file, not the tidying.
 */
export async function clearUnfinished(fresh: string): Promise<void> {
  try {
    const folder = dirname(fresh);
    const { mtimeMs: nowMs } = await stat(fresh);
    for (const name of await readdir(folder)) {
      if (!UNFINISHED.test(name) || name === basename(fresh)) continue;
      const { mtimeMs } = await stat(join(folder, name));
      if (nowMs - mtimeMs > UNTOUCHED_MS) await rm(join(folder, name), { force: true });
    }
  } catch {
    // A folder that may be written but not listed, or another write that cleared the same file first.
  }
}
