import { listExclusions } from "#main/store/queries/coverage-exclusions.ts";
import { listMigrations } from "#main/store/queries/coverage-evidence.ts";
import type { Reader } from "#main/store/store.ts";
import type { Changes, Exclusion, RunComparison, RunGroup } from "#shared/domain/coverage.ts";
import type { ConnectionId, RunId } from "#shared/domain/ids.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { buildFindings } from "./matrix.ts";
import { listNewestRuns, type PlatformRun } from "./newest-runs.ts";
import { onGroups, onPlatforms } from "./policy/combined-results.ts";
import { exclusionsInEffect } from "./policy/exclusions-in-effect.ts";
import { compareResults, joinChanges } from "./policy/run-comparison.ts";
import type { ReportSource, RunReport, SingleRunReport } from "./report/run-report.ts";
import { readNewest, readRun, type RunFacts } from "./run-reader.ts";

/** Everything a report says about one run, exclusions applied as of `nowMs`; null when there is no such run. */
export async function readReport(
  read: Reader,
  runId: RunId,
  nowMs: EpochMs,
): Promise<SingleRunReport | null> {
  const facts = await readRun(read, runId);
  return facts === null ? null : { ...(await reportOn(read, facts, nowMs)), run: facts.run };
}

/** The same about the newest results of each connection; null before the first. */
export async function readNewestReport(read: Reader, nowMs: EpochMs): Promise<RunReport | null> {
  const facts = await readNewest(read);
  if (facts === null) return null;
  const isOneRun = facts.sources.every(({ run }) => run.id === facts.run.id);
  return { ...(await reportOn(read, facts, nowMs)), run: isOneRun ? facts.run : null };
}

async function reportOn(read: Reader, facts: RunFacts, nowMs: EpochMs): Promise<Omit<RunReport, "run">> {
  const exclusions = continueInto(facts.groups, await listExclusions(read));
  const { sources, changes } = await compareWithEarlier(read, facts);
  return {
    sources,
    groups: facts.groups,
    people: facts.people,
    results: facts.results,
    findings: await buildFindings(facts, exclusionsInEffect(exclusions, nowMs, await listMigrations(read))),
    exclusions,
    changes,
  };
}

/** Each connection is compared with the newest earlier run that read it, whatever others it read. */
async function compareWithEarlier(
  read: Reader,
  facts: RunFacts,
): Promise<{ sources: ReportSource[]; changes: Changes | null }> {
  const sources: ReportSource[] = [];
  const pairs = new Map<RunId, PlatformRun[]>();
  for (const { platform, run, connectionIds } of facts.sources) {
    const earlier = await listNewestRuns(read, { platforms: [platform], before: run, connectionIds });
    sources.push({ platform, run, previousRun: earlier[0]?.run ?? null });
    for (const each of earlier) pairs.set(each.run.id, [...(pairs.get(each.run.id) ?? []), each]);
  }
  const changes: Changes[] = [];
  for (const [beforeRunId, own] of pairs) {
    const before = await readRun(read, beforeRunId);
    if (before) changes.push(compareOn(new Set(own.flatMap((each) => each.connectionIds)), before, facts));
  }
  return { sources, changes: changes.length === 0 ? null : joinChanges(changes) };
}

/** What changed on these connections. A group that another one of ours shows now, or showed before, is still the same. */
function compareOn(ids: ReadonlySet<ConnectionId>, before: RunFacts, after: RunFacts): Changes {
  const isOwn = ({ seenBy }: RunFacts, { key }: RunGroup) => {
    const connectionId = seenBy.get(key);
    return connectionId !== undefined && ids.has(connectionId);
  };
  return compareResults(
    onGroups(before, (group) => {
      const isThere = after.seenBy.has(group.key);
      return isThere ? isOwn(after, group) : isOwn(before, group);
    }),
    onGroups(after, (group) => isOwn(after, group)),
  );
}

/** Exclusions as of these groups: one for a group that became another of them is given as of that one. */
function continueInto(groups: readonly RunGroup[], exclusions: readonly Exclusion[]): Exclusion[] {
  const now = new Map(groups.map(({ key, migratedFrom }) => [migratedFrom, key]));
  return exclusions.map((exclusion) => {
    const groupKey = now.get(exclusion.groupKey);
    return groupKey === undefined ? exclusion : { ...exclusion, groupKey };
  });
}

/** On the platforms that both read; null when one of the runs does not exist. */
export async function readComparison(
  read: Reader,
  pair: { readonly beforeRunId: RunId; readonly afterRunId: RunId },
): Promise<RunComparison | null> {
  const before = await readRun(read, pair.beforeRunId);
  const after = await readRun(read, pair.afterRunId);
  if (before === null || after === null) return null;
  const platforms = after.run.platforms.filter((platform) => before.run.platforms.includes(platform));
  return {
    beforeRunId: before.run.id,
    afterRunId: after.run.id,
    platforms,
    ...compareResults(onPlatforms(before, platforms), onPlatforms(after, platforms)),
  };
}
