import { z } from "zod";
import { decideTurn, type JobKind, type JobRun } from "#main/jobs/index.ts";
import {
  findTurn,
  findTurnOfRun,
  insertTurn,
  type ScheduleTurnRow,
  updateTurn,
} from "#main/store/queries/schedule-turns.ts";
import type { Run } from "#shared/domain/coverage.ts";
import { failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { ScheduleId } from "#shared/domain/schedule.ts";
import type { InsightsDeps } from "../insights-deps.ts";
import { PLATFORM_OF } from "./audit-schedules.ts";

export const TurnPayload = z.object({ scheduleId: ScheduleId });
export type TurnPayload = z.infer<typeof TurnPayload>;

/** A full disk is the only thing that can stop it. */
const MAX_ATTEMPTS = 5;

/** Runs looked through for one that a turn started before it was cut off. */
const LOOKED_THROUGH = 20;

/**
 * One turn of a schedule: starts the audit and ends; the audit is a job of its own. The turn is written before the audit
 * is started, so that one that was cut off in between finds its run again instead of starting a second.
 */
export function createTurnJob(deps: InsightsDeps): JobKind<TurnPayload> {
  return {
    kind: "insights.scheduled-audit",
    payload: TurnPayload,
    maxAttempts: MAX_ATTEMPTS,
    atOnce: 2,
    async run(job) {
      const turn = await beginTurn(deps, job);
      if (turn.outcome === "starting") {
        const end = await startRun(deps, turn);
        await job.save((writer) => updateTurn(writer, job.jobId, end));
        deps.announce("schedules");
      }
      return { end: "done" };
    },
  };
}

async function beginTurn(deps: InsightsDeps, job: JobRun<TurnPayload>): Promise<ScheduleTurnRow> {
  const { store, clock, jobs } = deps;
  const existing = await findTurn(store.read, job.jobId);
  if (existing) return existing;
  const fired = (await jobs.schedules.list()).find(({ lastJobId }) => lastJobId === job.jobId);
  const atMs = fired?.lastAtMs ?? clock.nowMs();
  const times = decideTurn({ atMs, dueAtMs: fired?.lastDueAtMs ?? atMs, passed: fired?.lastMissed ?? 0 });
  const { scheduleId } = job.payload;
  const turn = { jobId: job.jobId, scheduleId, ...times, runId: null, failure: null };
  await job.save((writer) => insertTurn(writer, { ...turn, outcome: "starting" }));
  return { ...turn, outcome: "starting" };
}

type TurnEnd = Pick<ScheduleTurnRow, "outcome" | "runId" | "failure">;

async function startRun(deps: InsightsDeps, turn: ScheduleTurnRow): Promise<TurnEnd> {
  const { coverage, connections } = deps;
  const platform = PLATFORM_OF[turn.scheduleId];
  const connectionIds = (await connections.listAuditable())
    .filter((connection) => connection.platform === platform)
    .map(({ id }) => id);
  const started = await findRunOfTurn(deps, turn);
  if (started) return { outcome: "started", runId: started.id, failure: null };
  // No connection at all would mean every connection to the audit.
  if (connectionIds.length === 0)
    return { outcome: "failed", runId: null, failure: failure("input/nothing-to-audit") };
  const earlier = await findRunInTheWay(deps, connectionIds);
  if (earlier) return { outcome: "skipped", runId: earlier.id, failure: null };
  const run = await coverage.start({ connectionIds, strategy: "auto" }, "schedule");
  return run.ok
    ? { outcome: "started", runId: run.value.runId, failure: null }
    : { outcome: "failed", runId: null, failure: run.error };
}

/** The run that this turn started before it was cut off: begun since, and claimed by no other turn. */
async function findRunOfTurn(deps: InsightsDeps, turn: ScheduleTurnRow): Promise<Run | null> {
  const { items } = await deps.coverage.listRuns({ cursor: null, limit: LOOKED_THROUGH });
  const platform = PLATFORM_OF[turn.scheduleId];
  for (const run of items) {
    const fits = run.trigger === "schedule" && run.platforms.includes(platform);
    if (fits && run.startedAtMs >= turn.atMs && (await findTurnOfRun(deps.store.read, run.id)) === null)
      return run;
  }
  return null;
}

/** An audit of these connections that is at work, or a scheduled one that waits for the operator: it goes on. */
async function findRunInTheWay(
  { coverage }: InsightsDeps,
  connectionIds: readonly ConnectionId[],
): Promise<Run | null> {
  const run = await coverage.findUnfinishedRun({ connectionIds, orCancelled: false });
  return run && (run.state !== "paused" || run.trigger === "schedule") ? run : null;
}
