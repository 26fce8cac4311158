import { listResults } from "#main/store/queries/coverage-results.ts";
import { listMigrations, listRunPeople } from "#main/store/queries/coverage-evidence.ts";
import { findRun, findRunRules } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { CoverageResult, Run, RunGroup, RunPerson } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import type { Rules } from "#shared/domain/rules.ts";
import { readGroups } from "./audit/evidence-reader.ts";
import { nextTurn } from "./audit/next-turn.ts";
import { foldName } from "./policy/name-pattern.ts";
import { compileJudgement } from "./policy/judged-group.ts";

/** A run as it was settled, judged by its own team and rules. */
export interface RunFacts {
  readonly run: Run;
  readonly rules: Rules;
  /** By name, as people sort them. */
  readonly groups: readonly RunGroup[];
  /** In the team's order. */
  readonly people: readonly RunPerson[];
  /** Ordered by group, then person. */
  readonly results: readonly CoverageResult[];
}

/** Results read at once, and groups judged at once, before others get the main thread. */
const RESULTS_AT_ONCE = 1_500;
const GROUPS_AT_ONCE = 100;

/** Null when there is no such run. Long runs are read in pieces, so that the main thread stays free. */
export async function readRun(read: Reader, runId: RunId): Promise<RunFacts | null> {
  const run = await findRun(read, runId);
  const known = await findRunRules(read, runId);
  if (run === null || known === null) return null;
  const judge = compileJudgement(known.team, known.rules, await listMigrations(read));
  const groups: RunGroup[] = [];
  for (const [at, row] of (await readGroups(read, runId)).entries()) {
    if (at % GROUPS_AT_ONCE === GROUPS_AT_ONCE - 1) await nextTurn();
    groups.push(judge({ ...row, key: row.groupKey }));
  }

  const asked = new Set((await listRunPeople(read, runId)).map((person) => person.personId));
  const people = known.team
    .filter((member) => asked.has(member.id))
    .map((member) => ({ personId: member.id, name: member.name, role: member.role }));
  return {
    run,
    rules: known.rules,
    groups: sortByName(groups),
    people,
    results: await readResults(read, runId),
  };
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

/** The same on every machine, whatever its language. Names are folded once: comparing is most of a sort. */
function sortByName(groups: readonly RunGroup[]): RunGroup[] {
  return groups
    .map((group) => ({ group, folded: foldName(group.name) }))
    .sort(
      (left, right) => compareText(left.folded, right.folded) || compareText(left.group.key, right.group.key),
    )
    .map(({ group }) => group);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
