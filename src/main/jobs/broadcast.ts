import type { JobId } from "#shared/domain/ids.ts";
import type { Job } from "#shared/domain/job.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Clock } from "#shared/lib/time.ts";

/** Time between two reports on one job: ten a second. */
const BETWEEN_REPORTS_MS = 100;

export interface Broadcast {
  watch(listener: (job: Job) => void): () => void;
  /** A report is due: now, or when the last one is old enough. The last state always gets through. */
  changed(jobId: JobId): void;
  /** Reports what is still due, without holding anything back. */
  flush(): Promise<void>;
}

/** Tells listeners about jobs without drowning them. */
export function createBroadcast(deps: {
  readonly describe: (jobId: JobId) => Promise<Job | null>;
  readonly clock: Clock;
  readonly log: Log;
}): Broadcast {
  const listeners = new Set<(job: Job) => void>();
  /** Jobs that were reported on a moment ago; true when there is more to say since. */
  const cooling = new Map<JobId, boolean>();
  const closing = new AbortController();

  async function report(jobId: JobId): Promise<void> {
    const job = await deps.describe(jobId);
    if (job === null) return;
    for (const listener of listeners) {
      try {
        listener(job);
      } catch (error) {
        deps.log.error("job-listener-defect", { jobId, error: String(error) });
      }
    }
  }

  async function reportUntilQuiet(jobId: JobId): Promise<void> {
    do {
      cooling.set(jobId, false);
      await report(jobId);
      await coolDown();
    } while (cooling.get(jobId) === true);
    cooling.delete(jobId);
  }

  async function coolDown(): Promise<void> {
    try {
      await deps.clock.sleep(BETWEEN_REPORTS_MS, closing.signal);
    } catch (error) {
      if (!closing.signal.aborted) throw error;
    }
  }

  return {
    watch(listener) {
      // Wrapped, so that a listener that watches twice is told twice and can stop one at a time.
      const own = (job: Job) => listener(job);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    changed(jobId) {
      if (listeners.size === 0) return;
      if (cooling.has(jobId)) {
        cooling.set(jobId, true);
        return;
      }
      reportUntilQuiet(jobId).catch((error: unknown) => {
        cooling.delete(jobId);
        deps.log.error("job-report-defect", { jobId, error: String(error) });
      });
    },
    async flush() {
      const due = [...cooling].filter(([, isDue]) => isDue).map(([jobId]) => jobId);
      cooling.clear();
      closing.abort();
      for (const jobId of due) await report(jobId);
    },
  };
}
