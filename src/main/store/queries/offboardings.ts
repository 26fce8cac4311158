import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { PersonId } from "#shared/domain/ids.ts";
import type { OffboardingId } from "#shared/domain/offboarding.ts";
import { activity } from "../schema/activity.ts";
import { offboardings, offboardingTasks } from "../schema/membership.ts";
import type { Reader, Writer } from "../store.ts";

export type OffboardingRow = typeof offboardings.$inferSelect;
export type OffboardingTaskRow = typeof offboardingTasks.$inferSelect;

/** Tasks written by one statement: SQLite takes so many values at once. */
const TASKS_A_STATEMENT = 100;

export async function insertOffboarding(db: Writer, row: OffboardingRow): Promise<void> {
  await db.insert(offboardings).values(row);
}

export async function findOffboarding(db: Reader, id: OffboardingId): Promise<OffboardingRow | null> {
  const [row] = await db.select().from(offboardings).where(eq(offboardings.id, id));
  return row ?? null;
}

/** The one of this person that is open; null when there is none. */
export async function findOpenOffboarding(db: Reader, personId: PersonId): Promise<OffboardingRow | null> {
  const [row] = await db
    .select()
    .from(offboardings)
    .where(and(eq(offboardings.personId, personId), eq(offboardings.state, "open")));
  return row ?? null;
}

/** Open ones first, then the newest first. */
export async function listOffboardings(db: Reader): Promise<OffboardingRow[]> {
  return db
    .select()
    .from(offboardings)
    .orderBy(
      sql`case when ${offboardings.state} = 'open' then 0 else 1 end`,
      desc(offboardings.createdAtMs),
      desc(offboardings.id),
    );
}

export async function updateOffboarding(
  db: Writer,
  id: OffboardingId,
  change: Partial<Omit<OffboardingRow, "id" | "personId">>,
): Promise<void> {
  await db.update(offboardings).set(change).where(eq(offboardings.id, id));
}

/** By name, then key. */
export async function listOffboardingTasks(db: Reader, id: OffboardingId): Promise<OffboardingTaskRow[]> {
  return db
    .select()
    .from(offboardingTasks)
    .where(eq(offboardingTasks.offboardingId, id))
    .orderBy(sql`lower(${offboardingTasks.groupName})`, asc(offboardingTasks.groupKey));
}

/** Puts these in the place of everything that was there. */
export async function replaceOffboardingTasks(
  db: Writer,
  id: OffboardingId,
  tasks: readonly Omit<OffboardingTaskRow, "offboardingId">[],
): Promise<void> {
  await db.delete(offboardingTasks).where(eq(offboardingTasks.offboardingId, id));
  for (let at = 0; at < tasks.length; at += TASKS_A_STATEMENT) {
    const part = tasks.slice(at, at + TASKS_A_STATEMENT);
    await db.insert(offboardingTasks).values(part.map((task) => ({ ...task, offboardingId: id })));
  }
}

/** True when there was such a task. */
export async function updateOffboardingTask(
  db: Writer,
  { offboardingId, groupKey }: Pick<OffboardingTaskRow, "offboardingId" | "groupKey">,
  change: Pick<OffboardingTaskRow, "state" | "note" | "isDecided" | "updatedAtMs">,
): Promise<boolean> {
  const changed = await db
    .update(offboardingTasks)
    .set(change)
    .where(and(eq(offboardingTasks.offboardingId, offboardingId), eq(offboardingTasks.groupKey, groupKey)))
    .returning({ groupKey: offboardingTasks.groupKey });
  return changed.length > 0;
}

export type ActivityLine = Omit<typeof activity.$inferSelect, "details"> & {
  /** As it lies in the table: an edited line may hold anything. */
  readonly details: string;
};

/** The activity log's lines about any of `targets`, oldest first. */
export async function listActivityAbout(db: Reader, targets: readonly string[]): Promise<ActivityLine[]> {
  return db
    .select({
      seq: activity.seq,
      atMs: activity.atMs,
      actor: activity.actor,
      action: activity.action,
      target: activity.target,
      why: activity.why,
      outcome: activity.outcome,
      details: sql<string>`${activity.details}`,
      previousHash: activity.previousHash,
      hash: activity.hash,
    })
    .from(activity)
    .where(inArray(activity.target, [...targets]))
    .orderBy(asc(activity.seq));
}
