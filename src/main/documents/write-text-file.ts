import type { Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { isFileError, unwritable } from "./file-failure.ts";
import { replaceFile } from "./replace-file.ts";
import { unfinishedPath } from "./unfinished-file.ts";

/**
 * Writes a text that is at hand as UTF-8, whole or not at all: what was there stays until all of the new one is on the
 * disk. `input/file-unwritable`.
 */
export async function writeTextFile(path: string, text: string): Promise<Result<void, Failure>> {
  try {
    await replaceFile(path, unfinishedPath(path), async (stream) => void stream.end(text));
    return ok(undefined);
  } catch (cause) {
    if (!isFileError(cause)) throw cause;
    return err(unwritable(path, cause.code));
  }
}
