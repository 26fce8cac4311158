import { setImmediate as nextTurn } from "node:timers/promises";
import { countJobItems, insertJobItems } from "#main/store/queries/job-items.ts";
import type { Attempt, AttemptDependencies } from "./attempt.ts";
import { runItems } from "./item-loop.ts";
import type { JobRun } from "./job-kind.ts";

/** Items added in one transaction; between two, others may write. */
const ITEMS_PER_WRITE = 250;

/** An attempt as the kind's `run` sees it. */
export function openJobRun<Payload>(
  attempt: Attempt,
  payload: Payload,
  deps: AttemptDependencies,
): JobRun<Payload> {
  const { store } = deps;
  const jobId = attempt.row.id;

  async function addItems(phase: string, keys: readonly string[]): Promise<void> {
    for (let at = 0; at < keys.length; at += ITEMS_PER_WRITE) {
      attempt.signal.throwIfAborted();
      await attempt.save((writer) =>
        insertJobItems(writer, { jobId, phase }, keys.slice(at, at + ITEMS_PER_WRITE)),
      );
      await nextTurn();
    }
    const live = attempt.live.find(phase);
    if (live === null) return;
    const { pending, done, failed } = await countJobItems(store.read, { jobId, phase });
    live.total = pending + done + failed;
    deps.changed();
  }

  return {
    jobId,
    payload,
    signal: attempt.signal,
    addItems,
    forEachItem: (phase, options, step) => runItems(attempt, { phase, step, ...options }, deps),
    showWait(wait) {
      attempt.live.setWait(wait);
      attempt.refreshWait();
    },
    save: attempt.save,
  };
}
