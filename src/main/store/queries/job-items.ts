import { and, asc, count, eq, sql } from "drizzle-orm";
import type { JobId } from "#shared/domain/ids.ts";
import { jobItems, type JobItemState } from "../schema/jobs.ts";
import type { Reader, Writer } from "../store.ts";

export type JobItemRow = typeof jobItems.$inferSelect;
export type JobItemChange = Partial<
  Pick<JobItemRow, "state" | "attempts" | "notBeforeMs" | "checkpoint" | "failure">
>;

/** Which items: the job and its phase. */
export interface JobPhase {
  readonly jobId: JobId;
  readonly phase: string;
}

/** Adds pending items; those that are there already stay as they are. At most a few hundred at once. */
export async function insertJobItems(
  db: Writer,
  { jobId, phase }: JobPhase,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  await db
    .insert(jobItems)
    .values(keys.map((key) => ({ jobId, phase, key, state: "pending" as const, attempts: 0 })))
    .onConflictDoNothing();
}

/** Items that are still to do, in the order they were added. */
export async function listPendingJobItems(
  db: Reader,
  { jobId, phase }: JobPhase,
  limit: number,
): Promise<JobItemRow[]> {
  return db
    .select()
    .from(jobItems)
    .where(and(eq(jobItems.jobId, jobId), eq(jobItems.phase, phase), eq(jobItems.state, "pending")))
    .orderBy(asc(sql`rowid`))
    .limit(limit);
}

/** Forgets a job's items, for one that keeps nothing of what it did with them. */
export async function deleteJobItems(db: Writer, jobId: JobId): Promise<void> {
  await db.delete(jobItems).where(eq(jobItems.jobId, jobId));
}

/** How many items of a phase are in each state. */
export async function countJobItems(
  db: Reader,
  { jobId, phase }: JobPhase,
): Promise<Record<JobItemState, number>> {
  const rows = await db
    .select({ state: jobItems.state, count: count() })
    .from(jobItems)
    .where(and(eq(jobItems.jobId, jobId), eq(jobItems.phase, phase)))
    .groupBy(jobItems.state);
  return rows.reduce((counts, row) => ({ ...counts, [row.state]: row.count }), {
    pending: 0,
    done: 0,
    failed: 0,
  });
}

export async function updateJobItem(
  db: Writer,
  { jobId, phase }: JobPhase,
  key: string,
  change: JobItemChange,
): Promise<void> {
  await db
    .update(jobItems)
    .set(change)
    .where(and(eq(jobItems.jobId, jobId), eq(jobItems.phase, phase), eq(jobItems.key, key)));
}

/** Moves the times before which a job's items must not be tried, e.g. after the clock was set back. */
export async function shiftJobItemWaits(db: Writer, jobId: JobId, byMs: number): Promise<void> {
  await db
    .update(jobItems)
    .set({ notBeforeMs: sql`${jobItems.notBeforeMs} + ${byMs}` })
    .where(and(eq(jobItems.jobId, jobId), eq(jobItems.state, "pending")));
}

/** Gives the items that are still to do all their tries back. */
export async function refreshPendingJobItems(db: Writer, jobId: JobId): Promise<void> {
  await db
    .update(jobItems)
    .set({ attempts: 0, notBeforeMs: null })
    .where(and(eq(jobItems.jobId, jobId), eq(jobItems.state, "pending")));
}
