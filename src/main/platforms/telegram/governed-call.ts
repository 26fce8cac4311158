import type { Api } from "telegram/tl/index.js";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { WaitTooLong, type Governor, type Permit } from "#shared/lib/governor.ts";
import type { Log } from "#shared/lib/log.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { type LookAgain, Sight } from "#shared/lib/sight.ts";
import { SECOND_MS, type Clock } from "#shared/lib/time.ts";
import type { WaitBoard } from "#shared/lib/wait-board.ts";
import type { Line } from "./line.ts";
import { readError, type NoSuccess } from "./translate-error.ts";

/** What all calls of one session share. */
export interface CallContext {
  readonly line: Line;
  readonly governor: Governor;
  readonly waits: WaitBoard;
  readonly clock: Clock;
  readonly log: Log;
  readonly deadlineMs: number;
  /** Pause before the first repetition; doubled each time, with up to half of it added at random. */
  readonly retryPauseMs: number;
  readonly longestWaitMs: number;
  /** Told of every request that is sent. */
  readonly onRequest: (method: string) => void;
}

export interface TelegramRequest<Value> {
  /** The documented name, such as `messages.getDialogs`. */
  readonly method: string;
  /**
   * The same request each time. One that changes something carries a `random_id`, by which Telegram recognises a
   * repetition, or leaves things as they are when it comes twice, or is sent once.
   */
  readonly request: Api.AnyRequest;
  /** A change that Telegram does not recognise as a repetition: it goes out again only where it was refused. */
  readonly isOnce?: boolean;
  /** Asked before a change is sent that had to wait for its turn; unless it says yes, the change is not sent. */
  readonly lookAgain?: LookAgain | undefined;
  /** What a success must look like; null makes the answer a bad one. */
  readonly read: (answer: unknown) => Value | null;
}

const MAX_ATTEMPTS = 4;

/**
 * One call in the limits: waits for its turn, obeys a FLOOD_WAIT for exactly as long as it takes, and repeats what got
 * no answer up to three times. A wait beyond `longestWaitMs` ends it with `telegram/flood-wait` (`untilMs`), and so
 * does every later call of the method until then.
 *
 * Fails with what Telegram refused, with `network/*` or with `telegram/bad-answer`. Rejects only with the reason of
 * `signal`, or with `NotSent` of a change whose turn came when it was wanted no longer.
 */
export async function governedCall<Value>(
  context: CallContext,
  { method, request, read, lookAgain, isOnce = false }: TelegramRequest<Value>,
  signal: AbortSignal,
): Promise<Result<Value, Failure>> {
  const sight = new Sight(context.clock, lookAgain);
  for (let unanswered = 0; ;) {
    const permit = await enter(context, method, signal);
    if (!permit.ok) return permit;
    await sight.confirm(permit.value);
    const result = await attempt(context, method, request, permit.value, signal);
    if (result.outcome === "answered") {
      const value = read(result.answer);
      if (value !== null) return ok(value);
      return err(failure("telegram/bad-answer", { method, problem: "unexpected-form" }));
    }
    if (result.outcome === "slow-down") {
      if (result.waitMs > context.longestWaitMs) return err(floodWait(context, method, result.waitMs));
      continue;
    }
    if (result.outcome === "refused") return err(result.failure);
    if (result.outcome === "elsewhere") return err(movedAway(method, result.dataCentre));

    unanswered += 1;
    context.log.warn("telegram-no-answer", { method, attempt: unanswered, code: result.failure.code });
    if (isOnce || unanswered >= MAX_ATTEMPTS || context.line.isDead) return err(result.failure);
    await pause(context, context.retryPauseMs * 2 ** (unanswered - 1) * (1 + Math.random() / 2), signal);
  }
}

async function enter(
  context: CallContext,
  method: string,
  signal: AbortSignal,
): Promise<Result<Permit, Failure>> {
  try {
    return ok(await context.governor.enter(method, signal));
  } catch (error) {
    if (error instanceof WaitTooLong) return err(floodWait(context, method, error.waitMs));
    throw error;
  }
}

async function attempt(
  context: CallContext,
  method: string,
  request: Api.AnyRequest,
  permit: Permit,
  signal: AbortSignal,
): Promise<{ readonly outcome: "answered"; readonly answer: unknown } | NoSuccess> {
  context.onRequest(method);
  let result: NoSuccess;
  try {
    const answer = await context.line.request(request, context.deadlineMs, signal);
    permit.answered();
    return { outcome: "answered", answer };
  } catch (error) {
    if (signal.aborted) {
      permit.unanswered();
      throw signal.reason;
    }
    try {
      result = readError(error, method);
    } catch (defect) {
      permit.unanswered();
      throw defect;
    }
  }
  if (result.outcome === "slow-down") {
    context.log.info("telegram-slow-down", { method, waitMs: result.waitMs });
    permit.slowDown(result.waitMs);
  } else if (result.outcome === "no-answer") permit.unanswered();
  else permit.answered();
  return result;
}

function floodWait({ clock }: CallContext, method: string, waitMs: number): Failure {
  return failure("telegram/flood-wait", { method, untilMs: Math.ceil(clock.nowMs() + waitMs) });
}

/** An account's home does not change while it is signed in; should it ever, a new sign-in finds the new one. */
function movedAway(method: string, dataCentre: number): Failure {
  const facts = { method, telegramError: "USER_MIGRATE", dataCentre };
  return failure("telegram/session-revoked", facts, "The account has moved to another data centre.");
}

async function pause(context: CallContext, pauseMs: number, signal: AbortSignal): Promise<void> {
  const key = Symbol("pause");
  // Pauses of a moment are not worth a word.
  if (pauseMs >= SECOND_MS)
    context.waits.show(key, "Telegram did not answer; trying again.", pauseMs, "pause");
  try {
    await context.clock.sleep(pauseMs, signal);
  } finally {
    context.waits.clear(key);
  }
}
