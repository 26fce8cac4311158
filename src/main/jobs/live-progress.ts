import { countJobItems } from "#main/store/queries/job-items.ts";
import type { JobRow } from "#main/store/queries/jobs.ts";
import type { Reader } from "#main/store/store.ts";
import type { Job, Progress, Wait } from "#shared/domain/job.ts";
import type { Clock } from "#shared/lib/time.ts";
import { createRate } from "./rate.ts";

/** One phase under way: counts without counting, and what holds it up. */
export interface LivePhase {
  readonly phase: string;
  ended: number;
  total: number;
  /** Set while every item left waits for its time. */
  wait: Wait | null;
}

/** How far a running job is, kept in memory. A kind may work on several phases at once; they are shown as one. */
export interface LiveProgress {
  open(phase: string): LivePhase;
  find(phase: string): LivePhase | null;
  /** The phase has no item left to do. It stays visible until another one opens. */
  close(phase: LivePhase): void;
  noteEnded(phase: LivePhase): void;
  /** Why the whole job stands still, in the kind's own words. */
  setWait(wait: Wait | null): void;
  /** What holds the job up now: the kind's reason first, else the earliest of its phases if all of them wait. */
  wait(): Wait | null;
  describe(): Progress;
}

export function createLiveProgress(firstPhase: string, clock: Clock): LiveProgress {
  let open: LivePhase[] = [];
  let last: LivePhase = { phase: firstPhase, ended: 0, total: 0, wait: null };
  let kindWait: Wait | null = null;
  let rate = createRate(clock.monotonicMs());

  function shown(): readonly LivePhase[] {
    return open.length > 0 ? open : [last];
  }

  function wait(): Wait | null {
    if (kindWait !== null || open.length === 0) return kindWait;
    const waits = open.map((phase) => phase.wait);
    if (waits.includes(null)) return null;
    return waits.reduce(
      (a, b) => (a !== null && b !== null && b.untilMs < a.untilMs ? b : a),
      waits[0] ?? null,
    );
  }

  return {
    open(phase) {
      if (open.length === 0) rate = createRate(clock.monotonicMs());
      const opened = { phase, ended: 0, total: 0, wait: null };
      open.push(opened);
      return opened;
    },
    find: (phase) => open.find((other) => other.phase === phase) ?? null,
    close(phase) {
      open = open.filter((other) => other !== phase);
      last = phase;
    },
    noteEnded(phase) {
      phase.ended += 1;
      rate.note(clock.monotonicMs());
    },
    setWait(next) {
      kindWait = next;
    },
    wait,
    describe() {
      const done = sum(shown().map(({ ended }) => ended));
      const total = sum(shown().map((phase) => phase.total));
      const waiting = wait();
      const etaMs = total === 0 ? null : rate.etaMs(total - done, clock.monotonicMs());
      const waitMs = waiting === null ? 0 : Math.max(0, waiting.untilMs - clock.nowMs());
      return {
        phase: shown()[0]?.phase ?? "",
        done,
        total: total === 0 ? null : total,
        etaMs: etaMs === null ? null : etaMs + waitMs,
        waiting,
      };
    },
  };
}

/** A job as others see it: from memory while it runs, and from the database otherwise. */
export async function describeJob(db: Reader, row: JobRow, live: LiveProgress | null): Promise<Job> {
  const { id, kind, title, state, attempts, failure, createdAtMs, startedAtMs, finishedAtMs } = row;
  const progress = live?.describe() ?? (await readProgress(db, row));
  return { id, kind, title, state, progress, attempts, failure, createdAtMs, startedAtMs, finishedAtMs };
}

async function readProgress(db: Reader, row: JobRow): Promise<Progress> {
  const { pending, done, failed } = await countJobItems(db, { jobId: row.id, phase: row.phase });
  const total = pending + done + failed;
  const { waitWhy, waitUntilMs } = row;
  return {
    phase: row.phase,
    done: done + failed,
    total: total === 0 ? null : total,
    etaMs: null,
    waiting: waitWhy === null || waitUntilMs === null ? null : { why: waitWhy, untilMs: waitUntilMs },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
