import { listExclusions } from "#main/store/queries/coverage-exclusions.ts";
import { listResultsOfPerson, listSightingsOfPerson } from "#main/store/queries/coverage-pages.ts";
import type { Reader } from "#main/store/store.ts";
import type { PersonPage } from "#shared/contract/coverage.ts";
import type { CoverageResult, RunGroup, RunPerson } from "#shared/domain/coverage.ts";
import type { ConnectionId, GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { readGroups } from "./audit/evidence-reader.ts";
import { nextTurn } from "./audit/next-turn.ts";
import { listNewestRuns } from "./newest-runs.ts";
import { type PageFacts, readPageFacts } from "./page-facts.ts";

/** Groups asked about in one statement. */
const GROUPS_AT_ONCE = 200;

/**
 * Everything known of one person: their record as it is now, and what the newest run with results that read a platform
 * says of them in every group there. Null when neither the team nor those runs know them. Someone who left the team is
 * still shown as the runs saw them.
 */
export async function readPersonPage(
  read: Reader,
  personId: PersonId,
  team: readonly TeamMember[],
  nowMs: EpochMs,
): Promise<PersonPage | null> {
  const member = team.find(({ id }) => id === personId) ?? null;
  const page: Pick<PersonPage, "runs" | "groups" | "alsoIn"> = { runs: [], groups: [], alsoIn: [] };
  let person: RunPerson | null = null;
  const told = new Set<GroupKey>();
  // Newest first on each platform: a group that several of them saw is as the newest has it.
  for (const { platform, run, connectionIds } of await listNewestRuns(read)) {
    const facts = await readPageFacts(read, run.id, nowMs);
    if (facts === null) continue;
    person ??= facts.people.find((one) => one.personId === personId) ?? null;
    const { groups, alsoIn } = await readGroupsOf(read, personId, connectionIds, facts, told);
    page.runs.push({ platform, runId: facts.run.id, atMs: facts.run.startedAtMs });
    page.groups.push(...groups);
    page.alsoIn.push(...alsoIn);
  }
  const known = member === null ? person : { personId, name: member.name, role: member.role };
  if (known === null) return null;
  const exclusions = await listExclusions(read);
  return {
    ...known,
    ...page,
    member,
    exclusions: exclusions.filter((exclusion) => exclusion.personId === personId),
  };
}

/** Groups in `told` are left out; those that are read now come into it. */
async function readGroupsOf(
  read: Reader,
  personId: PersonId,
  connectionIds: readonly ConnectionId[],
  { run, judge, findExclusion }: PageFacts,
  told: Set<GroupKey>,
): Promise<Pick<PersonPage, "groups" | "alsoIn">> {
  const rows = (await readGroups(read, run.id)).filter(
    ({ connectionId, groupKey }) => connectionIds.includes(connectionId) && !told.has(groupKey),
  );
  for (const { groupKey } of rows) told.add(groupKey);
  const groups: PersonPage["groups"] = [];
  const alsoIn: RunGroup[] = [];
  for (let at = 0; at < rows.length; at += GROUPS_AT_ONCE) {
    if (at > 0) await nextTurn();
    const some = rows.slice(at, at + GROUPS_AT_ONCE);
    const keys = some.map(({ groupKey }) => groupKey);
    const results = new Map<GroupKey, CoverageResult>();
    for (const result of await listResultsOfPerson(read, run.id, personId, keys))
      results.set(result.groupKey, result);
    const seen = new Set(await listSightingsOfPerson(read, run.id, personId, keys));
    for (const row of some) {
      const result = results.get(row.groupKey);
      if (result === undefined) {
        if (seen.has(row.groupKey)) alsoIn.push(judge({ ...row, key: row.groupKey }));
        continue;
      }
      const { level, presence, reason } = result;
      const exclusionId = presence === "present" ? null : findExclusion(row.groupKey, personId);
      const cell = { personId, level, presence, reason, exclusionId };
      groups.push({ group: judge({ ...row, key: row.groupKey }), cell });
    }
  }
  return { groups, alsoIn };
}
