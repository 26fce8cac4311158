import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { Wait } from "#shared/domain/job.ts";
import { err, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS, type Clock } from "#shared/lib/time.ts";

/** Nobody at a screen waits longer than this for a click. */
const PATIENCE_MS = MINUTE_MS / 2;

/**
 * Makes one call on a shared session for somebody who waits at the screen. What is not answered within half a minute
 * is given up: with `telegram/flood-wait` and `untilMs` when the session was waiting just then (possibly for another
 * of its users: they share one pace), with `network/timed-out` otherwise.
 */
export async function withinPatience<Value>(
  session: Pick<TelegramSession, "watchWaits">,
  clock: Clock,
  call: (signal: AbortSignal) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  const givenUp = new AbortController();
  const over = new AbortController();
  let wait: Wait | null = null;
  const unwatch = session.watchWaits((current) => {
    wait = current;
  });
  void clock.sleep(PATIENCE_MS, over.signal).then(
    () => givenUp.abort(),
    () => undefined,
  );
  try {
    const result = await call(givenUp.signal);
    return result.ok || !givenUp.signal.aborted ? result : err(reasonFor(wait));
  } catch (error) {
    if (!givenUp.signal.aborted) throw error;
    return err(reasonFor(wait));
  } finally {
    over.abort();
    unwatch();
  }
}

function reasonFor(wait: Wait | null): Failure {
  return wait === null
    ? failure("network/timed-out")
    : failure("telegram/flood-wait", { untilMs: wait.untilMs });
}
