import { z } from "zod";
import { Failure } from "./failure.ts";
import { TelegramGroupKind } from "./group.ts";
import { CategoryId, ConnectionId, EpochMs, GroupKey, PersonId, Platform } from "./ids.ts";
import { Wait } from "./job.ts";

export const OperationId = z.string().min(1).max(200).brand<"OperationId">();
export type OperationId = z.infer<typeof OperationId>;

/** What an operation changes. `message` changes nothing but sends, under the same rules. */
export const OperationKind = z.enum(["add", "remove", "rename", "history", "create", "message"]);
export type OperationKind = z.infer<typeof OperationKind>;

/** What one step does. `describe` sets topic or description, `welcome` posts a message and pins it. */
export const StepAction = z.enum([
  "add",
  "remove",
  "rename",
  "show-history",
  "hide-history",
  "create",
  "describe",
  "welcome",
  "send",
]);
export type StepAction = z.infer<typeof StepAction>;

/**
 * Where an operation stands. `planning` reads how things are; `planned` shows what would be done and waits for the
 * operator; `awaiting-approval` was confirmed and needs somebody else's word; `waiting` sleeps until a known time,
 * `paused` needs the operator. The rest are ends: `partial` did not do everything it was to do.
 */
export const OperationState = z.enum([
  "planning",
  "planned",
  "awaiting-approval",
  "running",
  "waiting",
  "paused",
  "done",
  "partial",
  "cancelled",
  "failed",
]);
export type OperationState = z.infer<typeof OperationState>;

/**
 * What became, or is to become, of one step. Before the run: `planned`, `already-so`, `refused` (known beforehand).
 * `acting` was begun and its end is not known yet: it is settled by reading. After the run: `done` (by this operation,
 * and by nobody else), `already-so`, `refused` (the platform said no, for this target), `failed` (gave up), `unclear`
 * (nothing can tell whether it was done), `skipped` (left out, or cancelled before its turn).
 */
export const StepState = z.enum([
  "planned",
  "acting",
  "done",
  "already-so",
  "refused",
  "failed",
  "unclear",
  "skipped",
]);
export type StepState = z.infer<typeof StepState>;

/** Whom a request is about. */
export const PeopleChoice = z.discriminatedUnion("by", [
  z.object({ by: z.literal("person"), personIds: z.array(PersonId).min(1).max(1_000) }),
  z.object({ by: z.literal("role"), role: z.string().trim().min(1).max(100) }),
  z.object({ by: z.literal("everyone") }),
]);
export type PeopleChoice = z.infer<typeof PeopleChoice>;

/** Which groups a request is about. `all` are the customer groups of the newest run of each platform. */
export const GroupsChoice = z.discriminatedUnion("by", [
  z.object({ by: z.literal("key"), groupKeys: z.array(GroupKey).min(1).max(5_000) }),
  z.object({ by: z.literal("category"), categoryIds: z.array(CategoryId).min(1).max(200) }),
  z.object({ by: z.literal("all") }),
]);
export type GroupsChoice = z.infer<typeof GroupsChoice>;

/**
 * Who is to be where. `pair` is what was selected in the matrix; `cross` every person in every group; `gap` the proven
 * absences of the newest results, of required members only unless `optional` is asked for too.
 */
export const Targets = z.discriminatedUnion("by", [
  z.object({
    by: z.literal("pair"),
    pairs: z
      .array(z.object({ groupKey: GroupKey, personId: PersonId }))
      .min(1)
      .max(60_000),
  }),
  z.object({ by: z.literal("cross"), people: PeopleChoice, groups: GroupsChoice }),
  z.object({ by: z.literal("gap"), people: PeopleChoice, groups: GroupsChoice, optional: z.boolean() }),
]);
export type Targets = z.infer<typeof Targets>;

/**
 * How names change. `find` is plain text, or a regular expression (JavaScript, flag `u`) whose groups `replacement`
 * may name as `$1`; `mapping` names every change, and `deprecated` applies the replacements of the deprecated terms.
 */
export const RenameRule = z.discriminatedUnion("by", [
  z.object({
    by: z.literal("pattern"),
    find: z.string().min(1).max(300),
    replacement: z.string().max(300),
    isRegularExpression: z.boolean(),
    ignoreCase: z.boolean(),
  }),
  z.object({
    by: z.literal("mapping"),
    names: z
      .array(z.object({ from: z.string().min(1).max(20_000), to: z.string().max(20_000) }))
      .min(1)
      .max(5_000),
  }),
  z.object({ by: z.literal("deprecated") }),
]);
export type RenameRule = z.infer<typeof RenameRule>;

/** What a new customer group is made of. `{customer}` in the texts is replaced by each of `customers`. */
export const GroupTemplate = z.object({
  connectionId: ConnectionId,
  namePattern: z.string().trim().min(1).max(255),
  customers: z.array(z.string().trim().min(1).max(200)).min(1).max(200),
  people: PeopleChoice,
  /** Topic of a Slack channel, description of a Telegram group; empty for none. */
  about: z.string().max(250),
  isPrivate: z.boolean(),
  /** Telegram: new members see what was written before they came. */
  isHistoryVisible: z.boolean(),
  /** Posted first and pinned; empty for none. */
  welcome: z.string().max(4_000),
});
export type GroupTemplate = z.infer<typeof GroupTemplate>;

/** One message to send: to a group, or to a person when `userId` is given. */
export const OutgoingMessage = z.object({
  connectionId: ConnectionId,
  groupKey: GroupKey.nullable(),
  userId: z.string().max(100).nullable(),
  toName: z.string().max(300),
  text: z.string().min(1).max(4_000),
  /** The help request that it is, which follows what becomes of it. */
  helpRequestId: z.string().max(200).optional(),
});
export type OutgoingMessage = z.infer<typeof OutgoingMessage>;

/** What the operator wants. `platforms` narrows it; `undo` takes back what one operation did, and nothing else. */
export const OperationRequest = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("add"), targets: Targets, platforms: z.array(Platform).min(1) }),
  z.object({ kind: z.literal("remove"), targets: Targets, platforms: z.array(Platform).min(1) }),
  z.object({
    kind: z.literal("rename"),
    rule: RenameRule,
    groups: GroupsChoice,
    platforms: z.array(Platform).min(1),
  }),
  z.object({ kind: z.literal("history"), visible: z.boolean(), groups: GroupsChoice }),
  z.object({ kind: z.literal("create"), template: GroupTemplate }),
  z.object({ kind: z.literal("message"), messages: z.array(OutgoingMessage).min(1).max(1_000) }),
  z.object({ kind: z.literal("undo"), operationId: OperationId }),
  /** What an ended operation did not do: its failed, unclear and skipped steps, planned anew. */
  z.object({ kind: z.literal("rest"), operationId: OperationId }),
]);
export type OperationRequest = z.infer<typeof OperationRequest>;

/** One group × one change. `before` and `after` are names (rename), or texts (describe, welcome, send). */
export const OperationStep = z.object({
  ordinal: z.number().int().nonnegative(),
  action: StepAction,
  connectionId: ConnectionId,
  platform: Platform,
  /** Null for a group that is still to be created, and for a message to a person. */
  groupKey: GroupKey.nullable(),
  groupName: z.string(),
  groupKind: TelegramGroupKind.nullable(),
  personId: PersonId.nullable(),
  personName: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  state: StepState,
  /** The operator left it in. */
  isChosen: z.boolean(),
  /** What the plan rests on: stored results, or asked just now. */
  evidence: z.enum(["stored", "live"]),
  /** Why it is refused, failed or unclear. */
  failure: Failure.nullable(),
  actedAtMs: EpochMs.nullable(),
  /** When reading back confirmed it; null when not (yet). */
  verifiedAtMs: EpochMs.nullable(),
});
export type OperationStep = z.infer<typeof OperationStep>;

/** Steps by state; those the operator left out count as `skipped`. */
export const StepCounts = z.record(StepState, z.number().int().nonnegative());
export type StepCounts = z.infer<typeof StepCounts>;

/** What the chosen steps will take on one connection, under the known limits. */
export const OperationCost = z.object({
  connectionId: ConnectionId,
  label: z.string(),
  steps: z.number().int().nonnegative(),
  calls: z.number().int().nonnegative(),
  durationMs: z.number().nonnegative(),
  /** The limit that decides the time, as a sentence. */
  because: z.string(),
});
export type OperationCost = z.infer<typeof OperationCost>;

export const Operation = z.object({
  id: OperationId,
  kind: OperationKind,
  title: z.string(),
  state: OperationState,
  /** The operation whose work this one takes back. */
  undoes: OperationId.nullable(),
  /** The newest operation that takes this one back. */
  undoneBy: OperationId.nullable(),
  isSandbox: z.boolean(),
  createdAtMs: EpochMs,
  createdBy: z.string(),
  plannedAtMs: EpochMs.nullable(),
  confirmedAtMs: EpochMs.nullable(),
  approvedBy: z.string().nullable(),
  finishedAtMs: EpochMs.nullable(),
  counts: StepCounts,
  costs: z.array(OperationCost),
  /** Why it stands still or ended early. */
  failure: Failure.nullable(),
});
export type Operation = z.infer<typeof Operation>;

/** The files that an ended run leaves in the profile, and how far they are. */
export const OperationLogs = z.object({
  /** Absolute paths: the log to be read, and the same as a workbook. */
  log: z.string(),
  workbook: z.string(),
  state: z.enum(["pending", "written", "failed"]),
  /** Why they could not be written so far; it is tried again by itself. */
  failure: Failure.nullable(),
});
export type OperationLogs = z.infer<typeof OperationLogs>;

/** What the screen of one operation needs besides its steps. */
export const OperationDetail = Operation.extend({
  /** What the operator has to type to confirm; null when a click is enough. */
  typedConfirmation: z.string().nullable(),
  /** Somebody else has to approve it before it runs. */
  needsApproval: z.boolean(),
  /** It did something that can be taken back. */
  canUndo: z.boolean(),
  /** Unfinished operations that touch the same groups. */
  overlaps: z.array(
    z.object({ id: OperationId, title: z.string(), state: OperationState, groups: z.number().int() }),
  ),
  /** Platforms or connections that the plan could not ask, and why: their steps rest on stored results or are missing. */
  problems: z.array(z.object({ connectionId: ConnectionId, label: z.string(), failure: Failure })),
  /** Null until a run of it has ended. */
  logs: OperationLogs.nullable(),
});
export type OperationDetail = z.infer<typeof OperationDetail>;

export const OperationProgress = z.object({
  operationId: OperationId,
  state: OperationState,
  phase: z.string(),
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative().nullable(),
  etaMs: z.number().nonnegative().nullable(),
  waiting: Wait.nullable(),
  counts: StepCounts,
});
export type OperationProgress = z.infer<typeof OperationProgress>;

/**
 * How many changes a Telegram account may make; the operator can lower them, and raise them to the defaults again.
 * Telegram publishes no numbers: these keep below what users report (~20 invites an hour, ~10 renames in 15
 * minutes; public issues of client libraries, checked 2026-11).
 */
export const ChangeBudgets = z.object({
  invitesAnHour: z.number().int().min(1).max(20),
  invitesADay: z.number().int().min(1).max(200),
  renamesInFifteenMinutes: z.number().int().min(1).max(10),
  removalsAnHour: z.number().int().min(1).max(120),
  messagesAnHour: z.number().int().min(1).max(60),
});
export type ChangeBudgets = z.infer<typeof ChangeBudgets>;

export const DEFAULT_CHANGE_BUDGETS: ChangeBudgets = {
  invitesAnHour: 20,
  invitesADay: 100,
  renamesInFifteenMinutes: 10,
  removalsAnHour: 60,
  messagesAnHour: 30,
};

/** Somebody who may approve operations, known by the public key of their own Muster (Ed25519, base64url). */
export const Approver = z.object({
  name: z.string().trim().min(1).max(200),
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type Approver = z.infer<typeof Approver>;

export const MembershipSettings = z.object({
  budgets: ChangeBudgets,
  /** Operations of more steps than this need an approval; null for never. */
  approvalAbove: z.number().int().min(0).max(60_000).nullable(),
  approvers: z.array(Approver).max(50),
});
export type MembershipSettings = z.infer<typeof MembershipSettings>;
