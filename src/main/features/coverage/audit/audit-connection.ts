import type { PhaseEnd } from "#main/jobs/job-kind.ts";
import {
  insertPeople,
  listRunPeople,
  setPeopleEvidence,
  type RunGroupRow,
} from "#main/store/queries/coverage-evidence.ts";
import { updateRunConnection } from "#main/store/queries/coverage-runs.ts";
import type { Strategy, StrategyChoice } from "#shared/domain/coverage.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import { listingSpeaksFor } from "../policy/settle-presence.ts";
import { chooseStrategy, estimateCosts } from "../policy/strategy-cost.ts";
import { accountsOf, peopleWantedIn } from "../policy/work-list.ts";
import { DOUBTFUL, phaseOf, type ConnectionAudit } from "./connection-audit.ts";
import { readGroups, readSightings } from "./evidence-reader.ts";
import { lookUpAccounts } from "./look-up-accounts.ts";
import { readListings } from "./read-listings.ts";
import { accountsWantedIn, readRosters } from "./read-rosters.ts";

/**
 * Gathers the evidence for the groups that one connection keeps, after they were listed: by the strategy kept in the
 * run, or decided now that the sizes are known. Null when everything was asked, otherwise what stopped it.
 */
export async function auditConnection(
  audit: ConnectionAudit,
  known: {
    readonly choice: StrategyChoice;
    readonly strategy: Strategy | null;
    readonly listedGroups: number;
  },
): Promise<Failure | null> {
  const groups = await groupsOf(audit);
  const people = wantedIn(audit, groups);
  const strategy = known.strategy ?? decideStrategy(audit, groups, people, known);
  await audit.job.save((writer) =>
    updateRunConnection(writer, audit.runId, audit.source.connectionId, { strategy }),
  );
  await notePeople(audit, people);
  const stopped =
    strategy === "inverse" ? await auditByListings(audit, people) : await auditByRosters(audit, groups);
  audit.board.begin(audit.source.connectionId, "Settling results", { done: 0, total: null, perMinute: 1 });
  return stopped;
}

/** The people to be asked about, before they are: whoever is not reached is still named in the results. */
async function notePeople(audit: ConnectionAudit, people: ReadonlySet<PersonId>): Promise<void> {
  const { runId, source } = audit;
  await audit.job.save((writer) =>
    insertPeople(
      writer,
      [...people].map((personId) => {
        const userId = audit.accountIds.get(personId) ?? null;
        const reason = userId === null ? ("no-identity" as const) : null;
        return {
          runId,
          connectionId: source.connectionId,
          personId,
          userId,
          listingComplete: false,
          reason,
          failure: null,
        };
      }),
    ),
  );
}

async function auditByListings(
  audit: ConnectionAudit,
  people: ReadonlySet<PersonId>,
): Promise<Failure | null> {
  if (people.size === 0) return null;
  let asked = people;
  let groups: RunGroupRow[];
  for (;;) {
    const listings = await readListings(audit, accountsOf(asked, audit.accountIds));
    if (listings.stopped) return listings.stopped;
    groups = await groupsOf(audit);
    // A listing can name a group that the general one missed, and that group may ask for somebody new.
    const wanted = wantedIn(audit, groups);
    if (wanted.size === asked.size) break;
    await notePeople(audit, wanted);
    asked = wanted;
  }
  const lookups = await lookUpAccounts(audit);
  if (lookups.stopped) return lookups.stopped;
  const unproven = await groupsListingsCannotSettle(audit, groups);
  const rosters = await readRosters(audit, unproven, "Checking what listings cannot show");
  return rosters.stopped;
}

async function auditByRosters(
  audit: ConnectionAudit,
  groups: readonly RunGroupRow[],
): Promise<Failure | null> {
  const asked = groups.filter((group) => accountsWantedIn(audit, group).size > 0);
  const rosters = await readRosters(audit, asked, "Reading members");
  if (rosters.stopped) return rosters.stopped;
  await markUnseenAsDoubtful(audit);
  const lookups = await lookUpAccounts(audit);
  return lookups.stopped;
}

/** Groups that a listing does not speak for, with somebody wanted who is alive as far as known and was not seen. */
async function groupsListingsCannotSettle(
  audit: ConnectionAudit,
  groups: readonly RunGroupRow[],
): Promise<RunGroupRow[]> {
  const seen = await readSightings(audit.read, audit.runId);
  const people = await peopleHere(audit);
  const settled = new Set(people.filter((person) => person.reason !== null).map((person) => person.personId));
  return groups.filter((group) => {
    if (group.rosterComplete || listingSpeaksFor(group)) return false;
    const sightings = seen.get(group.groupKey);
    const wanted = [...accountsWantedIn(audit, group).values()].flat();
    return wanted.some((personId) => !settled.has(personId) && !sightings?.has(personId));
  });
}

/**
 * In a roster audit, people whom no roster named may be people whose recorded id is wrong. An item of its own, so that
 * a resumed job does not doubt again whom it has looked up.
 */
async function markUnseenAsDoubtful(audit: ConnectionAudit): Promise<PhaseEnd> {
  const phase = phaseOf(audit, "unseen");
  await audit.job.addItems(phase, ["everybody"]);
  return audit.job.forEachItem(phase, { concurrency: 1 }, async () => {
    const seen = await readSightings(audit.read, audit.runId);
    const seenAnywhere = new Set([...seen.values()].flatMap((people) => [...people]));
    const unseen = (await peopleHere(audit)).filter(
      (person) => person.userId !== null && person.reason === null && !seenAnywhere.has(person.personId),
    );
    const people = {
      runId: audit.runId,
      connectionId: audit.source.connectionId,
      personIds: unseen.map((person) => person.personId),
    };
    return { end: "done", save: (writer) => setPeopleEvidence(writer, people, { reason: DOUBTFUL }) };
  });
}

function wantedIn(audit: ConnectionAudit, groups: readonly RunGroupRow[]): Set<PersonId> {
  return peopleWantedIn(
    groups.map((group) => group.categoryId),
    audit.wanted,
  );
}

function decideStrategy(
  audit: ConnectionAudit,
  groups: readonly RunGroupRow[],
  people: ReadonlySet<PersonId>,
  known: { readonly choice: StrategyChoice; readonly listedGroups: number },
): Strategy {
  const asked = groups.filter((group) => accountsWantedIn(audit, group).size > 0);
  const costs = estimateCosts(
    {
      listedGroups: known.listedGroups,
      groupSizes: asked.map((group) => group.memberCount),
      accounts: accountsOf(people, audit.accountIds).size,
      // Which shared groups listings do name is not known before they are read; as a rule they do.
      unprovableGroupSizes: [],
    },
    audit.source.allowances,
  );
  return chooseStrategy(known.choice, costs);
}

async function peopleHere(audit: ConnectionAudit) {
  const people = await listRunPeople(audit.read, audit.runId);
  return people.filter((person) => person.connectionId === audit.source.connectionId);
}

async function groupsOf(audit: ConnectionAudit): Promise<RunGroupRow[]> {
  const groups = await readGroups(audit.read, audit.runId);
  return groups.filter((group) => group.connectionId === audit.source.connectionId);
}
