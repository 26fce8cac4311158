import { and, desc, eq } from "drizzle-orm";
import type { JobId, RunId } from "#shared/domain/ids.ts";
import type { ScheduleId } from "#shared/domain/schedule.ts";
import { scheduleTurns } from "../schema/insights.ts";
import type { Reader, Writer } from "../store.ts";

export type ScheduleTurnRow = typeof scheduleTurns.$inferSelect;

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
  return row ?? null;
}

/** The turn that started this run; null when no schedule did. */
export async function findTurnOfRun(db: Reader, runId: RunId): Promise<ScheduleTurnRow | null> {
  const [row] = await db
    .select()
    .from(scheduleTurns)
    .where(and(eq(scheduleTurns.runId, runId), eq(scheduleTurns.outcome, "started")));
  return row ?? null;
}

/** Newest first. */
export async function listTurns(
  db: Reader,
  scheduleId: ScheduleId,
  limit: number,
): Promise<ScheduleTurnRow[]> {
  return db
    .select()
    .from(scheduleTurns)
    .where(eq(scheduleTurns.scheduleId, scheduleId))
    .orderBy(desc(scheduleTurns.atMs), desc(scheduleTurns.jobId))
    .limit(limit);
}
