import { z } from "zod";
import { Gap } from "./coverage.ts";
import { Failure } from "./failure.ts";
import { EpochMs, RunId } from "./ids.ts";

/** What a run found since the last one that can be compared with it: the content of one message. */
export const Digest = z.object({
  runId: RunId,
  atMs: EpochMs,
  /** Nothing to compare with: every gap is new. */
  isFirst: z.boolean(),
  /** All gaps there are now that nobody accepted, new ones included. */
  openGaps: z.number().int().nonnegative(),
  groups: z.number().int().nonnegative(),
  newGaps: z.array(Gap),
  closedGaps: z.array(Gap),
  newGroups: z.array(z.string()),
  renamedGroups: z.array(z.object({ before: z.string(), after: z.string() })),
});
export type Digest = z.infer<typeof Digest>;

/** A scheduled run that did not get through. */
export const FailureNews = z.object({
  runId: RunId,
  atMs: EpochMs,
  state: z.enum(["paused", "failed"]),
  failure: Failure.nullable(),
});
export type FailureNews = z.infer<typeof FailureNews>;
