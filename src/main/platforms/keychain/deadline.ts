/** What `withDeadline` answers when time is up. */
export const TIMED_OUT = Symbol("timed-out");

/**
 * Waits for `work` at most `deadlineMs`. The work itself cannot be stopped: it goes on unobserved, and what becomes
 * of it later is ignored.
 */
export async function withDeadline<Value>(
  work: Promise<Value>,
  deadlineMs: number,
): Promise<Value | typeof TIMED_OUT> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(() => resolve(TIMED_OUT), deadlineMs);
  });
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}
