import { randomUUID } from "node:crypto";
import { ORPCError, type AnyRouter } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import type { SupportedMessagePort } from "@orpc/client/message-port";
import { FailureError } from "#shared/domain/failure.ts";
import type { Log } from "#shared/lib/log.ts";

/** What a call knows about its caller. */
export interface CallContext {
  /** `window` is a registered window of ours; every call of anything else is refused. */
  readonly sender: "window" | "unregistered";
}

export interface Transport {
  /** Answers every call that arrives on this port. */
  attach(port: SupportedMessagePort, sender: CallContext["sender"]): void;
}

/**
 * Joins ports to the router. Answers that no procedure gives, each with a code of its own: `UNREGISTERED_SENDER`,
 * `NOT_FOUND` for an unknown name, `BAD_REQUEST` for an input that does not fit, and `INTERNAL_SERVER_ERROR` for a
 * defect, whose particulars stay in the log under the reference that the caller is shown.
 */
export function createTransport(router: AnyRouter, log: Log): Transport {
  const handler = new RPCHandler<CallContext>(router, {
    rootInterceptors: [
      async (options) => {
        if (options.context.sender !== "window") {
          log.warn("call-from-unregistered-sender", { path: options.request.url.pathname });
          return answer(
            new ORPCError("UNREGISTERED_SENDER", {
              status: 403,
              message: "The caller is not a Muster window.",
            }),
          );
        }
        const result = await options.next();
        if (result.matched) return result;
        return answer(
          new ORPCError("NOT_FOUND", { message: `No such procedure: ${options.request.url.pathname}` }),
        );
      },
    ],
    clientInterceptors: [
      async (options) => {
        try {
          return await options.next();
        } catch (error) {
          throw toAnswer(error, options.path.join("."), log);
        }
      },
    ],
  });
  return { attach: (port, sender) => handler.upgrade(port, { context: { sender } }) };
}

function answer(error: ORPCError<string, unknown>) {
  return {
    matched: true as const,
    response: { status: error.status, headers: {}, body: { json: error.toJSON(), meta: [] } },
  };
}

/** Declared failures and refused inputs pass; a failure that was thrown keeps its code; the rest is a defect. */
function toAnswer(error: unknown, procedure: string, log: Log): unknown {
  if (error instanceof FailureError) {
    const { failure } = error;
    return new ORPCError(failure.code, { status: 422, message: failure.message, data: { failure } });
  }
  // An output that breaks its own schema is our bug, although the library reports it as an answer.
  if (error instanceof ORPCError && error.code !== "INTERNAL_SERVER_ERROR") return error;
  const reference = randomUUID().slice(0, 8);
  log.error("internal-error", { reference, procedure, error });
  return new ORPCError("INTERNAL_SERVER_ERROR", {
    message: `Internal error ${reference}`,
    data: { reference },
  });
}
