import { findJob } from "#main/store/queries/jobs.ts";
import {
  deleteSchedule,
  findSchedule,
  listSchedules,
  saveSchedule,
  type ScheduleRow,
  updateSchedule,
} from "#main/store/queries/schedules.ts";
import type { Store, Writer } from "#main/store/store.ts";
import type { JobId } from "#shared/domain/ids.ts";
import { assert } from "#shared/lib/assert.ts";
import type { Log } from "#shared/lib/log.ts";
import { type Clock, MINUTE_MS } from "#shared/lib/time.ts";
import type { Alarm } from "./alarm.ts";
import { assertCron, type CronRule, nextTime, planSchedule, type SchedulePlan } from "./cron.ts";
import { reportDefect } from "./defect.ts";
import type { JobKind } from "./job-kind.ts";
import { isStoreFailure } from "./persistence.ts";

export interface ScheduleDefinition<Payload> extends CronRule {
  readonly id: string;
  readonly kind: JobKind<Payload>;
  /** Of the jobs it starts. */
  readonly title: string;
  readonly payload: Payload;
  readonly enabled: boolean;
}

export type Schedule = ScheduleRow;

/**
 * Jobs to be started at set times, in the time zone they were set for. After the computer slept or Muster was closed
 * one job makes up for all the times missed. A schedule whose last job has not ended skips its turn.
 */
export interface Schedules {
  /** Adds or replaces a schedule. One that stays the same keeps its next time, also a missed one. */
  put<Payload>(writer: Writer, definition: ScheduleDefinition<Payload>): Promise<void>;
  /** False when there is no such schedule. What was missed while disabled is not made up for. */
  setEnabled(writer: Writer, id: string, enabled: boolean): Promise<boolean>;
  /** False when there is no such schedule. */
  remove(writer: Writer, id: string): Promise<boolean>;
  list(): Promise<Schedule[]>;
  /**
   * Starts what is due, once, or only this schedule if one is named. Answers with the jobs. For a process in which
   * nothing is started by the clock.
   */
  startDue(id?: string): Promise<JobId[]>;
}

/** The part that the runner drives. */
export interface Scheduler extends Schedules {
  start(): void;
  /** Resolves when nothing is under way any more, after the signal was aborted. */
  ended(): Promise<void>;
}

const UNENDED = ["queued", "running", "waiting", "paused"];

export function createScheduler(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly alarm: Alarm;
  readonly kinds: ReadonlyMap<string, JobKind<unknown>>;
  readonly enqueue: (
    writer: Writer,
    job: { kind: JobKind<unknown>; title: string; payload: unknown },
  ) => Promise<JobId>;
  readonly signal: AbortSignal;
}): Scheduler {
  const { store, clock, log, alarm, kinds, enqueue, signal } = deps;
  let loop: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      for (const schedule of await listSchedules(store.read)) {
        if (schedule.enabled && !signal.aborted) await attend(schedule);
      }
      await nap();
    }
  }

  async function nap(): Promise<void> {
    const times = (await listSchedules(store.read))
      .filter(({ enabled }) => enabled)
      .map(({ nextAtMs }) => (nextAtMs ?? Number.POSITIVE_INFINITY) - clock.nowMs())
      // One that is still due could not be followed just now: not again at once.
      .filter((inMs) => inMs > 0);
    try {
      await alarm.nap(Math.min(MINUTE_MS, ...times), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async function startDue(id?: string): Promise<JobId[]> {
    const started: JobId[] = [];
    for (const schedule of await listSchedules(store.read)) {
      if (!schedule.enabled || (id !== undefined && schedule.id !== id)) continue;
      await attend(schedule);
      const after = await findSchedule(store.read, schedule.id);
      if (after?.lastJobId && after.lastJobId !== schedule.lastJobId) started.push(after.lastJobId);
    }
    return started;
  }

  async function attend(schedule: Schedule): Promise<void> {
    const plan = planSchedule(schedule, clock.nowMs());
    if (plan.due === null && plan.nextAtMs === schedule.nextAtMs) return;
    try {
      await store.write((writer) => follow(writer, schedule, plan));
    } catch (error) {
      if (isStoreFailure(error)) {
        // The time stays due, so the next look tries again.
        log.warn("schedule-not-kept", { id: schedule.id, code: error.failure.code });
      } else {
        reportDefect(log, "schedule-defect", error, { id: schedule.id });
        await skip(schedule, plan);
      }
    }
  }

  /** Once a turn is enough to hear of the same bug. */
  async function skip({ id }: Schedule, { nextAtMs }: SchedulePlan): Promise<void> {
    try {
      await store.write((writer) => updateSchedule(writer, id, { nextAtMs }));
    } catch (error) {
      if (!isStoreFailure(error)) throw error;
      log.warn("schedule-not-kept", { id, code: error.failure.code });
    }
  }

  async function follow(writer: Writer, schedule: Schedule, { due, nextAtMs }: SchedulePlan): Promise<void> {
    const { id, title, payload } = schedule;
    if (due === null) {
      await updateSchedule(writer, id, { nextAtMs });
      return;
    }
    if (await isStillAtWork(writer, schedule)) {
      log.info("schedule-skipped", { id, jobId: schedule.lastJobId });
      await updateSchedule(writer, id, { nextAtMs });
      return;
    }
    const kind = kinds.get(schedule.kind);
    assert(kind, `a schedule for a kind of job that was not registered: ${schedule.kind}`);
    const lastJobId = await enqueue(writer, { kind, title, payload });
    const lastMissed = due.missed;
    const lastDueAtMs = due.dueAtMs;
    await updateSchedule(writer, id, {
      nextAtMs,
      lastAtMs: clock.nowMs(),
      lastDueAtMs,
      lastJobId,
      lastMissed,
    });
    log.info("schedule-due", { id, jobId: lastJobId, missed: lastMissed });
  }

  async function isStillAtWork(writer: Writer, { lastJobId }: Schedule): Promise<boolean> {
    const job = lastJobId === null ? null : await findJob(writer, lastJobId);
    return job !== null && UNENDED.includes(job.state);
  }

  async function put<Payload>(writer: Writer, definition: ScheduleDefinition<Payload>): Promise<void> {
    const { id, title, cron, timeZone, enabled } = definition;
    assertCron({ cron, timeZone });
    const payload = definition.kind.payload.parse(definition.payload);
    const before = await findSchedule(writer, id);
    const isSame = before?.cron === cron && before.timeZone === timeZone && before.enabled && enabled;
    const nextAtMs = isSame ? before.nextAtMs : nextTime({ cron, timeZone }, clock.nowMs());
    await saveSchedule(writer, {
      id,
      kind: definition.kind.kind,
      title,
      payload,
      cron,
      timeZone,
      enabled,
      nextAtMs,
    });
    store.afterCommit(alarm.wake);
  }

  return {
    put,
    async setEnabled(writer, id, enabled) {
      const before = await findSchedule(writer, id);
      if (before === null) return false;
      if (before.enabled === enabled) return true;
      store.afterCommit(alarm.wake);
      return updateSchedule(writer, id, { enabled, nextAtMs: nextTime(before, clock.nowMs()) });
    },
    remove: deleteSchedule,
    list: () => listSchedules(store.read),
    startDue,
    start() {
      loop = run().catch((error: unknown) => {
        reportDefect(log, "scheduler-defect", error, {});
      });
    },
    ended: () => loop,
  };
}
