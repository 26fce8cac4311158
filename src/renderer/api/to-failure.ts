import { ORPCError } from "@orpc/client";
import { type Failure, Failure as FailureSchema } from "#shared/domain/failure.ts";
import { BridgeMissingError } from "./bridge.ts";
import { LinkLostError } from "./port-link.ts";

/** A failure as it is shown: an expected one from the catalogue, or a defect or lost connection under its own code. */
export type ShownFailure = Omit<Failure, "code"> & { code: string };

/** Turns anything a call can reject with into what to show. Never throws. */
export function toFailure(error: unknown): ShownFailure {
  if (error instanceof ORPCError) return fromAnswer(error);
  if (error instanceof LinkLostError || error instanceof BridgeMissingError) {
    return {
      code: "link/lost",
      message: error.message,
      todo: "Muster reconnects by itself; if this stays, restart it. Nothing stored is affected.",
      facts: {},
    };
  }
  return internalError(null);
}

function fromAnswer(error: ORPCError<string, unknown>): ShownFailure {
  const data = error.data as { failure?: unknown; reference?: unknown } | null | undefined;
  const declared = FailureSchema.safeParse(data?.failure);
  if (declared.success) return declared.data;
  switch (error.code) {
    case "BAD_REQUEST":
      return {
        code: "input/invalid",
        message: "Muster's main process did not accept what was entered.",
        todo: "Check the fields and try again.",
        facts: {},
      };
    case "UNREGISTERED_SENDER":
    case "NOT_FOUND":
      return {
        code: `link/${error.code.toLowerCase().replaceAll("_", "-")}`,
        message: "This window may not ask that.",
        todo: "Restart Muster; if this stays, report it.",
        facts: {},
      };
    default:
      return internalError(typeof data?.reference === "string" ? data.reference : null);
  }
}

function internalError(reference: string | null): ShownFailure {
  return {
    code: "internal-error",
    message: reference ? `Internal error ${reference}.` : "Internal error.",
    todo: reference
      ? "Try again; if it stays, report it with this reference: the log has the particulars under it."
      : "Try again; if it stays, report it.",
    facts: reference ? { reference } : {},
  };
}
