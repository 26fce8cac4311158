import { listResults } from "#main/store/queries/coverage-results.ts";
import { listMigrations, listRunPeople } from "#main/store/queries/coverage-evidence.ts";
import { findRun, findRunRules, listRunConnections } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { CoverageResult, Run, RunGroup } from "#shared/domain/coverage.ts";
import type { ConnectionId, GroupKey, RunId } from "#shared/domain/ids.ts";
import type { Rules } from "#shared/domain/rules.ts";
import { readGroups } from "./audit/evidence-reader.ts";
import { nextTurn } from "./audit/next-turn.ts";
import { listNewestRuns, type PlatformRun } from "./newest-runs.ts";
import { combineResults, onGroups, type Results, sortByName } from "./policy/combined-results.ts";
import { compileJudgement } from "./policy/judged-group.ts";

/** Results as they were settled, each judged by the team and rules of its own run. */
export interface RunFacts extends Results {
  /** The run, or the newest of those that the results are combined of. */
  readonly run: Run;
  /** Those of `run`. */
  readonly rules: Rules;
  /** By connection, the run that tells of it. */
  readonly sources: readonly PlatformRun[];
  /** Which connection saw a group. */
  readonly seenBy: ReadonlyMap<GroupKey, ConnectionId>;
}

/** Results read at once, and groups judged at once, before others get the main thread. */
const RESULTS_AT_ONCE = 1_500;
const GROUPS_AT_ONCE = 100;

/** Null when there is no such run. Long runs are read in pieces, so that the main thread stays free. */
export async function readRun(read: Reader, runId: RunId): Promise<RunFacts | null> {
  const run = await findRun(read, runId);
  if (run === null) return null;
  return readPart(read, run);
}

/** The newest results of each connection, combined; null before the first. */
export async function readNewest(read: Reader): Promise<RunFacts | null> {
  const sources = await listNewestRuns(read);
  const newestFirst = sources
    .map(({ run }) => run)
    .toSorted((left, right) => right.startedAtMs - left.startedAtMs);
  const parts: RunFacts[] = [];
  for (const run of new Map(newestFirst.map((each) => [each.id, each])).values()) {
    const own = sources.filter((source) => source.run.id === run.id);
    const part = await readPart(read, run, new Set(own.flatMap(({ connectionIds }) => connectionIds)));
    // Removed since it was found: what is left is still true.
    if (part !== null) parts.push(part);
  }
  const [head] = parts;
  if (head === undefined) return null;
  return {
    ...(parts.length === 1 ? head : { ...head, ...combineResults(parts) }),
    sources: sources.filter(({ run }) => parts.some((part) => part.run.id === run.id)),
    // The newest comes first, so it is put in last.
    seenBy: new Map(parts.toReversed().flatMap(({ seenBy }) => [...seenBy])),
  };
}

/** A run, or what some of its connections say in it. */
async function readPart(read: Reader, run: Run, only?: ReadonlySet<ConnectionId>): Promise<RunFacts | null> {
  const known = await findRunRules(read, run.id);
  if (known === null) return null;
  const parts = await listRunConnections(read, run.id);
  const own = parts.filter(({ connectionId }) => only === undefined || only.has(connectionId));
  const ids = new Set(own.map(({ connectionId }) => connectionId));
  const judge = compileJudgement(known.team, known.rules, await listMigrations(read));
  const isWhole = own.length === parts.length;
  const stored = (await readGroups(read, run.id)).filter((row) => isWhole || ids.has(row.connectionId));
  const groups: RunGroup[] = [];
  for (const [at, row] of stored.entries()) {
    if (at % GROUPS_AT_ONCE === GROUPS_AT_ONCE - 1) await nextTurn();
    groups.push(judge({ ...row, key: row.groupKey }));
  }

  const asked = new Set((await listRunPeople(read, run.id)).map((person) => person.personId));
  const people = known.team
    .filter((member) => asked.has(member.id))
    .map((member) => ({ personId: member.id, name: member.name, role: member.role }));
  const facts = {
    run,
    rules: known.rules,
    sources: run.platforms.flatMap((platform): PlatformRun[] => {
      const connectionIds = own
        .filter((part) => part.platform === platform)
        .map(({ connectionId }) => connectionId);
      return connectionIds.length > 0 ? [{ platform, run, connectionIds }] : [];
    }),
    seenBy: new Map(stored.map(({ groupKey, connectionId }) => [groupKey, connectionId])),
    groups: sortByName(groups),
    people,
    results: await readResults(read, run.id),
  };
  return isWhole ? facts : onGroups(facts, () => true);
}

async function readResults(read: Reader, runId: RunId): Promise<CoverageResult[]> {
  const results: CoverageResult[] = [];
  for (;;) {
    const page = await listResults(read, runId, { after: results.at(-1) ?? null, limit: RESULTS_AT_ONCE });
    for (const result of page) results.push(result);
    if (page.length < RESULTS_AT_ONCE) return results;
    await nextTurn();
  }
}
