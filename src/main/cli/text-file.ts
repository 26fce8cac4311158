import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

/** The name that stands for standard input. */
const standardInput = "-";

/** Reads a file as UTF-8; `-` is standard input. Fails with `input/file-unreadable`. */
export async function readTextFile(file: string): Promise<Result<string, Failure>> {
  try {
    if (file !== standardInput) return ok(await readFile(file, "utf8"));
    let text = "";
    for await (const chunk of process.stdin.setEncoding("utf8")) text += String(chunk);
    return ok(text);
  } catch (error) {
    return err(failure("input/file-unreadable", { path: file, reason: reasonOf(error) }));
  }
}

/** Writes a file whole or not at all: what was there stays until the new text is complete. `input/file-unwritable`. */
export async function writeTextFile(file: string, text: string): Promise<Result<void, Failure>> {
  const unfinished = `${file}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await writeFile(unfinished, text, { flush: true });
    await rename(unfinished, file);
    return ok(undefined);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    return err(failure("input/file-unwritable", { path: file, reason: reasonOf(error) }));
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
