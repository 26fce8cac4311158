import { ORPCError } from "@orpc/server";
import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";

/** Turns a feature's result into what the transport sends: the value, or the failure under its own code. */
export async function answerWith<Value>(result: Promise<Result<Value, Failure>>): Promise<Value> {
  const settled = await result;
  if (settled.ok) return settled.value;
  throw new ORPCError(settled.error.code, {
    status: 422,
    message: settled.error.message,
    data: { failure: settled.error },
  });
}
