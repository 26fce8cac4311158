import { readFile } from "node:fs/promises";
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
