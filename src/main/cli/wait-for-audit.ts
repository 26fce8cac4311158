import { setTimeout as sleep } from "node:timers/promises";
import type { Application } from "#main/compose.ts";
import type { Run } from "#shared/domain/coverage.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { followProgress } from "./follow-progress.ts";
import type { Terminal } from "./terminal.ts";

/** How an audit came to rest: by itself, or given up for now because nobody answers. */
export type Rest = { readonly gaveUpOn: Failure | null };

const lookEveryMs = 500;

/**
 * Shows the audit's progress until it has ended or needs the operator. `interrupted` cancels it in good order. When it
 * stands still for longer than `patienceMs` (no network, a full disk; not a rate limit, which ends at a known time),
 * it is left as it is, to be gone on with.
 */
export async function waitForAudit(
  application: Application,
  run: Pick<Run, "id" | "jobId">,
  how: { readonly terminal: Terminal; readonly interrupted: AbortSignal; readonly patienceMs: number },
): Promise<Rest> {
  const { coverage } = application;
  const following = followProgress(application, run.id, how.terminal);
  const over = new AbortController();
  const cancelled = cancelOn(how.interrupted, over.signal, () => coverage.cancel({ runId: run.id }));
  try {
    const ended = coverage.waitForEnd(run.id).then(() => ({ gaveUpOn: null }));
    return await Promise.race([
      ended,
      cancelled.then(() => ended),
      untilGivenUp(application, run, following.calls, how.patienceMs, over.signal),
    ]);
  } finally {
    over.abort();
    await following.stop();
  }
}

/** Rejects when cancelling fails; otherwise never settles before `over` unless it was asked for. */
async function cancelOn(
  interrupted: AbortSignal,
  over: AbortSignal,
  cancel: () => Promise<unknown>,
): Promise<void> {
  await new Promise<void>((resolve) => {
    if (interrupted.aborted || over.aborted) resolve();
    interrupted.addEventListener("abort", () => resolve(), { once: true });
    over.addEventListener("abort", () => resolve(), { once: true });
  });
  if (interrupted.aborted) await cancel();
}

async function untilGivenUp(
  { jobs }: Application,
  run: Pick<Run, "id" | "jobId">,
  countCalls: () => number,
  patienceMs: number,
  over: AbortSignal,
): Promise<Rest> {
  let standing: { readonly sinceMs: number; readonly calls: number } | null = null;
  while (!over.aborted) {
    const job = await jobs.find(run.jobId);
    const isWaiting = job?.state === "waiting" && job.failure !== null;
    // Between two tries the job runs again for a moment; only an answer ends the standstill.
    if (standing !== null && countCalls() > standing.calls) standing = null;
    if (isWaiting) standing ??= { sinceMs: performance.now(), calls: countCalls() };
    if (isWaiting && standing !== null && performance.now() - standing.sinceMs >= patienceMs)
      return { gaveUpOn: job.failure };
    await sleep(lookEveryMs, undefined, { signal: over }).catch(() => undefined);
  }
  return { gaveUpOn: null };
}
