import path from "node:path";
import type { Application } from "#main/compose.ts";
import { OperationReportFormat } from "#shared/contract/membership.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import type { Terminal } from "../terminal.ts";

/** Writes the operation's report where `--out` says; null when that went well, or nothing was asked for. */
export async function writeOperationReport(
  { membership }: Pick<Application, "membership">,
  operationId: OperationId,
  { out, terminal }: { readonly out?: string; readonly terminal: Pick<Terminal, "note"> },
): Promise<Failure | null> {
  if (out === undefined) return null;
  const format = OperationReportFormat.safeParse(path.extname(out).slice(1).toLowerCase());
  if (!format.success)
    return failure("input/file-unwritable", { path: out }, "The name must end in .xlsx, .log or .json.");
  const written = await membership.writeReport({ operationId, format: format.data, path: path.resolve(out) });
  if (!written.ok) return written.error;
  terminal.note(`Report: ${written.value.path}`);
  return null;
}
