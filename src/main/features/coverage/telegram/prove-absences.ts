import type { ItemEnd, JobItem, PhaseEnd } from "#main/jobs/job-kind.ts";
import { findRunGroup, type RunGroupRow, type RunPersonRow } from "#main/store/queries/coverage-evidence.ts";
import { GroupKey } from "#shared/domain/ids.ts";
import { accountsHere, groupsHere, phaseOf, type TelegramAudit } from "../audit/connection-audit.ts";
import { nextTurn } from "../audit/next-turn.ts";
import { planProof, type ProofKind } from "../policy/telegram-proof.ts";
import { evidenceOf } from "./chat-evidence.ts";
import { askAboutPerson, askForFacts, askForMembers, type Asked } from "./proof-calls.ts";
import { createProofDesk, type ProofDesk } from "./proof-desk.ts";

/**
 * Groups being proven at once: enough for every kind of call to choose from. Most of them wait at the desk until one has
 * room.
 */
const GROUPS_AT_ONCE = 300;

/** Groups looked at before others get the main thread. */
const GROUPS_A_TURN = 50;

/**
 * Proves, group by group, the absences that are still open (`planProof`), sharing the groups out among the kinds of call
 * (`chooseNext`). Nothing is planned ahead: what to ask next follows from what is stored, so a resumed job goes on where
 * it was.
 */
export async function proveAbsences(
  audit: TelegramAudit,
  prefersRoster: boolean,
  stage: "proofs" | "proofs-later" = "proofs",
): Promise<PhaseEnd> {
  const phase = phaseOf(audit, stage);
  const { connectionId, allowances } = audit.source;
  const accounts = new Map((await accountsHere(audit)).map((account) => [account.userId, account]));
  const open: { readonly key: string; readonly people: number }[] = [];
  for (const [at, group] of (await groupsHere(audit)).entries()) {
    const plan = planProof(await evidenceOf(audit, group, accounts), prefersRoster);
    if (plan !== null) open.push({ key: group.groupKey, people: plan.open });
    if (at % GROUPS_A_TURN === GROUPS_A_TURN - 1) await nextTurn();
  }
  const rosters = allowances["members-of-group"].perMinute;
  audit.board.begin(connectionId, prefersRoster ? "Reading members" : "Checking what listings cannot show", {
    done: 0,
    total: open.length,
    perMinute: prefersRoster ? rosters : rosters + allowances["facts-of-group"].perMinute,
  });
  await audit.job.addItems(
    phase,
    fromBothEnds(open.toSorted((left, right) => left.people - right.people)).map(({ key }) => key),
  );
  const desk = createProofDesk(audit.job.signal);
  const inTurn = createTurns();
  return audit.job.forEachItem(phase, { concurrency: GROUPS_AT_ONCE }, async (item) => {
    const proven = await proveGroup(audit, item, accounts, { desk, inTurn, prefersRoster });
    audit.board.advance(connectionId);
    return proven;
  });
}

/** First, last, second, last but one, …: those with few open people and those with many are always both at hand. */
function fromBothEnds<Item>(items: readonly Item[]): Item[] {
  const half = Math.ceil(items.length / 2);
  const last = items.slice(half).toReversed();
  return items.slice(0, half).flatMap((item, at) => [item, ...last.slice(at, at + 1)]);
}

async function proveGroup(
  audit: TelegramAudit,
  item: JobItem,
  accounts: Map<string, RunPersonRow>,
  work: { readonly desk: ProofDesk; readonly inTurn: InTurn; readonly prefersRoster: boolean },
): Promise<ItemEnd> {
  for (;;) {
    const known = await work.inTurn(async () => {
      const group = await findRunGroup(audit.read, audit.runId, GroupKey.parse(item.key));
      if (group === null) return null;
      const plan = planProof(await evidenceOf(audit, group, accounts), work.prefersRoster);
      return plan && { group, plan };
    });
    if (known === null) return { end: "done" };
    const { group, plan } = known;
    const kind = await work.desk.wait(plan);
    try {
      const asked = await ask(audit, item, group, { kind, userId: plan.userId });
      if (asked === "unknown-person") accounts.delete(plan.userId);
      else if (asked !== "asked") return asked;
    } finally {
      work.desk.leave(kind);
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

function ask(
  audit: TelegramAudit,
  item: JobItem,
  group: RunGroupRow,
  { kind, userId }: { readonly kind: ProofKind; readonly userId: string },
): Promise<Asked> {
  switch (kind) {
    case "facts":
      return askForFacts(audit, item, group);
    case "roster":
      return askForMembers(audit, item, group);
    case "person":
      return askAboutPerson(audit, item, group, userId);
  }
}
