import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { JobId } from "#shared/domain/ids.ts";
import type { JobState } from "#shared/domain/job.ts";
import { jobs } from "../schema/jobs.ts";
import type { Reader, Writer } from "../store.ts";

export type JobRow = typeof jobs.$inferSelect;
export type JobChange = Partial<Omit<JobRow, "id" | "kind" | "payload" | "createdAtMs">>;

/** A new job, queued and untouched. */
export async function insertJob(
  db: Writer,
  job: Pick<JobRow, "id" | "kind" | "title" | "payload" | "createdAtMs">,
): Promise<void> {
  await db
    .insert(jobs)
    .values({ ...job, state: "queued", phase: "", attempts: 0, cancelRequested: false, workedMs: 0 });
}

export async function findJob(db: Reader, id: JobId): Promise<JobRow | null> {
  const [row] = await db.select().from(jobs).where(eq(jobs.id, id));
  return row ?? null;
}

/** The newest ones, newest first. */
export async function listJobs(db: Reader, limit: number): Promise<JobRow[]> {
  return db
    .select()
    .from(jobs)
    .orderBy(desc(jobs.createdAtMs), desc(sql`rowid`))
    .limit(limit);
}

/** Jobs in one of these states, oldest first. */
export async function listJobsIn(db: Reader, states: readonly JobState[]): Promise<JobRow[]> {
  return db
    .select()
    .from(jobs)
    .where(inArray(jobs.state, [...states]))
    .orderBy(asc(jobs.createdAtMs), asc(sql`rowid`));
}

/** Jobs at rest that name this among what wakes them: paused, or waiting for something that it makes obsolete. */
export async function listJobsPausedOn(db: Reader, pausedOn: string): Promise<JobRow[]> {
  const isNamed = sql`instr(char(10) || ${jobs.pausedOn} || char(10), char(10) || ${pausedOn} || char(10)) > 0`;
  return db
    .select()
    .from(jobs)
    .where(and(inArray(jobs.state, ["paused", "waiting"]), isNamed));
}

export async function updateJob(db: Writer, id: JobId, change: JobChange): Promise<void> {
  await db.update(jobs).set(change).where(eq(jobs.id, id));
}

/** Changes a job unless it has been taken out of these states meanwhile; true when it was changed. */
export async function updateJobIn(
  db: Writer,
  id: JobId,
  states: readonly JobState[],
  change: JobChange,
): Promise<boolean> {
  const changed = await db
    .update(jobs)
    .set(change)
    .where(and(eq(jobs.id, id), inArray(jobs.state, [...states])))
    .returning({ id: jobs.id });
  return changed.length > 0;
}

/** Removes a job in one of these states together with its items; true when there was one. */
export async function deleteJobIn(db: Writer, id: JobId, states: readonly JobState[]): Promise<boolean> {
  const removed = await db
    .delete(jobs)
    .where(and(eq(jobs.id, id), inArray(jobs.state, [...states])))
    .returning({ id: jobs.id });
  return removed.length > 0;
}
