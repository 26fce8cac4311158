import { randomUUID } from "node:crypto";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { Log } from "#shared/lib/log.ts";

/** Writes a defect to the log and returns what the operator is shown instead: a reference that finds it there. */
export function reportDefect(
  log: Log,
  event: string,
  error: unknown,
  fields: Record<string, unknown>,
): Failure {
  const reference = randomUUID().slice(0, 8);
  const stack = error instanceof Error ? error.stack : undefined;
  log.error(event, { ...fields, reference, error: String(error), stack });
  return failure("job/internal-error", { reference }, `Reference: ${reference}.`);
}
