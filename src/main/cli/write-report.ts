import path from "node:path";
import type { Coverage } from "#main/features/coverage/index.ts";
import { ReportFormat } from "#shared/contract/coverage.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { err, type Result } from "#shared/lib/result.ts";

/** Writes a run, or the newest results of each platform when null, as a report whose format follows from the file's ending. */
export async function writeReport(
  coverage: Coverage,
  runId: RunId | null,
  file: string,
): Promise<Result<{ path: string; bytes: number }, Failure>> {
  const format = formatOf(file);
  if (format === null) {
    return err(
      failure("input/file-unwritable", { path: file }, "The name must end in .xlsx, .csv or .json."),
    );
  }
  return coverage.writeReport({ runId, format, path: path.resolve(file) });
}

/** Null when the ending names no format. */
export function formatOf(file: string): ReportFormat | null {
  return ReportFormat.safeParse(path.extname(file).slice(1).toLowerCase()).data ?? null;
}
