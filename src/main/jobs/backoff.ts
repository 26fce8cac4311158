import { MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";

/** A number from 0 up to 1; passed in so that tests can choose it. */
export type Random = () => number;

interface Growth {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Between tries of one item. */
export const ITEM_BACKOFF: Growth = { firstMs: SECOND_MS, longestMs: MINUTE_MS };

/** Between tries of a whole job. */
export const JOB_BACKOFF: Growth = { firstMs: 15 * SECOND_MS, longestMs: 15 * MINUTE_MS };

/**
 * How long to wait after the given failed try (1 for the first): doubling, and with the upper half left to chance so
 * that many that failed together do not come back together.
 */
export function backoffMs(failedTries: number, { firstMs, longestMs }: Growth, random: Random): number {
  const fullMs = Math.min(longestMs, firstMs * 2 ** (failedTries - 1));
  return Math.round(fullMs / 2 + (fullMs / 2) * random());
}
