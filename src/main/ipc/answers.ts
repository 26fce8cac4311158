import { implement } from "@orpc/server";
import { contract } from "#shared/contract/index.ts";
import type { CallContext } from "./transport.ts";

/**
 * One place to hang a handler on for every procedure. Inputs are always checked; outputs when `checkOutputs` is set,
 * which costs time on large answers and is therefore for tests and development.
 */
export function openAnswers(options: { readonly checkOutputs: boolean }) {
  return implement(contract)
    .$context<CallContext>()
    .$config({ initialOutputValidationIndex: options.checkOutputs ? 0 : Number.NaN });
}

export type Answers = ReturnType<typeof openAnswers>;
