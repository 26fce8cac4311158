import type { PhaseEnd } from "#main/jobs/job-kind.ts";
import { setPeopleEvidence, type RunGroupRow } from "#main/store/queries/coverage-evidence.ts";
import { updateRunConnection } from "#main/store/queries/coverage-runs.ts";
import type { Strategy, StrategyChoice } from "#shared/domain/coverage.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { PersonId } from "#shared/domain/ids.ts";
import { listingSpeaksFor } from "../policy/settle-presence.ts";
import { chooseStrategy, estimateCosts } from "../policy/strategy-cost.ts";
import { accountsOf } from "../policy/work-list.ts";
import {
  accountsHere,
  accountsWantedIn,
  DOUBTFUL,
  groupsHere,
  notePeople,
  peopleWantedBy,
  phaseOf,
  type SlackAudit,
} from "./connection-audit.ts";
import { readSightings } from "./evidence-reader.ts";
import { lookUpAccounts } from "./look-up-accounts.ts";
import { readListings } from "./read-listings.ts";
import { readRosters } from "./read-rosters.ts";

/**
 * Gathers the evidence for the groups that one Slack connection keeps, after they were listed: by the strategy kept in the
 * run, or decided now that the sizes are known. Null when everything was asked, otherwise what stopped it.
 */
export async function auditSlack(
  audit: SlackAudit,
  known: {
    readonly choice: StrategyChoice;
    readonly strategy: Strategy | null;
    readonly listedGroups: number;
  },
): Promise<Failure | null> {
  const groups = await groupsHere(audit);
  const people = peopleWantedBy(audit, groups);
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

async function auditByListings(audit: SlackAudit, people: ReadonlySet<PersonId>): Promise<Failure | null> {
  if (people.size === 0) return null;
  let asked = people;
  let groups: RunGroupRow[];
  for (;;) {
    const listings = await readListings(audit, accountsOf(asked, audit.accountIds));
    if (listings.stopped) return listings.stopped;
    groups = await groupsHere(audit);
    // A listing can name a group that the general one missed, and that group may ask for somebody new.
    const wanted = peopleWantedBy(audit, groups);
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

async function auditByRosters(audit: SlackAudit, groups: readonly RunGroupRow[]): Promise<Failure | null> {
  const asked = groups.filter((group) => accountsWantedIn(audit, group).size > 0);
  const rosters = await readRosters(audit, asked, "Reading members");
  if (rosters.stopped) return rosters.stopped;
  await markUnseenAsDoubtful(audit);
  const lookups = await lookUpAccounts(audit);
  return lookups.stopped;
}

/** Groups that a listing does not speak for, with somebody wanted who is alive as far as known and was not seen. */
async function groupsListingsCannotSettle(
  audit: SlackAudit,
  groups: readonly RunGroupRow[],
): Promise<RunGroupRow[]> {
  const seen = await readSightings(audit.read, audit.runId);
  const people = await accountsHere(audit);
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
async function markUnseenAsDoubtful(audit: SlackAudit): Promise<PhaseEnd> {
  const phase = phaseOf(audit, "unseen");
  await audit.job.addItems(phase, ["everybody"]);
  return audit.job.forEachItem(phase, { concurrency: 1 }, async () => {
    const seen = await readSightings(audit.read, audit.runId);
    // Whom another workspace knows may be unknown here.
    const here = new Set((await groupsHere(audit)).map(({ groupKey }) => groupKey));
    const seenHere = new Set(
      [...seen].flatMap(([groupKey, people]) => (here.has(groupKey) ? [...people] : [])),
    );
    const unseen = (await accountsHere(audit)).filter(
      (person) => person.userId !== "" && person.reason === null && !seenHere.has(person.personId),
    );
    const accounts = {
      runId: audit.runId,
      connectionId: audit.source.connectionId,
      userIds: unseen.map((person) => person.userId),
    };
    return { end: "done", save: (writer) => setPeopleEvidence(writer, accounts, { reason: DOUBTFUL }) };
  });
}

function decideStrategy(
  audit: SlackAudit,
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
