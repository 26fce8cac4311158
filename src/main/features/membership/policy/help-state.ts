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
 * sending counts, and what was thought to be needless may have gone out nevertheless.
 */
export function currentHelpState(
  { state, updatedAtMs }: StoredRequest,
  sending: KnownSending | null,
): HelpRequestState {
  if (state !== "draft" && state !== "copied" && state !== "dropped") return state;
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

/**
 * Why nobody has to do any more what a request asks for: it was done (they are gone, the right has come), we may do it
 * ourselves, the operator leaves the person in the group, or closed the offboarding.
 */
export type Needless = "gone" | "come" | "ours" | "kept" | "closed";

const NEEDLESS_NOTES: Readonly<Record<Needless, string>> = {
  gone: "The person is not in the group any more.",
  come: "The right has come: the platform says so.",
  ours: "Nobody has to be asked: we may do it ourselves now.",
  kept: "Nobody has to be asked: the person stays in the group.",
  closed: "Nobody has to be asked: the offboarding is closed.",
};

/**
 * What becomes of a request that is needless: one that nobody was sent is not needed any more; one that went out is
 * answered where what it asks for was done, and otherwise stays as it is, because somebody may still be at it.
 */
export function settleNeedless(
  state: HelpRequestState,
  why: Needless,
): { readonly state: HelpRequestState; readonly note: string } | null {
  const note = NEEDLESS_NOTES[why];
  if (state === "draft") return { state: "dropped", note };
  return isPending(state) && (why === "gone" || why === "come") ? { state: "answered", note } : null;
}
