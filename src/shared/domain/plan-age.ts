import { DAY_MS, type EpochMs } from "#shared/lib/time.ts";

/** Older plans were made for another world. */
const PLAN_GOOD_FOR_MS = DAY_MS;

/** Whether a plan was made too long ago to be run. */
export function isPlanTooOld(plannedAtMs: EpochMs, nowMs: EpochMs): boolean {
  return nowMs - plannedAtMs > PLAN_GOOD_FOR_MS;
}
