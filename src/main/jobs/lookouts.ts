import type { JobId } from "#shared/domain/ids.ts";

/** Callers that wait for a job to come to some state. */
export interface Lookouts {
  /** Looks now and after every change of the job, until `look` gives something. */
  until<T>(jobId: JobId, look: () => Promise<T | null>): Promise<T>;
  changed(jobId: JobId): void;
  /** Rejects everybody who waits, and whoever comes later and would have to. */
  giveUp(error: Error): void;
}

export function createLookouts(): Lookouts {
  const waiting = new Set<{ jobId: JobId; next: PromiseWithResolvers<void> }>();
  let gaveUp: Error | null = null;

  return {
    async until(jobId, look) {
      for (;;) {
        const lookout = { jobId, next: Promise.withResolvers<void>() };
        // Before looking, so that a change that comes meanwhile is not missed.
        waiting.add(lookout);
        try {
          const seen = await look();
          if (seen !== null) return seen;
          if (gaveUp !== null) throw gaveUp;
          await lookout.next.promise;
        } finally {
          waiting.delete(lookout);
        }
      }
    },
    changed(jobId) {
      for (const lookout of waiting) if (lookout.jobId === jobId) lookout.next.resolve();
    },
    giveUp(error) {
      gaveUp = error;
      for (const lookout of waiting) lookout.next.resolve();
    },
  };
}
