import type { Failure } from "#shared/domain/failure.ts";
import { failure } from "#shared/domain/failure.ts";

/** What the file system's error codes mean to somebody who wants a file written. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "You may not write there, or the file is open in another program.",
  EBUSY: "The file is open in another program.",
  EDQUOT: "Your disk quota is used up.",
  EEXIST: "There is something else of that name.",
  EFBIG: "The file grew larger than this disk allows.",
  EISDIR: "There is a folder of that name.",
  ENAMETOOLONG: "The name is too long.",
  ENOENT: "The folder does not exist.",
  ENOSPC: "The disk is full.",
  ENOTDIR: "Part of the path is not a folder.",
  ENOTEMPTY: "There is a folder of that name.",
  EPERM: "You may not write there, or the file is open in another program.",
  EROFS: "The disk is read-only.",
};

/** `input/file-unwritable` with the reason in words; facts `path`, `reason`, `systemCode`. */
export function unwritable(path: string, systemCode: string): Failure {
  const reason = reasons[systemCode] ?? `The system says ${systemCode}.`;
  return failure("input/file-unwritable", { path, reason, systemCode }, reason);
}

/** Did the file system say no? Only its own errors carry a system call; Node's and zlib's do not. */
export function isFileError(cause: unknown): cause is NodeJS.ErrnoException & { code: string } {
  return cause instanceof Error && "syscall" in cause && "code" in cause && typeof cause.code === "string";
}
