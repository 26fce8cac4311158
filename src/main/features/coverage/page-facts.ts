import { listExclusions } from "#main/store/queries/coverage-exclusions.ts";
import { listMigrations, listRunPeople } from "#main/store/queries/coverage-evidence.ts";
import { findRun, findRunRules } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { Exclusion, Run, RunGroup, RunPerson } from "#shared/domain/coverage.ts";
import type { GroupKey, RunId } from "#shared/domain/ids.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { exclusionsInEffect, type FindExclusion } from "./policy/exclusions-in-effect.ts";
import { compileJudgement, type StoredGroup } from "./policy/judged-group.ts";

/** What the pages of people and groups need of a run besides its results. */
export interface PageFacts {
  readonly run: Run;
  /** Those asked about, in the team's order. */
  readonly people: readonly RunPerson[];
  readonly judge: (stored: StoredGroup) => RunGroup;
  /** Expired ones too. */
  readonly exclusions: readonly Exclusion[];
  readonly findExclusion: FindExclusion;
  /** By a group's key, the one it had before. */
  readonly migrations: ReadonlyMap<GroupKey, GroupKey>;
}

/** Null when there is no such run. Exclusions count as of `nowMs`. */
export async function readPageFacts(read: Reader, runId: RunId, nowMs: EpochMs): Promise<PageFacts | null> {
  const run = await findRun(read, runId);
  const known = await findRunRules(read, runId);
  if (run === null || known === null) return null;
  const migrations = await listMigrations(read);
  const exclusions = await listExclusions(read);
  const asked = new Set((await listRunPeople(read, runId)).map(({ personId }) => personId));
  return {
    run,
    people: known.team
      .filter(({ id }) => asked.has(id))
      .map(({ id, name, role }) => ({ personId: id, name, role })),
    judge: compileJudgement(known.team, known.rules, migrations),
    exclusions,
    findExclusion: exclusionsInEffect(exclusions, nowMs, migrations),
    migrations,
  };
}
