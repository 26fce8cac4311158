import { connectionsOf } from "../fixture/connections.ts";
import type { Run, RunPart, RunProgress } from "#shared/domain/coverage.ts";
import type { Progress } from "#shared/domain/job.ts";

const TOTAL = 72;
const STEP_MS = 400;

/** An audit that really advances, or stands still as its state says. */
export async function* watchProgress(
  find: () => Run,
  signal: AbortSignal | undefined,
  finish: (runId: string) => void,
): AsyncGenerator<RunProgress> {
  const resumesAtMs = Date.now() + 47_000;
  const isLeft = (): boolean => signal?.aborted === true;
  for (let done = 28; !isLeft();) {
    const run = find();
    const progress: Progress = {
      phase: "Reading members",
      done,
      total: TOTAL,
      etaMs: run.state === "running" ? (TOTAL - done) * STEP_MS : null,
      waiting: run.state === "waiting" ? { why: "Slack asked to slow down", untilMs: resumesAtMs } : null,
    };
    const parts = partsOf(run, done, resumesAtMs);
    yield { runId: run.id, parts, state: run.state, progress, calls: run.calls + done };
    if (run.finishedAtMs !== null) return;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    if (run.state === "running") done += 1;
    if (done >= TOTAL) finish(run.id);
  }
}

/** Slack at work, Telegram parked where something waits. */
function partsOf(run: Run, done: number, resumesAtMs: number): RunPart[] {
  const parked = { why: "Telegram asked to wait", untilMs: resumesAtMs + 3_600_000 };
  return connectionsOf("normal").flatMap(({ id, platform, state }, at) =>
    at === 1 || state !== "ready"
      ? []
      : {
          connectionId: id,
          platform,
          phase: platform === "slack" ? "Reading members" : run.state === "waiting" ? null : "Listing groups",
          done: platform === "slack" ? done : 3,
          total: platform === "slack" ? TOTAL : null,
          waiting: platform === "telegram" && run.state === "waiting" ? parked : null,
          failure: null,
        },
  );
}
