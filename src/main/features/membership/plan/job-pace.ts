import type { JobRun } from "#main/jobs/job-kind.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { Wait } from "#shared/domain/job.ts";
import { assert } from "#shared/lib/assert.ts";
import type { Pace } from "./live-reading.ts";

/**
 * Goes through things as items of a job, so that the job shows how far it is and can be cancelled. What was learnt is in
 * memory only: a plan that was cut off reads anew.
 */
export function createJobPace(job: JobRun<unknown>, phase: string): Pace {
  let round = 0;
  return {
    signal: job.signal,
    async each(items, atOnce, act) {
      if (items.length === 0) return true;
      round++;
      const prefix = `${round}.`;
      await job.addItems(
        phase,
        items.map((_item, at) => `${prefix}${at}`),
      );
      let stopped: Failure | null = null;
      const end = await job.forEachItem(phase, { concurrency: atOnce }, async ({ key }) => {
        const item = items[Number(key.slice(prefix.length))];
        if (item === undefined) return { end: "done" };
        stopped = (await act(item)) ?? stopped;
        return stopped === null ? { end: "done" } : { end: "stop", failure: stopped };
      });
      // A defect of one thing's reading would otherwise look like nothing was there.
      assert(end.failed === 0, `${end.failed} of ${items.length} could not be read`);
      return end.stopped === null;
    },
  };
}

/** Shows why a job stands still: the earliest end of the waits, once everything that is under way waits. */
export function createWaitBoard(job: Pick<JobRun<unknown>, "showWait">): {
  /** Begins to show a connection's waits. */
  open(connectionId: ConnectionId): (wait: Wait | null) => void;
  close(connectionId: ConnectionId): void;
} {
  const waits = new Map<ConnectionId, Wait | null>();
  function show(): void {
    const all = [...waits.values()];
    const [first] = all
      .filter((wait) => wait !== null)
      .toSorted((left, right) => left.untilMs - right.untilMs);
    job.showWait(first !== undefined && !all.includes(null) ? first : null);
  }
  return {
    open(connectionId) {
      waits.set(connectionId, null);
      return (wait) => {
        waits.set(connectionId, wait);
        show();
      };
    },
    close(connectionId) {
      waits.delete(connectionId);
      show();
    },
  };
}
