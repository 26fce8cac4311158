import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import type { Telling, TellingChannel, TellingKind, TellingState } from "#shared/domain/telling.ts";
import { tellings, toldGaps, toldRuns } from "../schema/insights.ts";
import type { Reader, Writer } from "../store.ts";

/** What one message is known by. */
export interface TellingKey {
  readonly runId: Telling["runId"];
  readonly kind: TellingKind;
  readonly channel: TellingChannel;
}

export interface ToldGap {
  readonly groupKey: GroupKey;
  readonly personId: PersonId;
}

/** Gaps removed by one statement. */
const GAPS_PER_STATEMENT = 100;

/** Notes what a run, or an operation, had to tell; `content` is unchecked when it is read again. */
export async function insertToldRun(
  db: Writer,
  told: {
    readonly runId: Telling["runId"];
    readonly kind: TellingKind;
    readonly atMs: number;
    readonly content: unknown;
  },
): Promise<void> {
  await db.insert(toldRuns).values(told).onConflictDoNothing();
}

/** Undefined when it was not decided yet, null when nothing was worth telling. */
export async function findToldContent(
  db: Reader,
  runId: Telling["runId"],
  kind: TellingKind,
): Promise<unknown> {
  const [row] = await db
    .select({ content: toldRuns.content })
    .from(toldRuns)
    .where(and(eq(toldRuns.runId, runId), eq(toldRuns.kind, kind)));
  return row?.content;
}

export async function insertTelling(db: Writer, telling: Telling): Promise<void> {
  await db.insert(tellings).values(telling).onConflictDoNothing();
}

/** True when the message was in one of the states `from`, and now is not. */
export async function moveTelling(
  db: Writer,
  key: TellingKey,
  from: readonly TellingState[],
  change: Pick<Telling, "state" | "failure" | "atMs">,
): Promise<boolean> {
  const moved = await db
    .update(tellings)
    .set(change)
    .where(and(isTelling(key), inArray(tellings.state, [...from])))
    .returning({ runId: tellings.runId });
  return moved.length > 0;
}

export async function findTelling(db: Reader, key: TellingKey): Promise<Telling | null> {
  const [row] = await db.select().from(tellings).where(isTelling(key));
  return row ?? null;
}

/** Newest first. */
export async function listTellings(db: Reader, limit: number): Promise<Telling[]> {
  return db.select().from(tellings).orderBy(desc(tellings.atMs), asc(tellings.channel)).limit(limit);
}

/** Oldest first. */
export async function listTellingsIn(
  db: Reader,
  channel: TellingChannel,
  state: TellingState,
): Promise<Telling[]> {
  return db
    .select()
    .from(tellings)
    .where(and(eq(tellings.channel, channel), eq(tellings.state, state)))
    .orderBy(asc(tellings.atMs));
}

export async function listToldGaps(db: Reader): Promise<ToldGap[]> {
  return db.select({ groupKey: toldGaps.groupKey, personId: toldGaps.personId }).from(toldGaps);
}

export async function insertToldGaps(db: Writer, runId: RunId, gaps: readonly ToldGap[]): Promise<void> {
  for (let at = 0; at < gaps.length; at += GAPS_PER_STATEMENT) {
    const rows = gaps.slice(at, at + GAPS_PER_STATEMENT).map((gap) => ({ ...gap, runId }));
    await db.insert(toldGaps).values(rows).onConflictDoNothing();
  }
}

export async function deleteToldGaps(db: Writer, gaps: readonly ToldGap[]): Promise<void> {
  for (const { groupKey, personId } of gaps)
    await db.delete(toldGaps).where(and(eq(toldGaps.groupKey, groupKey), eq(toldGaps.personId, personId)));
}

function isTelling({ runId, kind, channel }: TellingKey) {
  return and(eq(tellings.runId, runId), eq(tellings.kind, kind), eq(tellings.channel, channel));
}
