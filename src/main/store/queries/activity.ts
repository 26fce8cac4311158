import { and, asc, desc, eq, getTableColumns, gt, like, lt, lte, max, or, type SQL, sql } from "drizzle-orm";
import type { ActivityOutcome } from "#shared/domain/activity.ts";
import { activity } from "../schema/activity.ts";
import type { Reader, Writer } from "../store.ts";

/** A line as it lies in the table: `details` is the text, because an edited line may hold anything there. */
export interface ActivityRow {
  seq: number;
  atMs: number;
  actor: string;
  action: string;
  target: string | null;
  why: string | null;
  outcome: ActivityOutcome;
  details: string;
  previousHash: string;
  hash: string;
}

const columns = { ...getTableColumns(activity), details: sql<string>`${activity.details}` };

export async function insertActivity(db: Writer, entry: typeof activity.$inferInsert): Promise<void> {
  await db.insert(activity).values(entry);
}

/** The last line's place in the chain; null when the log is empty. */
export async function findLastActivity(db: Reader): Promise<{ seq: number; hash: string } | null> {
  const [last] = await db
    .select({ seq: activity.seq, hash: activity.hash })
    .from(activity)
    .orderBy(desc(activity.seq))
    .limit(1);
  return last ?? null;
}

/** The highest number in the log, 0 when it is empty. */
export async function getLastActivitySeq(db: Reader): Promise<number> {
  const [last] = await db.select({ seq: max(activity.seq) }).from(activity);
  return last?.seq ?? 0;
}

/** Lines after `afterSeq` up to `untilSeq`, oldest first. */
export async function listActivityChain(
  db: Reader,
  range: { readonly afterSeq: number; readonly untilSeq: number; readonly limit: number },
): Promise<ActivityRow[]> {
  return db
    .select(columns)
    .from(activity)
    .where(and(gt(activity.seq, range.afterSeq), lte(activity.seq, range.untilSeq)))
    .orderBy(asc(activity.seq))
    .limit(range.limit);
}

/** Whether a line says that it follows the line with this hash. Reads the whole log. */
export async function hasActivityFollowing(db: Reader, previousHash: string): Promise<boolean> {
  const found = await db
    .select({ seq: activity.seq })
    .from(activity)
    .where(eq(activity.previousHash, previousHash))
    .limit(1);
  return found.length > 0;
}

/** Newest first; `search` looks in actor, action, target and why, ignoring the case of ASCII letters. */
export async function listActivity(
  db: Reader,
  request: { readonly beforeSeq: number | null; readonly search: string; readonly limit: number },
): Promise<ActivityRow[]> {
  return db
    .select(columns)
    .from(activity)
    .where(
      and(
        request.beforeSeq === null ? undefined : lt(activity.seq, request.beforeSeq),
        request.search === "" ? undefined : contains(request.search),
      ),
    )
    .orderBy(desc(activity.seq))
    .limit(request.limit);
}

export async function countActivity(db: Reader): Promise<number> {
  return db.$count(activity);
}

function contains(search: string): SQL | undefined {
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return or(
    ...[activity.actor, activity.action, activity.target, activity.why].map(
      (column) => sql`${like(column, pattern)} ESCAPE '\\'`,
    ),
  );
}
