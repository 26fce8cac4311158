import {
  countJobItems,
  type JobItemRow,
  listPendingJobItems,
  updateJobItem,
} from "#main/store/queries/job-items.ts";
import { updateJob } from "#main/store/queries/jobs.ts";
import type { Writer } from "#main/store/store.ts";
import { type Failure, FailureError } from "#shared/domain/failure.ts";
import { assert } from "#shared/lib/assert.ts";
import { createDeadline, type Deadline } from "./alarm.ts";
import type { Attempt, AttemptDependencies } from "./attempt.ts";
import { backoffMs, ITEM_BACKOFF } from "./backoff.ts";
import { reportDefect } from "./defect.ts";
import type { ItemEnd, JobItem, PhaseEnd } from "./job-kind.ts";
import { isStoreFailure } from "./persistence.ts";

export const MAX_ITEM_ATTEMPTS = 5;

/** Items read ahead. */
const READ_AHEAD = 200;

interface Delayed {
  readonly row: JobItemRow;
  readonly deadline: Deadline;
  readonly why: string;
}

/**
 * Does every pending item of a phase. An item's defect is logged and fails that item alone; what the store cannot
 * take, and being told to stop, end the loop with a rejection once the steps in flight have ended.
 */
export async function runItems(
  attempt: Attempt,
  options: {
    readonly phase: string;
    readonly concurrency: number;
    readonly step: (item: JobItem) => Promise<ItemEnd>;
  },
  deps: AttemptDependencies,
): Promise<PhaseEnd> {
  const { store, clock, log, alarm, random, changed } = deps;
  const { signal } = attempt;
  const where = { jobId: attempt.row.id, phase: options.phase };
  assert(attempt.live.find(options.phase) === null, `the phase ${options.phase} is under way already`);
  const live = attempt.live.open(options.phase);
  const inFlight = new Map<string, Promise<void>>();
  const delayed = new Map<string, Delayed>();
  let readAhead: JobItemRow[] = [];
  const halt: { stopped: Failure | null; broken: { readonly error: unknown } | null } = {
    stopped: null,
    broken: null,
  };

  const mayGoOn = () => halt.stopped === null && halt.broken === null && !signal.aborted;

  async function enter(): Promise<void> {
    signal.throwIfAborted();
    const { pending, done, failed } = await countJobItems(store.read, where);
    live.ended = done + failed;
    live.total = pending + done + failed;
    await attempt.save((writer) => updateJob(writer, where.jobId, { phase: where.phase }));
    changed();
  }

  /** The next item whose time has come; null when none is left but those in flight and delayed. */
  async function take(): Promise<JobItemRow | null> {
    for (const [key, { row, deadline }] of delayed) {
      if (!deadline.isDue()) continue;
      delayed.delete(key);
      return row;
    }
    for (;;) {
      const row = readAhead.shift();
      if (row === undefined) {
        readAhead = await readMore();
        if (readAhead.length === 0) return null;
      } else if (row.notBeforeMs !== null && row.notBeforeMs > clock.nowMs()) {
        delay(row, row.notBeforeMs, row.failure?.message ?? "");
      } else {
        return row;
      }
    }
  }

  async function readMore(): Promise<JobItemRow[]> {
    // Noted before reading: an item may end while this reads, and must not be taken for one that is still to do.
    const taken = new Set([...inFlight.keys(), ...delayed.keys()]);
    const rows = await listPendingJobItems(store.read, where, READ_AHEAD + taken.size);
    return rows.filter(({ key }) => !taken.has(key));
  }

  function delay(row: JobItemRow, untilMs: number, why: string): void {
    delayed.set(row.key, { row, deadline: createDeadline(clock, untilMs), why });
  }

  function begin(row: JobItemRow): void {
    const work = perform(row).finally(() => inFlight.delete(row.key));
    inFlight.set(row.key, work);
  }

  /** Never rejects. */
  async function perform(row: JobItemRow): Promise<void> {
    const fields = { ...where, key: row.key };
    let current = row;
    try {
      const end = await options.step({
        key: row.key,
        attempt: row.attempts + 1,
        checkpoint: row.checkpoint ?? undefined,
        signal,
        saveCheckpoint: async (checkpoint, action) => {
          await attempt.save(async (writer) => {
            await action(writer);
            await updateJobItem(writer, where, row.key, { checkpoint });
          });
          current = { ...current, checkpoint };
        },
      });
      await settle(current, end);
    } catch (error) {
      if (signal.aborted) {
        if (error !== signal.reason) log.info("job-item-interrupted", { ...fields, error: String(error) });
      } else if (isStoreFailure(error)) {
        halt.broken = { error };
      } else if (error instanceof FailureError) {
        await failItem(current, error.failure);
      } else {
        await failItem(current, reportDefect(log, "job-item-defect", error, fields));
      }
    }
  }

  async function settle(row: JobItemRow, end: ItemEnd): Promise<void> {
    switch (end.end) {
      case "stop":
        halt.stopped = end.failure;
        return;
      case "again":
        await tryAgain(row, end.failure, end.notBeforeMs);
        return;
      case "failed":
      case "done":
        await attempt.save(async (writer) => {
          await end.save?.(writer);
          await keepEnd(writer, row, end.end === "failed" ? end.failure : null);
        });
    }
  }

  async function tryAgain(row: JobItemRow, failure: Failure, notBeforeMs: number | undefined): Promise<void> {
    const attempts = row.attempts + 1;
    if (attempts >= MAX_ITEM_ATTEMPTS) {
      await attempt.save((writer) => keepEnd(writer, row, failure));
      return;
    }
    const untilMs = notBeforeMs ?? clock.nowMs() + backoffMs(attempts, ITEM_BACKOFF, random);
    const change = { attempts, notBeforeMs: untilMs, failure };
    await attempt.save((writer) => updateJobItem(writer, where, row.key, change));
    delay({ ...row, ...change }, untilMs, failure.message);
  }

  async function failItem(row: JobItemRow, failure: Failure): Promise<void> {
    try {
      await attempt.save((writer) => keepEnd(writer, row, failure));
    } catch (error) {
      halt.broken = { error };
    }
  }

  async function keepEnd(writer: Writer, row: JobItemRow, failure: Failure | null): Promise<void> {
    await updateJobItem(writer, where, row.key, {
      state: failure === null ? "done" : "failed",
      attempts: row.attempts + 1,
      notBeforeMs: null,
      failure,
    });
    store.afterCommit(() => {
      attempt.live.noteEnded(live);
      changed();
    });
  }

  function earliest(): Delayed | null {
    return [...delayed.values()].reduce<Delayed | null>(
      (a, b) => (a === null || b.deadline.remainingMs() < a.deadline.remainingMs() ? b : a),
      null,
    );
  }

  /** Until a step ends or, when there is room for another, a delayed item's time has come. */
  async function waitForChange(): Promise<void> {
    const next = inFlight.size < options.concurrency ? earliest() : null;
    if (inFlight.size === 0 && next !== null) {
      live.wait = { why: next.why, untilMs: next.deadline.untilMs };
      attempt.refreshWait();
    }
    const over = new AbortController();
    const sleep = next && alarm.sleepUntil(next.deadline, AbortSignal.any([signal, over.signal]));
    try {
      await Promise.race([...inFlight.values(), ...(sleep ? [sleep] : [])]);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      over.abort();
      sleep?.catch(() => {
        // It lost the race, or the loop is told to stop: both are known without it.
      });
      live.wait = null;
      attempt.refreshWait();
    }
  }

  try {
    await enter();
    while (mayGoOn()) {
      while (inFlight.size < options.concurrency && mayGoOn()) {
        const row = await take();
        if (row === null) break;
        begin(row);
      }
      if (inFlight.size === 0 && delayed.size === 0) break;
      if (mayGoOn()) await waitForChange();
    }
  } finally {
    await Promise.all(inFlight.values());
    attempt.live.close(live);
  }
  signal.throwIfAborted();
  if (halt.broken !== null) throw halt.broken.error;
  const { done, failed } = await countJobItems(store.read, where);
  return { done, failed, stopped: halt.stopped };
}
