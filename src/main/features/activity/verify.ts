import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import {
  type ActivityRow,
  getLastActivitySeq,
  hasActivityFollowing,
  listActivityChain,
} from "#main/store/queries/activity.ts";
import { findSetting } from "#main/store/queries/settings.ts";
import type { Reader } from "#main/store/store.ts";
import type { ActivityVerification } from "#shared/domain/activity.ts";
import { ACTIVITY_HEAD, FIRST_PREVIOUS_HASH, hashActivity } from "./chain.ts";

type Problem = Extract<ActivityVerification, { intact: false }>;

/** Lines between two turns of the event loop: a few milliseconds. */
const CHUNK = 250;

const Head = z.object({ seq: z.number().int().positive(), hash: z.string() });

/**
 * Checks that every line hashes to its hash, follows the line before it, and that the last one is the last one ever
 * written. Names the first line that does not fit and tells an edited, a removed and a reordered line apart.
 *
 * What this proves: a change by anybody who does not also recompute every later hash and the remembered end of the
 * log. Somebody with write access to the file and our source can forge a whole chain; against that only a copy of a
 * hash kept elsewhere helps.
 */
export async function verifyChain(db: Reader): Promise<ActivityVerification> {
  // In this order: lines written meanwhile raise the head, so an honest log never ends after it.
  const lastSeq = await getLastActivitySeq(db);
  const head = Head.safeParse(await findSetting(db, ACTIVITY_HEAD)).data ?? null;
  if (head === null) return verifyWithoutHead(lastSeq);

  let seq = 0;
  let previousHash = FIRST_PREVIOUS_HASH;
  while (seq < head.seq) {
    const rows = await listActivityChain(db, { afterSeq: seq, untilSeq: head.seq, limit: CHUNK });
    for (const row of rows) {
      const problem = await findProblem(db, row, { seq: seq + 1, previousHash, lastSeq });
      if (problem !== null) return problem;
      ({ seq, hash: previousHash } = row);
    }
    if (rows.length === 0) break;
    await nextTurn();
  }
  if (seq < head.seq) {
    return broken(
      lastSeq,
      seq + 1,
      await missingOrMoved(db, previousHash),
      "The log ends before its last line.",
    );
  }
  if (previousHash !== head.hash) return broken(lastSeq, seq, "edited", "The last line was replaced.");
  if (lastSeq > head.seq) {
    return broken(lastSeq, head.seq + 1, "edited", "Lines were added that Muster did not write.");
  }
  return { intact: true, entries: seq };
}

function verifyWithoutHead(lastSeq: number): ActivityVerification {
  if (lastSeq === 0) return { intact: true, entries: 0 };
  return broken(
    lastSeq,
    lastSeq,
    "edited",
    "The remembered end of the log is gone, so its end cannot be checked.",
  );
}

async function findProblem(
  db: Reader,
  row: ActivityRow,
  expected: { readonly seq: number; readonly previousHash: string; readonly lastSeq: number },
): Promise<Problem | null> {
  const { seq, previousHash, lastSeq } = expected;
  if (row.seq !== seq) {
    const problem = await missingOrMoved(db, previousHash);
    return broken(lastSeq, seq, problem, `Line ${seq} is not in its place.`);
  }
  if (!fitsHash(row, row.seq)) {
    if (!(await isFromAnotherPlace(row, lastSeq))) {
      return broken(lastSeq, seq, "edited", `Line ${seq} is not what was written.`);
    }
    const problem = await missingOrMoved(db, previousHash);
    return broken(lastSeq, seq, problem, `Another line stands in the place of line ${seq}.`);
  }
  if (row.previousHash !== previousHash) {
    // The line itself is whole, so the one before it was replaced together with its hash.
    const replaced = Math.max(1, seq - 1);
    return broken(lastSeq, replaced, "edited", `Line ${replaced} is not the one that line ${seq} follows.`);
  }
  return null;
}

/** The line that belongs here names its predecessor: it lies elsewhere, or is gone. */
async function missingOrMoved(db: Reader, previousHash: string): Promise<"missing" | "reordered"> {
  return (await hasActivityFollowing(db, previousHash)) ? "reordered" : "missing";
}

/** A line that was only renumbered still hashes right with the number it was written under. */
async function isFromAnotherPlace(row: ActivityRow, lastSeq: number): Promise<boolean> {
  for (let seq = 1; seq <= lastSeq + 1; seq += 1) {
    if (fitsHash(row, seq)) return true;
    if (seq % CHUNK === 0) await nextTurn();
  }
  return false;
}

function fitsHash({ hash, details, ...row }: ActivityRow, seq: number): boolean {
  try {
    const parsed = JSON.parse(details) as Record<string, unknown>;
    return hashActivity({ ...row, seq, details: parsed }) === hash;
  } catch {
    return false;
  }
}

function broken(
  entries: number,
  brokenAtSeq: number,
  problem: Problem["problem"],
  explanation: string,
): Problem {
  return { intact: false, entries, brokenAtSeq, problem, explanation };
}
