import { asc, eq } from "drizzle-orm";
import { schedules } from "../schema/jobs.ts";
import type { Reader, Writer } from "../store.ts";

export type ScheduleRow = typeof schedules.$inferSelect;
export type ScheduleChange = Partial<Omit<ScheduleRow, "id">>;

/** Adds a schedule, or changes what is given of the one with this id. */
export async function saveSchedule(
  db: Writer,
  schedule: Omit<ScheduleRow, "lastAtMs" | "lastDueAtMs" | "lastJobId" | "lastMissed">,
): Promise<void> {
  await db
    .insert(schedules)
    .values({ ...schedule, lastMissed: 0 })
    .onConflictDoUpdate({ target: schedules.id, set: schedule });
}

export async function findSchedule(db: Reader, id: string): Promise<ScheduleRow | null> {
  const [row] = await db.select().from(schedules).where(eq(schedules.id, id));
  return row ?? null;
}

/** By id. */
export async function listSchedules(db: Reader): Promise<ScheduleRow[]> {
  return db.select().from(schedules).orderBy(asc(schedules.id));
}

export async function updateSchedule(db: Writer, id: string, change: ScheduleChange): Promise<boolean> {
  const changed = await db
    .update(schedules)
    .set(change)
    .where(eq(schedules.id, id))
    .returning({ id: schedules.id });
  return changed.length > 0;
}

export async function deleteSchedule(db: Writer, id: string): Promise<boolean> {
  const removed = await db.delete(schedules).where(eq(schedules.id, id)).returning({ id: schedules.id });
  return removed.length > 0;
}
