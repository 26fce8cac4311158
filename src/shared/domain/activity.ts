import { z } from "zod";
import { EpochMs } from "./ids.ts";

export const ActivityOutcome = z.enum(["done", "refused", "failed"]);
export type ActivityOutcome = z.infer<typeof ActivityOutcome>;

/** One line of the activity log. `hash` covers every other field and the previous line's hash. */
export const ActivityEntry = z.object({
  /** 1, 2, 3, … without gaps. */
  seq: z.number().int().positive(),
  atMs: EpochMs,
  /** Who: the operating-system user, or the part of Muster that acted by itself (`schedule`). */
  actor: z.string(),
  /** What, as `<family>.<verb>`: `connection.added`, `coverage.audit-started`. */
  action: z.string(),
  /** On what: an id or a name; null when the action has no single target. */
  target: z.string().nullable(),
  why: z.string().nullable(),
  outcome: ActivityOutcome,
  /** Further particulars; never a secret. */
  details: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});
export type ActivityEntry = z.infer<typeof ActivityEntry>;

/** What checking the whole chain found. */
export const ActivityVerification = z.discriminatedUnion("intact", [
  z.object({ intact: z.literal(true), entries: z.number().int() }),
  z.object({
    intact: z.literal(false),
    entries: z.number().int(),
    /** The first line that does not fit. */
    brokenAtSeq: z.number().int(),
    problem: z.enum(["edited", "missing", "reordered"]),
    explanation: z.string(),
  }),
]);
export type ActivityVerification = z.infer<typeof ActivityVerification>;
