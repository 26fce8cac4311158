import { type JobRow, updateJob, updateJobIn } from "#main/store/queries/jobs.ts";
import type { Store, Writer } from "#main/store/store.ts";
import { assert } from "#shared/lib/assert.ts";
import type { Log } from "#shared/lib/log.ts";
import { type Clock, SECOND_MS } from "#shared/lib/time.ts";
import type { Wait } from "#shared/domain/job.ts";
import type { Alarm } from "./alarm.ts";
import type { Random } from "./backoff.ts";
import type { Interruption } from "./job-outcome.ts";
import { createLiveProgress, type LiveProgress } from "./live-progress.ts";

/** How much worked time a killed process may forget. */
const KEEP_WORKED_EVERY_MS = SECOND_MS;

export interface AttemptDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly alarm: Alarm;
  readonly random: Random;
  /** Something about the job changed that watchers should hear of. */
  readonly changed: () => void;
}

/** One call of a kind's `run`, from outside. */
export interface Attempt {
  readonly row: JobRow;
  readonly live: LiveProgress;
  readonly signal: AbortSignal;
  /** What was woken while this ran: pausing on it would miss its moment. */
  readonly wokenOn: Set<string>;
  interruption(): Interruption | null;
  /** Tells `run` to stop. The first reason counts, but a cancellation outranks a shutdown. */
  interrupt(reason: Interruption): void;
  /** From now on nothing this attempt still tries to save is accepted. */
  close(): void;
  workedMs(): number;
  /** Keeps something of the job's, together with the time worked so far when that is due. */
  save(action: (writer: Writer) => Promise<void>): Promise<void>;
  /** Shows and keeps what holds the job up, if that has changed. */
  refreshWait(): void;
}

export function createAttempt(row: JobRow, deps: AttemptDependencies): Attempt {
  const { store, clock, log, changed } = deps;
  const abort = new AbortController();
  const live = createLiveProgress(row.phase, clock);
  const startedMs = clock.monotonicMs();
  let keptMs = startedMs;
  let isClosed = false;
  let interruption: Interruption | null = null;
  let shownWait: Wait | null = null;

  const workedMs = () => Math.round(row.workedMs + clock.monotonicMs() - startedMs);

  async function save(action: (writer: Writer) => Promise<void>): Promise<void> {
    await store.write(async (writer) => {
      assert(!isClosed, "a job saved something after its run had ended");
      await action(writer);
      if (clock.monotonicMs() - keptMs < KEEP_WORKED_EVERY_MS) return;
      await updateJob(writer, row.id, { workedMs: workedMs() });
      keptMs = clock.monotonicMs();
    });
  }

  function refreshWait(): void {
    // A run that is told to stop tidies its waits away; what it waited for must survive a shutdown.
    if (abort.signal.aborted) return;
    const wait = live.wait();
    if (wait?.why === shownWait?.why && wait?.untilMs === shownWait?.untilMs) return;
    shownWait = wait;
    changed();
    keepWait(wait).catch((error: unknown) => {
      // The wait itself goes on; only its record is missing, and the next save says why.
      if (!isClosed) log.warn("job-wait-not-kept", { jobId: row.id, error: String(error) });
    });
  }

  async function keepWait(wait: Wait | null): Promise<void> {
    await store.write(async (writer) => {
      // Another wait, or the end of the job, may have come while this one queued for its turn.
      if (isClosed || wait !== shownWait) return;
      await updateJobIn(writer, row.id, ["running", "waiting"], {
        state: wait === null ? "running" : "waiting",
        waitWhy: wait?.why ?? null,
        waitSinceMs: wait === null ? null : clock.nowMs(),
        waitUntilMs: wait?.untilMs ?? null,
        workedMs: workedMs(),
      });
    });
  }

  return {
    row,
    live,
    signal: abort.signal,
    wokenOn: new Set(),
    interruption: () => interruption,
    interrupt(reason) {
      if (interruption !== "cancel") interruption = reason;
      abort.abort(new DOMException(`the job was told to ${reason}`, "AbortError"));
    },
    close() {
      isClosed = true;
    },
    workedMs,
    save,
    refreshWait,
  };
}
