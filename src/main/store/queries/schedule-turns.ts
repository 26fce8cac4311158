import { and, desc, eq } from "drizzle-orm";
import { type JobId, RunId } from "#shared/domain/ids.ts";
import { OperationId } from "#shared/domain/operation.ts";
import { RecurrenceId } from "#shared/domain/recurrence.ts";
import { ScheduleId } from "#shared/domain/schedule.ts";
import { scheduleTurns } from "../schema/insights.ts";
import type { Reader, Writer } from "../store.ts";

type TurnRow = typeof scheduleTurns.$inferSelect;

/** A turn of an audit's schedule. */
export interface ScheduleTurnRow extends TurnRow {
  readonly scheduleId: ScheduleId;
  readonly runId: RunId | null;
}

/** A turn of a recurring operation. */
export interface RecurrenceTurnRow extends Omit<TurnRow, "scheduleId" | "runId"> {
  readonly recurrenceId: RecurrenceId;
  readonly operationId: OperationId | null;
}

/** Adds a turn; one that this job wrote before stays as it is. */
export async function insertTurn(db: Writer, turn: ScheduleTurnRow): Promise<void> {
  await db.insert(scheduleTurns).values(turn).onConflictDoNothing();
}

export async function updateTurn(
  db: Writer,
  jobId: JobId,
  change: Partial<Pick<ScheduleTurnRow, "outcome" | "runId" | "failure">>,
): Promise<void> {
  await db.update(scheduleTurns).set(change).where(eq(scheduleTurns.jobId, jobId));
}

export async function findTurn(db: Reader, jobId: JobId): Promise<ScheduleTurnRow | null> {
  const [row] = await db.select().from(scheduleTurns).where(eq(scheduleTurns.jobId, jobId));
  return row ? ofAudit(row) : null;
}

/** The turn that started this run; null when no schedule did. */
export async function findTurnOfRun(db: Reader, runId: RunId): Promise<ScheduleTurnRow | null> {
  const [row] = await db
    .select()
    .from(scheduleTurns)
    .where(and(eq(scheduleTurns.runId, runId), eq(scheduleTurns.outcome, "started")));
  return row ? ofAudit(row) : null;
}

/** Newest first. */
export async function listTurns(
  db: Reader,
  scheduleId: ScheduleId,
  limit: number,
): Promise<ScheduleTurnRow[]> {
  return (await listRows(db, scheduleId, limit)).map(ofAudit);
}

/** As `insertTurn`, of a recurring operation. */
export async function insertRecurrenceTurn(db: Writer, turn: RecurrenceTurnRow): Promise<void> {
  const { recurrenceId: scheduleId, operationId: runId, ...rest } = turn;
  await db
    .insert(scheduleTurns)
    .values({ ...rest, scheduleId, runId })
    .onConflictDoNothing();
}

export async function updateRecurrenceTurn(
  db: Writer,
  jobId: JobId,
  { operationId: runId, ...end }: Pick<RecurrenceTurnRow, "outcome" | "operationId" | "failure">,
): Promise<void> {
  await db
    .update(scheduleTurns)
    .set({ ...end, runId })
    .where(eq(scheduleTurns.jobId, jobId));
}

export async function findRecurrenceTurn(db: Reader, jobId: JobId): Promise<RecurrenceTurnRow | null> {
  const [row] = await db.select().from(scheduleTurns).where(eq(scheduleTurns.jobId, jobId));
  return row ? ofOperation(row) : null;
}

/** Newest first. */
export async function listRecurrenceTurns(
  db: Reader,
  id: RecurrenceId,
  limit: number,
): Promise<RecurrenceTurnRow[]> {
  return (await listRows(db, id, limit)).map(ofOperation);
}

async function listRows(db: Reader, id: TurnRow["scheduleId"], limit: number): Promise<TurnRow[]> {
  return db
    .select()
    .from(scheduleTurns)
    .where(eq(scheduleTurns.scheduleId, id))
    .orderBy(desc(scheduleTurns.atMs), desc(scheduleTurns.jobId))
    .limit(limit);
}

function ofAudit(row: TurnRow): ScheduleTurnRow {
  const { scheduleId, runId } = row;
  return {
    ...row,
    scheduleId: ScheduleId.parse(scheduleId),
    runId: runId === null ? null : RunId.parse(runId),
  };
}

function ofOperation({ scheduleId, runId, ...row }: TurnRow): RecurrenceTurnRow {
  return {
    ...row,
    recurrenceId: RecurrenceId.parse(scheduleId),
    operationId: runId === null ? null : OperationId.parse(runId),
  };
}
