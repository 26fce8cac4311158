import { listConnections } from "#main/store/queries/connections.ts";
import { findNewestRunOf, listRunConnections } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { Run } from "#shared/domain/coverage.ts";
import { type ConnectionId, Platform } from "#shared/domain/ids.ts";
import type { PlatformSource } from "#shared/domain/matrix.ts";
import { RUNS_WITH_RESULTS } from "./run-states.ts";

/** A run as the one that tells of some connections of a platform. */
export interface PlatformRun {
  readonly platform: Platform;
  readonly run: Run;
  readonly connectionIds: readonly ConnectionId[];
}

/**
 * By connection, the newest run with results that read its listing to the end, or else that saw a group of it, those of one
 * run together: platform by platform, newest first. An audit of one connection says nothing of the others, so what is
 * known now is what all of these say together. Connections that no run has read are left out; one that was removed counts
 * as long as no newer run has read its platform.
 *
 * With `before`, as it was when that run started; with `platforms`, of those only; with `connectionIds`, of those whether
 * they are still connected or not.
 */
export async function listNewestRuns(
  read: Reader,
  where: {
    readonly before?: Pick<Run, "id" | "startedAtMs">;
    readonly platforms?: readonly Platform[];
    readonly connectionIds?: readonly ConnectionId[];
  } = {},
): Promise<PlatformRun[]> {
  const connected = await listConnections(read);
  const newest: PlatformRun[] = [];
  for (const platform of where.platforms ?? Platform.options) {
    const wanted =
      where.connectionIds ?? connected.filter((each) => each.platform === platform).map(({ id }) => id);
    const byConnection = await findByConnection(read, platform, { before: where.before ?? null, wanted });
    const only = where.connectionIds;
    const told = [...byConnection].filter(([id]) => only === undefined || only.includes(id));
    for (const own of Map.groupBy(told, ([, run]) => run.id).values()) {
      const run = own[0]?.[1];
      if (run !== undefined) newest.push({ platform, run, connectionIds: own.map(([id]) => id).toSorted() });
    }
  }
  return newest.toSorted(
    (left, right) =>
      Platform.options.indexOf(left.platform) - Platform.options.indexOf(right.platform) ||
      right.run.startedAtMs - left.run.startedAtMs,
  );
}

async function findByConnection(
  read: Reader,
  platform: Platform,
  {
    before,
    wanted,
  }: {
    readonly before: Pick<Run, "id" | "startedAtMs"> | null;
    readonly wanted: readonly ConnectionId[];
  },
): Promise<ReadonlyMap<ConnectionId, Run>> {
  const among = { before, states: RUNS_WITH_RESULTS };
  const find = async (connectionId?: ConnectionId) => {
    const of = connectionId === undefined ? among : { ...among, connectionId };
    return {
      listed: await findNewestRunOf(read, platform, { ...of, knowing: "listed" }),
      // Asked only where it is needed: it takes longer.
      seen: () => findNewestRunOf(read, platform, { ...of, knowing: "seen" }),
    };
  };
  const { listed, seen } = await find();
  const newest = listed ?? (await seen());
  if (newest === null) return new Map();
  const parts = (await listRunConnections(read, newest.id)).filter((part) => part.platform === platform);
  const byConnection = new Map(parts.map(({ connectionId }) => [connectionId, newest]));
  const complete = new Set(
    parts.filter(({ listingComplete }) => listingComplete).map((part) => part.connectionId),
  );
  for (const id of wanted) {
    if (complete.has(id)) continue;
    const theirs = await find(id);
    const run = theirs.listed ?? (byConnection.has(id) ? null : await theirs.seen());
    if (run !== null) byConnection.set(id, run);
  }
  return byConnection;
}

/** How the screens are told where results come from; a connection that is gone goes by its id. */
export async function sourcesOf(read: Reader, runs: readonly PlatformRun[]): Promise<PlatformSource[]> {
  const labels = new Map((await listConnections(read)).map(({ id, label }) => [id, label]));
  return runs.map(({ platform, run, connectionIds }) => ({
    platform,
    connectionIds: [...connectionIds],
    label: connectionIds.map((id) => labels.get(id) ?? id).join(", "),
    runId: run.id,
    atMs: run.startedAtMs,
    state: run.state,
  }));
}
