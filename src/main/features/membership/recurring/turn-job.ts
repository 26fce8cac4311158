import { z } from "zod";
import { decideTurn, type JobKind, type JobRun } from "#main/jobs/index.ts";
import { endUnfinished } from "#main/store/queries/all-steps.ts";
import { updateOperationIn } from "#main/store/queries/operations.ts";
import { findRecurrence, listOperationsOf, type RecurrenceRow } from "#main/store/queries/recurrences.ts";
import {
  findRecurrenceTurn,
  insertRecurrenceTurn,
  type RecurrenceTurnRow,
  updateRecurrenceTurn,
} from "#main/store/queries/schedule-turns.ts";
import type { Writer } from "#main/store/store.ts";
import { failure } from "#shared/domain/failure.ts";
import type { OperationState } from "#shared/domain/operation.ts";
import { RecurrenceId } from "#shared/domain/recurrence.ts";
import type { EngineDeps } from "../membership-deps.ts";
import type { PlanningDoor } from "../plan/planning.ts";

export const TurnPayload = z.object({ recurrenceId: RecurrenceId });
export type TurnPayload = z.infer<typeof TurnPayload>;

/** A full disk is the only thing that can stop it. */
const MAX_ATTEMPTS = 5;

/** An earlier operation in one of these is at work, or was confirmed: another one would get in its way. */
const AT_WORK: readonly OperationState[] = ["planning", "awaiting-approval", "running", "waiting", "paused"];

/**
 * One turn of a recurring operation: has it planned, and ends; what follows the plan is decided where the planning ends.
 * The plan and the turn are written together, so one that is cut off has planned or has not.
 *
 * While an operation of an earlier turn is at work the turn is skipped, and shows that. A plan that nobody has looked at
 * is replaced by the new one, so that the operator always finds the newest.
 */
export function createTurnJob(deps: EngineDeps, planning: Pick<PlanningDoor, "plan">): JobKind<TurnPayload> {
  return {
    kind: "membership.recurring",
    payload: TurnPayload,
    maxAttempts: MAX_ATTEMPTS,
    atOnce: 2,
    async run(job) {
      const turn = await beginTurn(deps, job);
      if (turn.outcome === "starting") await takeTurn(deps, planning, job);
      deps.announce("schedules");
      return { end: "done" };
    },
  };
}

async function beginTurn(deps: EngineDeps, job: JobRun<TurnPayload>): Promise<RecurrenceTurnRow> {
  const { store, clock, jobs } = deps;
  const existing = await findRecurrenceTurn(store.read, job.jobId);
  if (existing) return existing;
  const fired = (await jobs.schedules.list()).find(({ lastJobId }) => lastJobId === job.jobId);
  const atMs = fired?.lastAtMs ?? clock.nowMs();
  const times = decideTurn({ atMs, dueAtMs: fired?.lastDueAtMs ?? atMs, passed: fired?.lastMissed ?? 0 });
  const turn: RecurrenceTurnRow = {
    jobId: job.jobId,
    recurrenceId: job.payload.recurrenceId,
    ...times,
    outcome: "starting",
    operationId: null,
    failure: null,
  };
  await job.save((writer) => insertRecurrenceTurn(writer, turn));
  return turn;
}

async function takeTurn(
  deps: EngineDeps,
  planning: Pick<PlanningDoor, "plan">,
  job: JobRun<TurnPayload>,
): Promise<void> {
  const recurrence = await findRecurrence(deps.store.read, job.payload.recurrenceId);
  const end = (change: Pick<RecurrenceTurnRow, "outcome" | "operationId" | "failure">) =>
    job.save((writer) => updateRecurrenceTurn(writer, job.jobId, change));
  if (recurrence === null)
    return end({ outcome: "failed", operationId: null, failure: failure("input/not-found") });
  const [earlier] = await listOperationsOf(deps.store.read, recurrence.id, AT_WORK);
  if (earlier) return end({ outcome: "skipped", operationId: earlier.id, failure: null });
  const planned = await planning.plan(
    recurrence.request,
    { recurrenceId: recurrence.id },
    async (writer, operationId) => {
      await replaceUnseen(deps, writer, recurrence);
      await updateRecurrenceTurn(writer, job.jobId, { outcome: "started", operationId, failure: null });
    },
  );
  if (!planned.ok) await end({ outcome: "failed", operationId: null, failure: planned.error });
}

async function replaceUnseen(
  { clock, activity }: EngineDeps,
  writer: Writer,
  { id, name }: RecurrenceRow,
): Promise<void> {
  for (const row of await listOperationsOf(writer, id, ["planned"])) {
    await endUnfinished(writer, row.id, "planned", { state: "skipped" });
    await updateOperationIn(writer, row.id, ["planned"], { state: "cancelled", finishedAtMs: clock.nowMs() });
    await activity.record(writer, {
      actor: "schedule",
      action: "operation.cancelled",
      target: row.id,
      why: `A newer plan of “${name}” takes its place.`,
      outcome: "done",
      details: { kind: row.kind, wasRun: false, recurrenceId: id },
    });
  }
}
