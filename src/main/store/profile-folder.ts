import { mkdirSync } from "node:fs";
import { failure, FailureError } from "#shared/domain/failure.ts";

/** How the system answers when a folder cannot be there: a file is in the way, or (oddly) the disk is read-only. */
const IN_THE_WAY = /^(ENOENT|ENOTDIR|EEXIST)$/;

/** Makes sure that the profile's folder is there. Fails with `store/read-only`, or as the file system says. */
export function makeProfileFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && IN_THE_WAY.test(String(error.code))) {
      throw new FailureError(failure("store/read-only", { folder }), { cause: error });
    }
    throw error;
  }
}
