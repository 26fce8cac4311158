import type { RunGroupRow } from "#main/store/queries/coverage-evidence.ts";
import { accountsHere, groupsHere, saveUsage, type TelegramAudit } from "../audit/connection-audit.ts";
import { readDenials, readSightings } from "../audit/evidence-reader.ts";
import { nextTurn } from "../audit/next-turn.ts";
import { decideOnFailure, type FailureVerdict } from "../policy/read-failure.ts";
import { planProof } from "../policy/telegram-proof.ts";
import { askedGroup } from "./asked-group.ts";
import { chatEvidence } from "./chat-evidence.ts";
import { saveFacts } from "./read-facts.ts";

/** As many as the session makes at once. */
const AT_ONCE = 4;

/** Groups looked at before others get the main thread. */
const GROUPS_A_TURN = 50;

/** While listings are read: where it is told that there may be more to know. */
export interface Listening {
  /** Called after each page. */
  heard(): void;
  /** Resolves when there may be more. */
  next(): Promise<void>;
}

export function createListening(): Listening {
  let waiting = Promise.withResolvers<void>();
  return {
    heard() {
      waiting.resolve();
      waiting = Promise.withResolvers();
    },
    next: () => waiting.promise,
  };
}

/**
 * Reads descriptions while the groups of people are being listed, which are calls of another kind: those of the groups
 * in which several people are already known to be open, which need one whatever the other listings say. The more are open,
 * the sooner. Ends when `listed` aborts; what could not be read is left to the proofs, which
 * know what to do about it.
 */
export async function describeAhead(
  audit: TelegramAudit,
  listening: Listening,
  listed: AbortSignal,
): Promise<void> {
  const over = whenAborted(listed);
  const tried = new Set<string>();
  let heap: readonly RunGroupRow[] = [];
  let knownListings = 0;
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const accounts = await accountsHere(audit);
    const listings = accounts.filter((account) => account.listingComplete).length;
    if (listings === knownListings) return;
    knownListings = listings;
    heap = await groupsToDescribe(audit);
  }

  async function next(): Promise<RunGroupRow | null> {
    while (!listed.aborted) {
      looking ??= look().finally(() => (looking = null));
      await looking;
      const group = heap.find(({ groupKey }) => !tried.has(groupKey));
      if (group !== undefined) {
        tried.add(group.groupKey);
        return group;
      }
      await Promise.race([listening.next(), over]);
    }
    return null;
  }

  async function work(): Promise<void> {
    for (let group = await next(); group !== null; group = await next()) {
      if (!(await describe(audit, group, listed))) return;
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** What is not about the one group that was asked about. */
const STOPS: ReadonlySet<FailureVerdict> = new Set(["sign-in", "park", "wait"]);

/** False when nothing more should be asked: the listings are over, or the platform answers nothing at present. */
async function describe(audit: TelegramAudit, group: RunGroupRow, listed: AbortSignal): Promise<boolean> {
  try {
    const facts = await audit.source.fetchFacts({ group: askedGroup(group), signal: listed });
    if (!facts.ok) return !STOPS.has(decideOnFailure(facts.error, 1));
    await audit.job.save(async (writer) => {
      await saveFacts(audit, writer, group, facts.value);
      await saveUsage(audit, writer);
    });
    return true;
  } catch (error) {
    if (listed.aborted) return false;
    throw error;
  }
}

/** Groups in which several people whose listings were read are open, those with the most of them first. */
async function groupsToDescribe(audit: TelegramAudit): Promise<RunGroupRow[]> {
  const accounts = new Map(
    (await accountsHere(audit))
      // The listings of the others may still name the group.
      .filter((account) => account.listingComplete)
      .map((account) => [account.userId, account]),
  );
  const sightings = await readSightings(audit.read, audit.runId);
  const denials = await readDenials(audit.read, audit.runId);
  const plans: { readonly group: RunGroupRow; readonly open: number }[] = [];
  for (const [at, group] of (await groupsHere(audit)).entries()) {
    const seen = sightings.get(group.groupKey) ?? new Set();
    const denied = denials.get(group.groupKey) ?? new Set();
    const evidence = chatEvidence(audit, group, accounts, { seen, denied });
    // Of one open person alone it is not known yet whether asking about them will be enough.
    const plan = planProof(evidence, false);
    if (plan !== null && plan.by.includes("facts")) plans.push({ group, open: plan.open });
    if (at % GROUPS_A_TURN === GROUPS_A_TURN - 1) await nextTurn();
  }
  return plans.toSorted((left, right) => right.open - left.open).map(({ group }) => group);
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
