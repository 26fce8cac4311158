import type { HelpRequestState, HelpSending } from "#shared/domain/offboarding.ts";

/** A request's message on its way, with when it was sent. */
export interface KnownSending extends HelpSending {
  readonly actedAtMs: number | null;
  /** The operation goes on, or waits to be confirmed. */
  readonly isUnderWay: boolean;
}

interface StoredRequest {
  readonly state: HelpRequestState;
  readonly updatedAtMs: number;
}

/**
 * Where a request stands: as it was written down, or `sent` once its message was. What the operator wrote down after the
 * sending counts.
 */
export function currentHelpState(
  { state, updatedAtMs }: StoredRequest,
  sending: KnownSending | null,
): HelpRequestState {
  if (state !== "draft" && state !== "copied") return state;
  return sending?.state === "done" && (sending.actedAtMs ?? 0) >= updatedAtMs ? "sent" : state;
}

/**
 * May it be sent? Only what nobody has sent or answered yet. While its message is under way, or nobody can tell whether
 * it arrived, it is not sent again.
 */
export function maySend(request: StoredRequest, sending: KnownSending | null): boolean {
  const state = currentHelpState(request, sending);
  if (state !== "draft" && state !== "copied") return false;
  if (sending === null) return true;
  const isDoubtful = sending.state === "unclear" && (sending.actedAtMs ?? 0) >= request.updatedAtMs;
  return !sending.isUnderWay && !isDoubtful;
}

/** Somebody was asked, and has neither done it nor said no. */
export function isPending(state: HelpRequestState): boolean {
  return state === "draft" || state === "copied" || state === "sent";
}
