import type { SlackIdentity, SlackSession } from "#main/platforms/slack/index.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import { err, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS, type Clock } from "#shared/lib/time.ts";

/** Nobody at a screen waits longer than this for a click. */
const LONGEST_WAIT_MS = MINUTE_MS / 2;

/**
 * Asks Slack whose token a session has, for somebody who waits at the screen: where Slack asks to wait longer than
 * half a minute, it fails with `slack/rate-limited` and `untilMs` instead of waiting. Not for a session that others
 * use, whose waits would be taken for this call's.
 */
export function identify(session: SlackSession, clock: Clock): Promise<Result<SlackIdentity, Failure>> {
  return withoutLongWait(session, clock, (signal) => session.fetchIdentity({ signal }));
}

/** The same for any call on a session of one's own. */
export async function withoutLongWait<Value>(
  session: SlackSession,
  clock: Clock,
  call: (signal: AbortSignal) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  const stop = new AbortController();
  let refusal: Failure | null = null;
  const unwatch = session.watchWaits((wait) => {
    if (!wait || wait.untilMs - clock.nowMs() <= LONGEST_WAIT_MS) return;
    refusal = failure("slack/rate-limited", { untilMs: wait.untilMs });
    stop.abort();
  });
  try {
    return await call(stop.signal);
  } catch (error) {
    if (refusal) return err(refusal);
    throw error;
  } finally {
    unwatch();
  }
}

/** Signing the same account in again gives the same id. */
export function connectionIdOf({ teamId, userId }: SlackIdentity): ConnectionId {
  return ConnectionId.parse(`slack:${teamId}:${userId}`);
}
