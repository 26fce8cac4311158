import type { ItemEnd, JobItem, PhaseEnd } from "#main/jobs/job-kind.ts";
import {
  findRunGroup,
  listDenials,
  listSightingsOfGroup,
  type RunGroupRow,
  type RunPersonRow,
} from "#main/store/queries/coverage-evidence.ts";
import { GroupKey } from "#shared/domain/ids.ts";
import { type ChatEvidence, decideProof, type ProofStep } from "../policy/telegram-proof.ts";
import {
  accountsHere,
  accountsWantedIn,
  groupsHere,
  phaseOf,
  type TelegramAudit,
} from "../audit/connection-audit.ts";
import { isAdminOf } from "./asked-group.ts";
import { nextTurn } from "../audit/next-turn.ts";
import { askAboutPerson, askForFacts, askForMembers, type Asked } from "./proof-calls.ts";

/**
 * Groups being proven at once. Each kind of call is limited by itself, so many more are let in than one kind takes in a
 * window: while the calls of one kind wait for the next, those of another go on, and what is shared out is shared out by
 * the length of the queues.
 */
const GROUPS_AT_ONCE = 300;

/** Groups looked at before others get the main thread. */
const GROUPS_A_TURN = 50;

/** How many calls of a kind are under way or waiting for their turn. */
type Load = Record<"facts" | "roster" | "person", number>;

/**
 * Proves, group by group, the absences that are still open, each by the cheapest call that can (`decideProof`). Nothing
 * is planned ahead: what to ask next follows from what is stored, so a resumed job goes on where it was.
 */
export async function proveAbsences(audit: TelegramAudit, prefersRoster: boolean): Promise<PhaseEnd> {
  const phase = phaseOf(audit, "proofs");
  const { connectionId, allowances } = audit.source;
  const accounts = new Map((await accountsHere(audit)).map((account) => [account.userId, account]));
  const load: Load = { facts: 0, roster: 0, person: 0 };
  const open: string[] = [];
  for (const [at, group] of (await groupsHere(audit)).entries()) {
    const step = decideProof(await evidenceOf(audit, group, accounts), load, prefersRoster);
    if (step.ask !== "nothing") open.push(group.groupKey);
    if (at % GROUPS_A_TURN === GROUPS_A_TURN - 1) await nextTurn();
  }
  const rosters = allowances["members-of-group"].perMinute;
  audit.board.begin(connectionId, prefersRoster ? "Reading members" : "Checking what listings cannot show", {
    done: 0,
    total: open.length,
    perMinute: prefersRoster ? rosters : rosters + allowances["facts-of-group"].perMinute,
  });
  await audit.job.addItems(phase, open);
  const inTurn = createTurns();
  return audit.job.forEachItem(phase, { concurrency: GROUPS_AT_ONCE }, async (item) => {
    const proven = await proveGroup(audit, item, accounts, load, inTurn, prefersRoster);
    audit.board.advance(connectionId);
    return proven;
  });
}

async function proveGroup(
  audit: TelegramAudit,
  item: JobItem,
  accounts: Map<string, RunPersonRow>,
  load: Load,
  inTurn: InTurn,
  prefersRoster: boolean,
): Promise<ItemEnd> {
  for (;;) {
    const decided = await inTurn(async () => {
      const group = await findRunGroup(audit.read, audit.runId, GroupKey.parse(item.key));
      if (group === null) return null;
      const step = decideProof(await evidenceOf(audit, group, accounts), load, prefersRoster);
      if (step.ask === "nothing") return null;
      load[step.ask] += 1;
      return { group, step };
    });
    if (decided === null) return { end: "done" };
    const { group, step } = decided;
    try {
      const asked = await ask(audit, item, group, step);
      if (asked === "unknown-person") forget(accounts, step);
      else if (asked !== "asked") return asked;
    } finally {
      load[step.ask] -= 1;
    }
  }
}

/** One after the other, letting go of the main thread before each: hundreds of groups begin in the same moment. */
type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>;

function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(nextTurn).then(work);
    // Whoever asked for it hears of its failure; the next one only waits for its end.
    last = result.catch(() => undefined);
    return result;
  };
}

/** Nobody asks about this person again. */
function forget(accounts: Map<string, RunPersonRow>, step: ProofStep): void {
  if (step.ask === "person") accounts.delete(step.userId);
}

function ask(
  audit: TelegramAudit,
  item: JobItem,
  group: RunGroupRow,
  step: Exclude<ProofStep, { ask: "nothing" }>,
): Promise<Asked> {
  switch (step.ask) {
    case "facts":
      return askForFacts(audit, item, group);
    case "roster":
      return askForMembers(audit, item, group);
    case "person":
      return askAboutPerson(audit, item, group, step.userId);
  }
}

/**
 * What is stored of a group. People who were seen, by any account of theirs, are left out; so are accounts that cannot be
 * asked about.
 */
async function evidenceOf(
  audit: TelegramAudit,
  group: RunGroupRow,
  accounts: ReadonlyMap<string, RunPersonRow>,
): Promise<ChatEvidence> {
  const seen = new Set(await listSightingsOfGroup(audit.read, audit.runId, group.groupKey));
  const denials = await listDenials(audit.read, audit.runId, { groupKey: group.groupKey });
  const denied = new Set(denials.map(({ userId }) => userId));
  const listedUnseen: string[] = [];
  const unlistedUnseen: string[] = [];
  for (const [userId, personIds] of accountsWantedIn(audit, group)) {
    const account = accounts.get(userId);
    const isKnown = personIds.every((personId) => seen.has(personId)) || denied.has(userId);
    if (isKnown || account === undefined || account.reason !== null) continue;
    if (account.listingComplete) listedUnseen.push(userId);
    else unlistedUnseen.push(userId);
  }
  return {
    kind: group.kind ?? "supergroup",
    memberCount: group.memberCount,
    membersHidden: group.membersHidden,
    isAdmin: isAdminOf(group),
    rosterComplete: group.rosterComplete,
    gap: group.gap,
    unreadable: group.unreadable,
    listedUnseen,
    unlistedUnseen,
  };
}
