import { isCronRule, isLate, type JobKind, type Schedule } from "#main/jobs/index.ts";
import { findRun } from "#main/store/queries/coverage-runs.ts";
import { findTurn, listTurns, type ScheduleTurnRow } from "#main/store/queries/schedule-turns.ts";
import type { Writer } from "#main/store/store.ts";
import { type Failure, failure, FailureError } from "#shared/domain/failure.ts";
import type { JobId, RunId } from "#shared/domain/ids.ts";
import {
  type AuditSchedule,
  ScheduleId,
  type ScheduleRule,
  type ScheduleTurn,
} from "#shared/domain/schedule.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { InsightsDeps } from "../insights-deps.ts";
import { DEFAULT_RULES, PLATFORM_OF, TITLES } from "./audit-schedules.ts";
import type { TurnPayload } from "./turn-job.ts";

/** Audits started by the clock. */
export interface SchedulesDoor {
  /** In a fixed order, Slack first. */
  listSchedules(): Promise<AuditSchedule[]>;
  /** `input/schedule-invalid` for a rule that is none, or a time zone that this system does not know. */
  setSchedule(input: ScheduleRule & { id: ScheduleId }): Promise<Result<AuditSchedule, Failure>>;
  /** As `coverage.start`, for all connections of the schedule's platform. */
  runSchedule(input: { id: ScheduleId }): Promise<Result<{ runId: RunId }, Failure>>;
}

/** A turn that was taken at once, of the schedule it belongs to. */
export interface TakenTurn extends ScheduleTurn {
  readonly scheduleId: ScheduleId;
}

const TURNS_SHOWN = 20;

export function createSchedules(deps: InsightsDeps, kind: JobKind<TurnPayload>) {
  const { store, jobs, activity } = deps;

  async function put(writer: Writer, id: ScheduleId, rule: ScheduleRule): Promise<void> {
    const { cron, timeZone, enabled } = rule;
    const payload = { scheduleId: id };
    await jobs.schedules.put(writer, { id, kind, title: TITLES[id], payload, cron, timeZone, enabled });
    store.afterCommit(() => deps.announce("schedules"));
  }

  async function read(id: ScheduleId, kept: readonly Schedule[]): Promise<AuditSchedule> {
    const own = kept.find((schedule) => schedule.id === id);
    const { cron, timeZone, enabled } = own ?? DEFAULT_RULES[id];
    const turns: ScheduleTurn[] = [];
    for (const row of await listTurns(store.read, id, TURNS_SHOWN)) turns.push(await withRun(row));
    const nextAtMs = enabled ? (own?.nextAtMs ?? null) : null;
    return { id, platform: PLATFORM_OF[id], cron, timeZone, enabled, nextAtMs, turns };
  }

  async function withRun(row: ScheduleTurnRow): Promise<ScheduleTurn> {
    const { dueAtMs, atMs, missed, outcome, runId } = row;
    const run = runId === null ? null : await findRun(store.read, runId);
    const runState = run?.state ?? null;
    const reason = row.failure ?? run?.failure ?? null;
    return { dueAtMs, atMs, missed, isLate: isLate(row), outcome, runId, runState, failure: reason };
  }

  const door: SchedulesDoor = {
    async listSchedules() {
      const kept = await jobs.schedules.list();
      const schedules: AuditSchedule[] = [];
      for (const id of ScheduleId.options) schedules.push(await read(id, kept));
      return schedules;
    },

    async setSchedule({ id, ...given }) {
      const rule = { ...given, cron: given.cron.split(/\s+/).join(" ") };
      if (!isCronRule(rule))
        return err(failure("input/schedule-invalid", { cron: rule.cron, timeZone: rule.timeZone }));
      await store.write(async (writer) => {
        await put(writer, id, rule);
        await activity.record(writer, {
          action: "schedule.changed",
          target: id,
          outcome: "done",
          details: { ...rule },
        });
      });
      return ok(await read(id, await jobs.schedules.list()));
    },

    async runSchedule({ id }) {
      const connectionIds = (await deps.connections.listAuditable())
        .filter(({ platform }) => platform === PLATFORM_OF[id])
        .map((connection) => connection.id);
      if (connectionIds.length === 0) return err(failure("input/nothing-to-audit"));
      return deps.coverage.start({ connectionIds, strategy: "auto" }, "console");
    },
  };

  /** Sets up the schedules that are not there yet; before the job runner starts. */
  async function start(): Promise<void> {
    const kept = new Set((await jobs.schedules.list()).map(({ id }) => id));
    const missing = ScheduleId.options.filter((id) => !kept.has(id));
    if (missing.length === 0) return;
    await store.write(async (writer) => {
      for (const id of missing) await put(writer, id, DEFAULT_RULES[id]);
    });
  }

  async function startTurn(id: ScheduleId): Promise<JobId> {
    return store.write((writer) =>
      jobs.enqueue(writer, { kind, title: TITLES[id], payload: { scheduleId: id } }),
    );
  }

  /**
   * Takes the turn of every schedule that is due, or of the named one whether it is due or not, and answers once each
   * has a run or none. One that is due has had its turn with that. The job runner has to be started.
   */
  async function takeTurns(which: ScheduleId | "due"): Promise<TakenTurn[]> {
    await start();
    const due: JobId[] = [];
    // Other features have schedules as well, which are not ours to start.
    for (const id of which === "due" ? ScheduleId.options : [which])
      due.push(...(await jobs.schedules.startDue(id)));
    const jobIds = which === "due" || due.length > 0 ? due : [await startTurn(which)];
    const turns: TakenTurn[] = [];
    for (const jobId of jobIds) {
      const { failure: why } = await jobs.settled(jobId);
      const row = await findTurn(store.read, jobId);
      if (row === null) throw new FailureError(why ?? failure("job/cancelled"));
      turns.push({ scheduleId: row.scheduleId, ...(await withRun(row)) });
    }
    return turns;
  }

  return { door, start, takeTurns };
}
