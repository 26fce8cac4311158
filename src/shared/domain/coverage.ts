import { z } from "zod";
import { Failure } from "./failure.ts";
import { Group } from "./group.ts";
import {
  CategoryId,
  ConnectionId,
  EpochMs,
  ExclusionId,
  GroupKey,
  JobId,
  PersonId,
  Platform,
  RunId,
} from "./ids.ts";
import { Progress, Wait } from "./job.ts";
import { PresenceKind, UnknownReason } from "./presence.ts";
import { RequirementLevel } from "./rules.ts";

/** `inverse` asks which groups a person is in; `roster` asks who is in a group. */
export const Strategy = z.enum(["inverse", "roster"]);
export type Strategy = z.infer<typeof Strategy>;

/** What the operator may ask for: `auto` takes the cheaper one. */
export const StrategyChoice = z.enum(["auto", ...Strategy.options]);
export type StrategyChoice = z.infer<typeof StrategyChoice>;

/** What one strategy would cost on one connection. */
export const StrategyCost = z.object({
  strategy: Strategy,
  calls: z.number().int().nonnegative(),
  /** Expected duration under the platform's published limits, in milliseconds. */
  durationMs: z.number().nonnegative(),
});
export type StrategyCost = z.infer<typeof StrategyCost>;

/**
 * Which of the extra facts about Telegram groups are read: `needed` reads a group's settings only where an absence has
 * to be proven or its category expects a visible history; `all` reads every group's.
 */
export const FactsChoice = z.enum(["needed", "all"]);
export type FactsChoice = z.infer<typeof FactsChoice>;

/** What an audit would do, shown before it starts. */
export const AuditPlan = z.object({
  connections: z.array(
    z.object({
      connectionId: ConnectionId,
      label: z.string(),
      /** Customer groups known from the last listing; null before the first one, when costs are a guess. */
      knownGroups: z.number().int().nonnegative().nullable(),
      people: z.number().int().nonnegative(),
      costs: z.array(StrategyCost),
      chosen: Strategy,
      /** What reading the settings of every group costs by itself; null where there is nothing to read (Slack). */
      allFacts: StrategyCost.omit({ strategy: true }).nullable(),
      /** Why this connection cannot be audited now; null when it can. */
      problem: Failure.nullable(),
    }),
  ),
  calls: z.number().int().nonnegative(),
  durationMs: z.number().nonnegative(),
});
export type AuditPlan = z.infer<typeof AuditPlan>;

/**
 * `waiting` sleeps (rate limit, network), `paused` needs the operator; `partial` ended with some groups unread;
 * the others are what they say.
 */
export const RunState = z.enum([
  "running",
  "waiting",
  "paused",
  "completed",
  "partial",
  "cancelled",
  "failed",
]);
export type RunState = z.infer<typeof RunState>;

export const RunTrigger = z.enum(["console", "command-line", "schedule"]);
export type RunTrigger = z.infer<typeof RunTrigger>;

/** One coverage audit and its totals. Totals count results, before exclusions. */
export const Run = z.object({
  id: RunId,
  jobId: JobId,
  state: RunState,
  trigger: RunTrigger,
  platforms: z.array(Platform),
  /** Null when connections used different strategies, or before it is decided. */
  strategy: Strategy.nullable(),
  /** The same by platform, without what is not decided; two of one platform where its connections differ. */
  strategies: z.array(z.object({ platform: Platform, strategy: Strategy })),
  startedAtMs: EpochMs,
  finishedAtMs: EpochMs.nullable(),
  calls: z.number().int().nonnegative(),
  waitedMs: z.number().nonnegative(),
  elapsedMs: z.number().nonnegative(),
  groups: z.number().int().nonnegative(),
  people: z.number().int().nonnegative(),
  present: z.number().int().nonnegative(),
  absent: z.number().int().nonnegative(),
  unknown: z.number().int().nonnegative(),
  failure: Failure.nullable(),
  isSandbox: z.boolean(),
});
export type Run = z.infer<typeof Run>;

/** One connection's part of a running audit. */
export const RunPart = z.object({
  connectionId: ConnectionId,
  platform: Platform,
  /** Null while nothing of it is at work: before its turn, and while it is parked. */
  phase: z.string().nullable(),
  /** Calls of the phase. */
  done: z.number().int().nonnegative(),
  /** Null while unknown. */
  total: z.number().int().nonnegative().nullable(),
  /** A short wait, or one so long that the rest goes on without it. */
  waiting: Wait.nullable(),
  /** What stopped it for good, or until the operator acts. */
  failure: Failure.nullable(),
});
export type RunPart = z.infer<typeof RunPart>;

/** A running audit as the progress stream shows it. */
export const RunProgress = z.object({
  runId: RunId,
  /** By connection id. */
  parts: z.array(RunPart),
  state: RunState,
  progress: Progress,
  calls: z.number().int(),
});
export type RunProgress = z.infer<typeof RunProgress>;

/** A group as one run saw it. */
export const RunGroup = Group.extend({
  categoryId: CategoryId.nullable(),
  categoryName: z.string().nullable(),
  /** The category asks for every active team member. */
  requiresFullTeam: z.boolean(),
  expectPrivate: z.boolean(),
  expectHistoryVisible: z.boolean(),
  expectAdminRight: z.boolean(),
  /** The group that Telegram turned into this one; what is known of it is known of this one. Null for most. */
  migratedFrom: GroupKey.nullable(),
  /** Deprecated terms found in the name. */
  deprecatedTerms: z.array(z.string()),
  /** What the name would be with every deprecated term replaced; null when none is in it. */
  suggestedName: z.string().nullable(),
  /** The members could not be read, and why; null when they could. */
  unreadable: Failure.nullable(),
});
export type RunGroup = z.infer<typeof RunGroup>;

/** A person as one run saw them. */
export const RunPerson = z.object({ personId: PersonId, name: z.string(), role: z.string().nullable() });
export type RunPerson = z.infer<typeof RunPerson>;

/** Is this person in this group? One for every group × required or optional person. */
export const CoverageResult = z.object({
  groupKey: GroupKey,
  personId: PersonId,
  level: RequirementLevel,
  presence: PresenceKind,
  /** Set exactly when presence is `unknown`. */
  reason: UnknownReason.nullable(),
});
export type CoverageResult = z.infer<typeof CoverageResult>;

export const FindingKind = z.enum([
  "missing-required",
  "missing-optional",
  "public-channel",
  "deprecated-name",
  "hidden-history",
  "no-admin-right",
  "archived",
  "not-readable",
]);
export type FindingKind = z.infer<typeof FindingKind>;

/** What an audit flags. `personId` is set for missing members only. */
export const Finding = z.object({
  kind: FindingKind,
  groupKey: GroupKey,
  personId: PersonId.nullable(),
});
export type Finding = z.infer<typeof Finding>;

/** An accepted gap. It counts until `expiresAtMs`, or for good when that is null. */
export const Exclusion = z.object({
  id: ExclusionId,
  groupKey: GroupKey,
  personId: PersonId,
  reason: z.string().trim().min(1).max(1_000),
  /** Who answers for it. */
  owner: z.string().trim().min(1).max(200),
  createdAtMs: EpochMs,
  expiresAtMs: EpochMs.nullable(),
});
export type Exclusion = z.infer<typeof Exclusion>;

/** A gap as it is shown: a missing member, and the exclusion that accepts it, if any. */
export const Gap = z.object({
  groupKey: GroupKey,
  groupName: z.string(),
  platform: Platform,
  personId: PersonId,
  personName: z.string(),
  level: RequirementLevel,
});
export type Gap = z.infer<typeof Gap>;

/** What changed. */
export const Changes = z.object({
  newGaps: z.array(Gap),
  closedGaps: z.array(Gap),
  newGroups: z.array(z.object({ groupKey: GroupKey, name: z.string() })),
  goneGroups: z.array(z.object({ groupKey: GroupKey, name: z.string() })),
  renamedGroups: z.array(z.object({ groupKey: GroupKey, before: z.string(), after: z.string() })),
});
export type Changes = z.infer<typeof Changes>;

/** What changed between two runs on the platforms that both of them read. `before` is the older one. */
export const RunComparison = Changes.extend({
  beforeRunId: RunId,
  afterRunId: RunId,
  /** Those that both runs read; nothing is said of the others. */
  platforms: z.array(Platform),
});
export type RunComparison = z.infer<typeof RunComparison>;
