import { deleteResults, insertResults } from "#main/store/queries/coverage-results.ts";
import { listRunPeople, type RunGroupRow, type RunPersonRow } from "#main/store/queries/coverage-evidence.ts";
import { findRunRules, listRunConnections } from "#main/store/queries/coverage-runs.ts";
import type { Writer } from "#main/store/store.ts";
import type { CoverageResult } from "#shared/domain/coverage.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import { resolveRequirements } from "../policy/requirements.ts";
import { type AccountEvidence, settlePresence } from "../policy/settle-presence.ts";
import { readDenials, readGroups, readSightings } from "./evidence-reader.ts";
import { nextTurn } from "./next-turn.ts";

/** What the evidence of a run came to. */
export interface SettledRun {
  readonly groups: number;
  readonly people: number;
  readonly present: number;
  readonly absent: number;
  readonly unknown: number;
  /** Of the groups that are not archived. */
  readonly requiredTotal: number;
  readonly requiredPresent: number;
  /** Nothing that was to be read is unread. */
  readonly isComplete: boolean;
  /** No connection could list a single group. */
  readonly sawNothing: boolean;
  /** What stopped a whole connection, if anything did. */
  readonly failure: Failure | null;
}

/** Results written at once; a chunk takes a few milliseconds, and the main thread is let go after each. */
const RESULTS_AT_ONCE = 200;

/**
 * Settles every group × wanted person from the evidence, and replaces the run's results with that. Safe to repeat:
 * the same evidence gives the same rows. Null when the run was removed meanwhile.
 */
export async function settleRun(writer: Writer, runId: RunId): Promise<SettledRun | null> {
  const known = await findRunRules(writer, runId);
  if (known === null) return null;
  const parts = await listRunConnections(writer, runId);
  const groups = await readGroups(writer, runId);
  const sightings = await readSightings(writer, runId);
  const people = await listRunPeople(writer, runId);
  const evidenceOf = indexAccounts(people, await readDenials(writer, runId));
  const wantedByCategory = new Map(
    known.rules.categories.map((category) => [category.id, resolveRequirements(category, known.team)]),
  );

  await deleteResults(writer, runId);
  const totals = { present: 0, absent: 0, unknown: 0, requiredTotal: 0, requiredPresent: 0 };
  let notReached = 0;
  let chunk: CoverageResult[] = [];
  for (const group of groups) {
    const wanted = group.categoryId === null ? undefined : wantedByCategory.get(group.categoryId);
    for (const [personId, level] of wanted ?? []) {
      const isSighted = sightings.get(group.groupKey)?.has(personId) ?? false;
      const accounts = evidenceOf(group, personId);
      const settled = settlePresence(isSighted, group, accounts);
      totals[settled.presence] += 1;
      if (settled.reason === "not-reached") notReached += 1;
      if (level === "required" && !group.isArchived) {
        totals.requiredTotal += 1;
        if (settled.presence === "present") totals.requiredPresent += 1;
      }
      chunk.push({ groupKey: group.groupKey, personId, level, ...settled });
    }
    if (chunk.length >= RESULTS_AT_ONCE) {
      await insertInChunks(writer, runId, chunk);
      chunk = [];
    }
  }
  await insertInChunks(writer, runId, chunk);

  const wantedPeople = new Set(people.map((person) => person.personId));
  return {
    ...totals,
    groups: groups.length,
    people: wantedPeople.size,
    isComplete:
      notReached === 0 &&
      parts.every((part) => part.listingComplete && part.failure === null) &&
      // Members that a group shows to its admins only are a gap in what can be known, not work left undone.
      groups.every((group) => group.unreadable === null || group.gap === "members-hidden") &&
      // That an account does not exist, or was never met, is an answer; it may come with where its username went.
      people.every(
        ({ failure: why, reason }) => why === null || reason === "identity-not-found" || reason === "not-met",
      ),
    sawNothing: groups.length === 0 && parts.every((part) => !part.listingComplete),
    failure: parts.find((part) => part.failure !== null)?.failure ?? null,
  };
}

async function insertInChunks(
  writer: Writer,
  runId: RunId,
  results: readonly CoverageResult[],
): Promise<void> {
  for (let at = 0; at < results.length; at += RESULTS_AT_ONCE) {
    await insertResults(writer, runId, results.slice(at, at + RESULTS_AT_ONCE));
    await nextTurn();
  }
}

function indexAccounts(
  people: readonly RunPersonRow[],
  denials: ReadonlyMap<GroupKey, ReadonlySet<string>>,
): (group: RunGroupRow, personId: PersonId) => AccountEvidence[] {
  const byPlace = Map.groupBy(people, (person) => `${person.connectionId}\n${person.personId}`);
  return ({ connectionId, groupKey }, personId) => {
    const denied = denials.get(groupKey);
    return (byPlace.get(`${connectionId}\n${personId}`) ?? []).map(({ userId, listingComplete, reason }) => {
      return { userId, listingComplete, reason, isDenied: denied?.has(userId) ?? false };
    });
  };
}
