import { z } from "zod";
import { failureCatalogue } from "./failure-catalogue.ts";

export const FailureCode = z.enum(Object.keys(failureCatalogue) as [FailureCodeName, ...FailureCodeName[]]);
type FailureCodeName = keyof typeof failureCatalogue;
export type FailureCode = FailureCodeName;

/** The facts an operator or a caller needs to act on a failure. Never a secret. */
export const FailureFacts = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
);
export type FailureFacts = z.infer<typeof FailureFacts>;

/**
 * Something expected went wrong. `message` says what happened, `todo` what the operator does next; both are
 * finished sentences. `facts` are the particulars (`needed`, `untilMs`, …) by the names the catalogue lists.
 */
export const Failure = z.object({
  code: FailureCode,
  message: z.string(),
  todo: z.string(),
  facts: FailureFacts,
});
export type Failure = z.infer<typeof Failure>;

/** Makes a failure from its catalogue entry. `detail` is appended to the message. */
export function failure(code: FailureCode, facts: FailureFacts = {}, detail?: string): Failure {
  const entry = failureCatalogue[code];
  return { code, message: detail ? `${entry.when} ${detail}` : entry.when, todo: entry.todo, facts };
}

/**
 * Carries a failure through code that cannot return a `Result` (a full disk can strike any write).
 * Caught where defects are caught, and shown as the failure it is.
 */
export class FailureError extends Error {
  override readonly name = "FailureError";
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${failure.code}: ${failure.message}`, options);
    this.failure = failure;
  }
}
