import { mkdir } from "node:fs/promises";
import type { Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { isFileError, unwritable } from "./file-failure.ts";

/** Makes sure that a folder is there; a new one is the operator's alone. `input/file-unwritable`. */
export async function makeFolder(path: string): Promise<Result<void, Failure>> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    return ok(undefined);
  } catch (error) {
    if (!isFileError(error)) throw error;
    return err(unwritable(path, error.code));
  }
}
