import { Cron } from "croner";
import { DAY_MS, type EpochMs, MINUTE_MS } from "#shared/lib/time.ts";

/** A cron expression with the time zone that its hours are meant in. */
export interface CronRule {
  readonly cron: string;
  readonly timeZone: string;
}

export interface ScheduleState extends CronRule {
  readonly lastAtMs: EpochMs | null;
  readonly nextAtMs: EpochMs | null;
}

export interface SchedulePlan {
  readonly nextAtMs: EpochMs | null;
  /** Set when it is time. `missed` counts the times that passed more than a minute ago; one run makes up for all. */
  readonly due: {
    readonly missed: number;
    /** The newest time that has come. */
    readonly dueAtMs: EpochMs;
  } | null;
}

/** A time is missed, rather than met a little late, when this much has passed. */
const LATE_MS = MINUTE_MS;

/** Missed times are counted up to here: more tell nobody anything, and each takes a third of a millisecond. */
const COUNTED_MISSES = 100;

/** The expression has five fields and is one, and so is the time zone. */
export function isCronRule(rule: CronRule): boolean {
  if (rule.cron.trim().split(/\s+/).length !== 5) return false;
  try {
    assertCron(rule);
    return true;
  } catch {
    return false;
  }
}

/** Throws when the expression or the time zone is not one. */
export function assertCron({ cron, timeZone }: CronRule): void {
  // The constructor accepts any time zone; computing a time does not.
  new Cron(cron, { timezone: timeZone, paused: true }).nextRun(new Date(0));
}

/**
 * The first time after `afterMs`; null when there is none. An hour that summer time leaves out counts as the moment
 * it begins, one that comes twice as its first.
 */
export function nextTime({ cron, timeZone }: CronRule, afterMs: EpochMs): EpochMs | null {
  return new Cron(cron, { timezone: timeZone, paused: true }).nextRun(new Date(afterMs))?.getTime() ?? null;
}

/**
 * Decides whether a schedule is due and when it is next. Pure.
 *
 * A clock that was set back does not bring a time back that was used already, unless it lies more than a day ahead,
 * in which case the clock had been wrong before; nor does it leave the next time further away than it should be.
 */
export function planSchedule(schedule: ScheduleState, nowMs: EpochMs): SchedulePlan {
  const { lastAtMs, nextAtMs } = schedule;
  const wasSetBack = lastAtMs !== null && lastAtMs > nowMs && lastAtMs - nowMs <= DAY_MS;
  const following = nextTime(schedule, wasSetBack ? lastAtMs : nowMs);
  if (nextAtMs === null || nextAtMs > nowMs) return { nextAtMs: following, due: null };
  return { nextAtMs: following, due: countDue(schedule, nextAtMs, nowMs) };
}

function countDue(
  rule: CronRule,
  firstMs: EpochMs,
  nowMs: EpochMs,
): { readonly missed: number; readonly dueAtMs: EpochMs } {
  let missed = 0;
  let dueAtMs = firstMs;
  let atMs: EpochMs | null = firstMs;
  while (atMs !== null && atMs <= nowMs && missed < COUNTED_MISSES) {
    dueAtMs = atMs;
    if (atMs < nowMs - LATE_MS) missed += 1;
    atMs = nextTime(rule, atMs);
  }
  const isCutShort = atMs !== null && atMs <= nowMs;
  return { missed, dueAtMs: isCutShort ? (lastTime(rule, nowMs) ?? dueAtMs) : dueAtMs };
}

/** The newest time before `beforeMs`; null when there is none. */
function lastTime({ cron, timeZone }: CronRule, beforeMs: EpochMs): EpochMs | null {
  const [last] = new Cron(cron, { timezone: timeZone, paused: true }).previousRuns(1, new Date(beforeMs));
  return last?.getTime() ?? null;
}
