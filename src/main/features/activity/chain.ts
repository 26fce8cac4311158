import { createHash } from "node:crypto";
import type { ActivityEntry } from "#shared/domain/activity.ts";
import { canonicalJson } from "#shared/lib/canonical-json.ts";

/** Everything a line's hash covers. */
export type ActivityFacts = Omit<ActivityEntry, "hash">;

/** What the first line names as the hash of the line before it. */
export const FIRST_PREVIOUS_HASH = "0".repeat(64);

/** The setting that remembers the last line's number and hash, so that cutting the end of the log off shows. */
export const ACTIVITY_HEAD = "activity.head";

/** SHA-256 over the canonical JSON of every field and the previous line's hash, in hex. */
export function hashActivity(facts: ActivityFacts): string {
  const { seq, atMs, actor, action, target, why, outcome, details, previousHash } = facts;
  const covered = { seq, atMs, actor, action, target, why, outcome, details, previousHash };
  return createHash("sha256").update(canonicalJson(covered)).digest("hex");
}
