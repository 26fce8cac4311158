/** A timer this late means that the process stood still, not the server. */
const LATE_MS = 500;

/** Time given to what arrived meanwhile, after the process stood still. */
const GRACE_MS = 1_000;

/** Nobody answered in time. */
export class DeadlinePassed extends Error {
  override readonly name = "DeadlinePassed";
}

/**
 * Settles as `promise` does, or rejects with `DeadlinePassed` after `deadlineMs`. A process that
 * stood still (a long calculation, a closed lid) first looks at what has arrived meanwhile.
 */
export async function withDeadline<Value>(promise: Promise<Value>, deadlineMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    const wait = (forMs: number): void => {
      const dueMs = performance.now() + forMs;
      timer = setTimeout(() => {
        if (performance.now() - dueMs > LATE_MS) wait(GRACE_MS);
        else reject(new DeadlinePassed(`no answer within ${deadlineMs} ms`));
      }, forMs);
    };
    wait(deadlineMs);
  });
  try {
    return await Promise.race([promise, passed]);
  } finally {
    clearTimeout(timer);
  }
}
