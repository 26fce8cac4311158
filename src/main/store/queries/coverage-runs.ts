import { and, asc, desc, eq, exists, gte, inArray, lt, or } from "drizzle-orm";
import type { Run, RunState, RunTrigger, Strategy } from "#shared/domain/coverage.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, GroupKey, JobId, Platform, RunId } from "#shared/domain/ids.ts";
import type { Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { connections } from "../schema/connections.ts";
import { runConnections, runGroups, runs } from "../schema/coverage.ts";
import type { Reader, Writer } from "../store.ts";

export interface NewRun {
  readonly id: RunId;
  readonly jobId: JobId;
  readonly trigger: RunTrigger;
  readonly platforms: Platform[];
  readonly isSandbox: boolean;
  readonly startedAtMs: number;
  readonly team: TeamMember[];
  readonly rules: Rules;
}

/** The part of a run that one connection plays, as it lies in the table. */
export type RunConnectionRow = typeof runConnections.$inferSelect;

/** Where a run is, and what it came to. */
export interface RunOutcome {
  readonly state: RunState;
  readonly finishedAtMs: number | null;
  readonly elapsedMs: number;
  readonly failure: Failure | null;
  readonly groups: number;
  readonly people: number;
  readonly present: number;
  readonly absent: number;
  readonly unknown: number;
  readonly requiredTotal: number;
  readonly requiredPresent: number;
}

const NOTHING_YET = { elapsedMs: 0, groups: 0, people: 0, present: 0, absent: 0, unknown: 0 };

/** Writes a run and the connections that take part, before anything was asked. */
export async function insertRun(
  db: Writer,
  run: NewRun,
  parts: readonly Pick<RunConnectionRow, "connectionId" | "platform" | "workspaceId">[],
): Promise<void> {
  await db.insert(runs).values({ ...run, ...NOTHING_YET, state: "running" });
  for (const part of parts)
    await db
      .insert(runConnections)
      .values({ ...part, runId: run.id, calls: 0, waitedMs: 0, listingComplete: false });
}

export async function setRunState(db: Writer, runId: RunId, state: RunState): Promise<void> {
  await db.update(runs).set({ state, finishedAtMs: null, failure: null }).where(eq(runs.id, runId));
}

/** What is left out stays. */
export async function setRunOutcome(db: Writer, runId: RunId, outcome: Partial<RunOutcome>): Promise<void> {
  await db.update(runs).set(outcome).where(eq(runs.id, runId));
}

export async function findRun(db: Reader, runId: RunId): Promise<Run | null> {
  const found = await withParts(db, await selectRuns(db).where(eq(runs.id, runId)));
  return found[0] ?? null;
}

/** Newest first. `before` is the last run of the page before. */
export async function listRuns(
  db: Reader,
  page: {
    readonly before: Pick<Run, "id" | "startedAtMs"> | null;
    readonly limit: number;
    readonly states?: RunState[];
  },
): Promise<Run[]> {
  const rows = await selectRuns(db)
    .where(and(olderThan(page.before), page.states ? inArray(runs.state, page.states) : undefined))
    .orderBy(desc(runs.startedAtMs), desc(runs.id))
    .limit(page.limit);
  return withParts(db, rows);
}

/**
 * The newest run in one of `states`, older than `before` if given, that read the platform's listing to its end on some
 * connection (`listed`), or that at least knows a group of it (`seen`). With `connectionId`, on that one. Null without
 * one.
 */
export async function findNewestRunOf(
  db: Reader,
  platform: Platform,
  where: {
    readonly before: Pick<Run, "id" | "startedAtMs"> | null;
    readonly states: RunState[];
    readonly knowing: "listed" | "seen";
    readonly connectionId?: ConnectionId;
  },
): Promise<Run | null> {
  const { connectionId } = where;
  const listed = db
    .select({ runId: runConnections.runId })
    .from(runConnections)
    .where(
      and(
        eq(runConnections.runId, runs.id),
        eq(runConnections.platform, platform),
        eq(runConnections.listingComplete, true),
        connectionId === undefined ? undefined : eq(runConnections.connectionId, connectionId),
      ),
    );
  // Keys begin with their platform, so this is one look into the index.
  const seen = db
    .select({ runId: runGroups.runId })
    .from(runGroups)
    .where(
      and(
        eq(runGroups.runId, runs.id),
        gte(runGroups.groupKey, `${platform}:` as GroupKey),
        lt(runGroups.groupKey, `${platform};` as GroupKey),
        connectionId === undefined ? undefined : eq(runGroups.connectionId, connectionId),
      ),
    );
  const isKnown = and(
    exists(where.knowing === "listed" ? listed : seen),
    connectionId === undefined ? undefined : exists(partOf(db, connectionId)),
  );
  const rows = await selectRuns(db)
    .where(and(olderThan(where.before), inArray(runs.state, where.states), isKnown))
    .orderBy(desc(runs.startedAtMs), desc(runs.id))
    .limit(1);
  return (await withParts(db, rows))[0] ?? null;
}

/** One look into the index: spares those that only ask for groups from looking through runs of others. */
function partOf(db: Reader, connectionId: ConnectionId) {
  return db
    .select({ runId: runConnections.runId })
    .from(runConnections)
    .where(and(eq(runConnections.runId, runs.id), eq(runConnections.connectionId, connectionId)));
}

function olderThan(run: Pick<Run, "id" | "startedAtMs"> | null) {
  if (run === null) return undefined;
  return or(
    lt(runs.startedAtMs, run.startedAtMs),
    and(eq(runs.startedAtMs, run.startedAtMs), lt(runs.id, run.id)),
  );
}

export async function countRuns(db: Reader): Promise<number> {
  return db.$count(runs);
}

/** The team and rules the run was started with; null when the run is gone. */
export async function findRunRules(
  db: Reader,
  runId: RunId,
): Promise<{ team: TeamMember[]; rules: Rules } | null> {
  const [row] = await db.select({ team: runs.team, rules: runs.rules }).from(runs).where(eq(runs.id, runId));
  return row ?? null;
}

/** Removes a run with everything it holds; false when there is none. */
export async function deleteRun(db: Writer, runId: RunId): Promise<boolean> {
  const [gone] = await db.delete(runs).where(eq(runs.id, runId)).returning({ id: runs.id });
  return gone !== undefined;
}

/** Ordered by connection id. */
export async function listRunConnections(db: Reader, runId: RunId): Promise<RunConnectionRow[]> {
  return db
    .select()
    .from(runConnections)
    .where(eq(runConnections.runId, runId))
    .orderBy(asc(runConnections.connectionId));
}

export async function updateRunConnection(
  db: Writer,
  runId: RunId,
  connectionId: ConnectionId,
  change: Partial<Omit<RunConnectionRow, "runId" | "connectionId">>,
): Promise<void> {
  await db
    .update(runConnections)
    .set(change)
    .where(and(eq(runConnections.runId, runId), eq(runConnections.connectionId, connectionId)));
}

/** The parts of this connection in runs that have not ended, and what stopped each. */
export async function listOpenParts(db: Reader, connectionId: ConnectionId): Promise<RunConnectionRow[]> {
  const rows = await db
    .select({ part: runConnections })
    .from(runConnections)
    .innerJoin(runs, eq(runs.id, runConnections.runId))
    .where(
      and(
        eq(runConnections.connectionId, connectionId),
        inArray(runs.state, ["running", "waiting", "paused"]),
      ),
    );
  return rows.map(({ part }) => part);
}

/** The newest run in which this connection's listing was read to its end; null before the first one. */
export async function findLastListing(
  db: Reader,
  connectionId: ConnectionId,
): Promise<{ runId: RunId; startedAtMs: number; listedGroups: number } | null> {
  const [row] = await db
    .select({ runId: runs.id, startedAtMs: runs.startedAtMs, listedGroups: runConnections.listedGroups })
    .from(runConnections)
    .innerJoin(runs, eq(runs.id, runConnections.runId))
    .where(and(eq(runConnections.connectionId, connectionId), eq(runConnections.listingComplete, true)))
    .orderBy(desc(runs.startedAtMs), desc(runs.id))
    .limit(1);
  return row ?? null;
}

/** How many people the workspace had at the last look; null when never counted. */
export async function findKnownUsers(db: Reader, connectionId: ConnectionId): Promise<number | null> {
  const [row] = await db
    .select({ knownUsers: connections.knownUsers })
    .from(connections)
    .where(eq(connections.id, connectionId));
  return row?.knownUsers ?? null;
}

export async function setKnownUsers(
  db: Writer,
  connectionId: ConnectionId,
  knownUsers: number,
): Promise<void> {
  await db.update(connections).set({ knownUsers }).where(eq(connections.id, connectionId));
}

type RunRow = Omit<Run, "strategy" | "strategies" | "calls" | "waitedMs">;

/** Without team and rules, which are large and rarely wanted. */
function selectRuns(db: Reader) {
  return db
    .select({
      id: runs.id,
      jobId: runs.jobId,
      state: runs.state,
      trigger: runs.trigger,
      platforms: runs.platforms,
      startedAtMs: runs.startedAtMs,
      finishedAtMs: runs.finishedAtMs,
      elapsedMs: runs.elapsedMs,
      groups: runs.groups,
      people: runs.people,
      present: runs.present,
      absent: runs.absent,
      unknown: runs.unknown,
      failure: runs.failure,
      isSandbox: runs.isSandbox,
    })
    .from(runs)
    .$dynamic();
}

/** Adds the sums over connections and how they were asked. */
async function withParts(db: Reader, rows: readonly RunRow[]): Promise<Run[]> {
  if (rows.length === 0) return [];
  const parts = await db
    .select()
    .from(runConnections)
    .where(
      inArray(
        runConnections.runId,
        rows.map((row) => row.id),
      ),
    );
  return rows.map((row) => {
    const own = parts.filter((part) => part.runId === row.id);
    const strategies = row.platforms.flatMap((platform) => {
      const ofPlatform = own.flatMap((part) =>
        part.platform === platform && part.strategy !== null ? [part.strategy] : [],
      );
      return [...new Set<Strategy>(ofPlatform)].map((strategy) => ({ platform, strategy }));
    });
    const [first] = strategies;
    const isOne = strategies.every(({ strategy }) => strategy === first?.strategy);
    return {
      ...row,
      strategy: first && isOne ? first.strategy : null,
      strategies,
      calls: own.reduce((sum, part) => sum + part.calls, 0),
      waitedMs: own.reduce((sum, part) => sum + part.waitedMs, 0),
    };
  });
}
