import type { z } from "zod";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { Governor, Permit } from "#shared/lib/governor.ts";
import type { Log } from "#shared/lib/log.ts";
import { NotSent } from "#shared/lib/not-sent.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { type LookAgain, Sight } from "#shared/lib/sight.ts";
import { SECOND_MS, type Clock } from "#shared/lib/time.ts";
import type { WaitBoard } from "#shared/lib/wait-board.ts";
import { attempt, type Attempt } from "./attempt.ts";
import type { SlackAnswer } from "./read-answer.ts";
import type { SlackTokenSource } from "./token-source.ts";

/** What all calls of one connection share. */
export interface CallContext {
  readonly apiUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly tokens: SlackTokenSource | null;
  readonly governor: Governor;
  readonly waits: WaitBoard;
  readonly clock: Clock;
  readonly log: Log;
  readonly deadlineMs: number;
  /** Pause before the first repetition; doubled each time, with up to half of it added at random. */
  readonly retryPauseMs: number;
  /** Told of every request that is sent. */
  readonly onRequest: (method: string) => void;
}

export interface SlackRequest<Value> {
  readonly method: string;
  readonly args: Readonly<Record<string, string | number | boolean>>;
  /** What a success must look like. */
  readonly schema: z.ZodType<Value>;
  /** A read may be repeated when nobody answered; a write may not, because it may have been done. */
  readonly kind: "read" | "write";
  /** Asked before a write is sent that had to wait for its turn; unless it says yes, the write is not sent. */
  readonly lookAgain?: LookAgain | undefined;
  /** Reads a refusal that says more than its code; null leaves it the failure that it is. */
  readonly readRefusal?: (answer: SlackAnswer, error: string) => Value | null;
}

export interface SlackSuccess<Value> {
  readonly value: Value;
  readonly scopes: readonly string[];
}

const MAX_READ_ATTEMPTS = 4;

/**
 * One call in the limits: waits for its turn, obeys a 429 for as long as it takes, repeats a read that got no answer
 * up to three times, renews an expired token once, and checks the answer's form.
 *
 * Fails with what Slack refused, or with `network/*` or `slack/bad-answer` when nobody answered intelligibly. Rejects
 * only with the reason of `signal`, or with `NotSent` of a write that was still waiting for its turn, or whose turn came
 * when it was wanted no longer.
 */
export async function governedCall<Value>(
  context: CallContext,
  request: SlackRequest<Value>,
  signal: AbortSignal,
): Promise<Result<SlackSuccess<Value>, Failure>> {
  let unanswered = 0;
  let renewed = false;
  const sight = new Sight(context.clock, request.lookAgain);
  for (;;) {
    const permit = await enter(context, request, signal);
    await sight.confirm(permit);
    let result: Attempt;
    let token: string | null = null;
    try {
      const found = await context.tokens?.getToken();
      if (found && !found.ok) {
        permit.unanswered();
        return found;
      }
      token = found?.value ?? null;
      context.onRequest(request.method);
      result = await attempt({
        method: request.method,
        args: request.args,
        token,
        apiUrl: context.apiUrl,
        fetch: context.fetch,
        deadlineMs: context.deadlineMs,
        signal,
      });
    } catch (error) {
      permit.unanswered();
      throw error;
    }

    if (result.outcome === "slow-down") {
      context.log.info("slack-slow-down", { method: request.method, retryAfterMs: result.retryAfterMs });
      permit.slowDown(result.retryAfterMs);
      continue;
    }
    if (result.outcome === "refused") {
      permit.answered();
      const read = result.answer && request.readRefusal?.(result.answer, result.error);
      if (read !== null && read !== undefined) return ok({ value: read, scopes: [] });
      if (result.error !== "token_expired" || renewed || !context.tokens || token === null) {
        return err(result.failure);
      }
      renewed = true;
      const successor = await context.tokens.renewToken(token, result.failure);
      if (!successor.ok) return successor;
      continue;
    }

    let noAnswer: Failure;
    let pauseMs = context.retryPauseMs * 2 ** unanswered * (1 + Math.random() / 2);
    if (result.outcome === "answered") {
      permit.answered();
      const parsed = request.schema.safeParse(result.answer);
      if (parsed.success) return ok({ value: parsed.data, scopes: result.scopes });
      noAnswer = unexpectedForm(request.method, parsed.error);
    } else {
      permit.unanswered();
      noAnswer = result.failure;
      pauseMs = Math.max(pauseMs, result.retryAfterMs ?? 0);
    }

    unanswered += 1;
    context.log.warn("slack-no-answer", { method: request.method, attempt: unanswered, ...noAnswer.facts });
    if (request.kind === "write" || unanswered >= MAX_READ_ATTEMPTS) return err(noAnswer);
    await pause(context, pauseMs, signal);
  }
}

async function pause(context: CallContext, pauseMs: number, signal: AbortSignal): Promise<void> {
  const key = Symbol("pause");
  // Pauses of a moment are not worth a word.
  if (pauseMs >= SECOND_MS) context.waits.show(key, "Slack did not answer; trying again.", pauseMs, "pause");
  try {
    await context.clock.sleep(pauseMs, signal);
  } finally {
    context.waits.clear(key);
  }
}

/** Names where the answer departs from what Slack documents, not what it holds: that may be a customer's words. */
function unexpectedForm(method: string, error: z.ZodError): Failure {
  const where = error.issues[0]?.path.map(String).join(".") ?? "";
  return failure(
    "slack/bad-answer",
    { method, problem: "unexpected-form", where },
    `Unexpected form at “${where}”.`,
  );
}

async function enter(
  { governor }: CallContext,
  { method, kind }: SlackRequest<unknown>,
  signal: AbortSignal,
): Promise<Permit> {
  try {
    return await governor.enter(method, signal);
  } catch (error) {
    // A write that Slack had put off was not made either.
    throw kind === "write" && signal.aborted ? new NotSent(error) : error;
  }
}
