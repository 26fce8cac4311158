import { countUnknownByReason } from "#main/store/queries/coverage-results.ts";
import { listMigrations, listRunPeople } from "#main/store/queries/coverage-evidence.ts";
import { findRunRules, listRunConnections, listRuns } from "#main/store/queries/coverage-runs.ts";
import type { Reader } from "#main/store/store.ts";
import type { RunDetail } from "#shared/contract/coverage.ts";
import type { Run } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { readGroups } from "./audit/evidence-reader.ts";
import { compileJudgement } from "./policy/judged-group.ts";
import { listNewestRuns } from "./newest-runs.ts";
import { RUNS_WITH_RESULTS } from "./run-states.ts";

/** Null when the run is gone. Problems of whole connections come first, then those of people, then of groups. */
export async function readRunDetail(read: Reader, run: Run): Promise<RunDetail | null> {
  const known = await findRunRules(read, run.id);
  if (known === null) return null;
  const judge = compileJudgement(known.team, known.rules, await listMigrations(read));
  const unreadable = (await readGroups(read, run.id))
    .filter((row) => row.unreadable !== null)
    .map((row) => judge({ ...row, key: row.groupKey }));
  const connections = await listRunConnections(read, run.id);
  const evidence = await listRunPeople(read, run.id);
  const asked = new Set(evidence.map((person) => person.personId));
  const names = new Map(known.team.map((member) => [member.id, member.name]));
  const reasons = await countUnknownByReason(read, run.id);
  return {
    run,
    people: known.team
      .filter((member) => asked.has(member.id))
      .map((member) => ({ personId: member.id, name: member.name, role: member.role })),
    unreadable,
    unknownByReason: Object.fromEntries(reasons.map(({ reason, count }) => [reason, count])),
    problems: [
      ...connections.flatMap(({ connectionId: item, failure }) => (failure ? [{ item, failure }] : [])),
      ...evidence.flatMap(({ personId, failure }) =>
        failure ? [{ item: names.get(personId) ?? personId, failure }] : [],
      ),
      ...unreadable.flatMap(({ name: item, unreadable: failure }) => (failure ? [{ item, failure }] : [])),
    ],
    previousRunId: await findPreviousRun(read, run),
  };
}

/** How many runs are looked through for one that read the same platforms. */
const LOOKED_THROUGH = 100;

/**
 * The newest earlier run with results that read every platform of this one, so that all of it can be compared; where
 * there is none, the newest that read one of them. Null without either.
 */
async function findPreviousRun(read: Reader, run: Run): Promise<RunId | null> {
  const earlier = await listRuns(read, { before: run, limit: LOOKED_THROUGH, states: RUNS_WITH_RESULTS });
  const same = earlier.find(({ platforms }) =>
    run.platforms.every((platform) => platforms.includes(platform)),
  );
  if (same) return same.id;
  const some = await listNewestRuns(read, { before: run, platforms: run.platforms });
  const [newest] = some.toSorted((left, right) => right.run.startedAtMs - left.run.startedAtMs);
  return newest?.run.id ?? null;
}
