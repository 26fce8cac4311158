import { z } from "zod";
import { RunState } from "./coverage.ts";
import { Failure } from "./failure.ts";
import { EpochMs, Platform, RunId } from "./ids.ts";

/** The audits that can be started by the clock: one a platform. */
export const ScheduleId = z.enum(["slack-audit", "telegram-audit"]);
export type ScheduleId = z.infer<typeof ScheduleId>;

/** When it runs: five cron fields, read in an IANA time zone. */
export const ScheduleRule = z.object({
  cron: z.string().trim().min(1).max(200),
  timeZone: z.string().trim().min(1).max(100),
  enabled: z.boolean(),
});
export type ScheduleRule = z.infer<typeof ScheduleRule>;

/**
 * What became of one turn: `started` has a run; `skipped` found the run of an earlier turn unfinished; `failed` could
 * start none. `starting` has not come that far yet.
 */
export const TurnOutcome = z.enum(["starting", "started", "skipped", "failed"]);
export type TurnOutcome = z.infer<typeof TurnOutcome>;

/** One time that a schedule came due. */
export const ScheduleTurn = z.object({
  /** When it should have begun; the last of them when several were missed. */
  dueAtMs: EpochMs,
  atMs: EpochMs,
  /** Times before `dueAtMs` that passed without a run, because the computer slept or Muster was closed. */
  missed: z.number().int().nonnegative(),
  /** It began more than a minute after `dueAtMs`. */
  isLate: z.boolean(),
  outcome: TurnOutcome,
  /** The run it started, or the one that it left alone. */
  runId: RunId.nullable(),
  /** Null without a run, and when the run was removed. */
  runState: RunState.nullable(),
  /** Why no run could be started, or what stopped the run. */
  failure: Failure.nullable(),
});
export type ScheduleTurn = z.infer<typeof ScheduleTurn>;

export const AuditSchedule = ScheduleRule.extend({
  id: ScheduleId,
  platform: Platform,
  /** Null while it is off, and for a rule that never comes due. */
  nextAtMs: EpochMs.nullable(),
  /** The last 20, newest first. */
  turns: z.array(ScheduleTurn),
});
export type AuditSchedule = z.infer<typeof AuditSchedule>;
