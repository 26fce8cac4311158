import { setTimeout as sleep } from "node:timers/promises";
import type { Application } from "#main/compose.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { failure } from "#shared/domain/failure.ts";
import type { OperationId, OperationProgress } from "#shared/domain/operation.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { Operator } from "../operator.ts";
import { openProgressLine } from "../progress-line.ts";
import { describeCounts } from "./operation-words.ts";
import { formatDuration, formatLimitTime } from "./time-words.ts";

/**
 * How waiting for an operation came to its end: it rests by itself, the person wants to stop, or nobody answered for as
 * long as there was patience.
 */
export type OperationRest =
  { readonly rests: true } | { readonly rests: false; readonly gaveUpOn: Failure | null };

const lookEveryMs = 500;

/**
 * Shows an operation's progress on standard error until it has ended, is planned, or needs the operator. It is never
 * cancelled by this: who stops waiting leaves it to be gone on with.
 */
export async function waitForOperation(
  application: Pick<Application, "membership" | "connections">,
  operationId: OperationId,
  how: Operator & { readonly patienceMs: number },
): Promise<OperationRest> {
  const over = new AbortController();
  const signal = AbortSignal.any([how.interrupted, over.signal]);
  const line = openProgressLine(how.terminal);
  let latest: OperationProgress | null = null;
  async function follow(): Promise<OperationRest> {
    const stream = await application.membership.progress({ operationId }, signal);
    if (!stream.ok) return { rests: true };
    for await (const progress of stream.value) {
      latest = progress;
      if (progress.phase !== "") line.show(describe(progress), newsOf(progress));
    }
    return how.interrupted.aborted ? { rests: false, gaveUpOn: null } : { rests: true };
  }
  const followed = follow();
  try {
    return await Promise.race([followed, untilGivenUp(application, () => latest, how.patienceMs, signal)]);
  } finally {
    over.abort();
    await followed;
    line.clear();
  }
}

/** Settles only when there was no answer for too long: nothing was done, and the operation waits for somebody out of reach. */
async function untilGivenUp(
  { connections }: Pick<Application, "connections">,
  read: () => OperationProgress | null,
  patienceMs: number,
  signal: AbortSignal,
): Promise<OperationRest> {
  let standing: { readonly sinceMs: number; readonly done: number } | null = null;
  while (!signal.aborted) {
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
    const now = read();
    const isWaiting = now !== null && now.waiting !== null;
    if (standing !== null && now !== null && now.done > standing.done) standing = null;
    if (!isWaiting) continue;
    const unreachable = (await connections.list()).find(({ state }) => state === "unreachable");
    if (unreachable === undefined) {
      standing = null;
      continue;
    }
    standing ??= { sinceMs: performance.now(), done: now.done };
    if (performance.now() - standing.sinceMs >= patienceMs)
      return { rests: false, gaveUpOn: unreachable.failure ?? failure("network/unreachable") };
  }
  return new Promise(() => undefined);
}

function newsOf({ phase, waiting }: OperationProgress): string {
  return `${phase} ${waiting?.why ?? ""} ${waiting?.untilMs ?? ""}`;
}

function describe({ phase, done, total, etaMs, waiting, counts, state }: OperationProgress): string {
  const nowMs = systemClock.nowMs();
  const count = total === null ? (done === 0 ? "" : ` ${done}`) : ` ${done}/${total}`;
  const kinds = state === "planning" ? "" : ` (${describeCounts(counts, false)})`;
  const eta = etaMs === null ? "" : `, about ${formatDuration(etaMs)} left`;
  const wait =
    waiting === null ? "" : `, waiting until ${formatLimitTime(waiting.untilMs, nowMs)}: ${waiting.why}`;
  return `${phase}${count}${kinds}${eta}${wait}`;
}
