import type { ClientContext, ClientLink, ClientOptions } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { SECOND_MS } from "#shared/lib/time.ts";
import { BridgeMissingError, requestPort } from "./bridge.ts";
import { deadlineOf } from "./deadlines.ts";
import { setLinkState } from "./link-state.ts";

/** No answer came: the main process is gone, or did not answer before the deadline. */
export class LinkLostError extends Error {
  override readonly name = "LinkLostError";
}

interface OpenLink {
  readonly link: RPCLink<ClientContext>;
  /** Aborted when the port dies; a call made on a dead port would otherwise never settle. */
  readonly closed: AbortSignal;
}

const HAND_OVER_DEADLINE_MS = 5 * SECOND_MS;
const REOPEN_AFTER_MS = SECOND_MS;

/**
 * Carries calls over a MessagePort that is opened on first use and replaced when it closes. Every call settles: with
 * its answer, or with `LinkLostError` when the port dies or the deadline passes.
 */
export function createPortLink(): ClientLink<ClientContext> {
  let current: Promise<OpenLink> | null = null;

  const open = async (): Promise<OpenLink> => {
    const port = await requestPort(AbortSignal.timeout(HAND_OVER_DEADLINE_MS));
    const closed = new AbortController();
    port.addEventListener("close", () => {
      closed.abort(new LinkLostError("The connection to Muster's main process was lost."));
      setLinkState("lost");
      current = null;
      setTimeout(() => void ensureOpen().catch(() => undefined), REOPEN_AFTER_MS);
    });
    const link = new RPCLink({ port });
    port.start();
    setLinkState("open");
    return { link, closed: closed.signal };
  };

  const ensureOpen = (): Promise<OpenLink> => {
    current ??= open().catch((error: unknown) => {
      current = null;
      if (error instanceof BridgeMissingError) {
        setLinkState("missing");
        throw error;
      }
      setLinkState("lost");
      setTimeout(() => void ensureOpen().catch(() => undefined), REOPEN_AFTER_MS);
      throw new LinkLostError("Muster's main process does not answer.", { cause: error });
    });
    return current;
  };

  return {
    async call(path, input, options: ClientOptions<ClientContext>) {
      const { link, closed } = await ensureOpen();
      const deadlineMs = deadlineOf(path);
      // Only waiting for the answer is limited: the signal must not cut an open stream later.
      const overdue = deadlineMs === null ? null : AbortSignal.timeout(deadlineMs);
      const lost = rejectWhen(overdue ? [closed, overdue] : [closed], path);
      try {
        return await Promise.race([link.call(path, input, options), lost.promise]);
      } finally {
        lost.release();
      }
    },
  };
}

/** A promise that rejects when one of the signals fires, until released. */
function rejectWhen(
  signals: readonly AbortSignal[],
  path: readonly string[],
): { promise: Promise<never>; release(): void } {
  const listening = new AbortController();
  const promise = new Promise<never>((_resolve, reject) => {
    const any = AbortSignal.any([...signals]);
    const give = (): void => {
      const reason: unknown = any.reason;
      reject(
        reason instanceof LinkLostError
          ? reason
          : new LinkLostError(`No answer in time (${path.join(".")}).`, { cause: reason }),
      );
    };
    if (any.aborted) give();
    else any.addEventListener("abort", give, { once: true, signal: listening.signal });
  });
  return { promise, release: () => listening.abort() };
}
