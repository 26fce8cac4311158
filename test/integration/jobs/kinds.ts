import type { Activity } from "#main/features/activity/index.ts";
import type { JobKind } from "#main/jobs/index.ts";
import { HOUR_MS } from "#shared/lib/time.ts";
import { kindOf } from "#test/support/job-bench.ts";

export const ITEMS = 200;

/** Writes one line for each of 200 items, half of them in two steps with a checkpoint between. */
export function listingKind(activity: Activity, pause: () => Promise<void>): JobKind<string> {
  return kindOf(
    async (job) => {
      await job.addItems(
        "lines",
        Array.from({ length: ITEMS }, (_, n) => `${n}`),
      );
      await job.forEachItem("lines", { concurrency: 4 }, async ({ key, checkpoint, saveCheckpoint }) => {
        await pause();
        if (Number(key) % 2 === 0 && checkpoint === undefined) {
          await saveCheckpoint("half", (writer) =>
            activity.record(writer, { action: "half", target: key, outcome: "done" }),
          );
          await pause();
        }
        return {
          end: "done",
          save: (writer) => activity.record(writer, { action: "line", target: key, outcome: "done" }),
        };
      });
      return { end: "done" };
    },
    {
      kind: "listing",
      onEnd: (_end, _job, writer) => activity.record(writer, { action: "end", outcome: "done" }),
    },
  );
}

/** Waits for an hour, shows that it does, and is done when it is called again after that. */
export function waitingKind(
  wait: (untilMs: number) => Promise<void>,
  nowMs: () => number = Date.now,
): JobKind<string> {
  return kindOf(
    async (job) => {
      const untilMs = nowMs() + HOUR_MS;
      job.showWait({ why: "asked to slow down", untilMs });
      await wait(untilMs);
      return { end: "done" };
    },
    { kind: "waiting" },
  );
}
