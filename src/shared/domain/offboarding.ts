import { z } from "zod";
import { Failure } from "./failure.ts";
import { GroupAbilities } from "./group.ts";
import { ConnectionId, EpochMs, GroupKey, PersonId, Platform } from "./ids.ts";
import { OperationId, StepState } from "./operation.ts";

export const OffboardingId = z.string().min(1).max(200).brand<"OffboardingId">();
export type OffboardingId = z.infer<typeof OffboardingId>;

export const HelpRequestId = z.string().min(1).max(200).brand<"HelpRequestId">();
export type HelpRequestId = z.infer<typeof HelpRequestId>;

/** `open` still has groups to leave; `done` was checked and the person is nowhere; `dropped` was given up. */
export const OffboardingState = z.enum(["open", "done", "dropped"]);
export type OffboardingState = z.infer<typeof OffboardingState>;

/**
 * What is left to do in one group: `remove` is ours, `ask` is somebody else's, `gone` was proven, `kept` is on purpose or,
 * in Slack's general channel and its archived ones, until the account is deactivated.
 */
export const OffboardingTaskState = z.enum(["remove", "ask", "asked", "gone", "kept", "unknown"]);
export type OffboardingTaskState = z.infer<typeof OffboardingTaskState>;

/**
 * What the operator decides about one group: it is left as it is, somebody was asked (by whatever way), or neither any
 * more. That somebody is gone is never decided, only found.
 */
export const TaskDecision = z.enum(["kept", "asked", "open"]);
export type TaskDecision = z.infer<typeof TaskDecision>;

/** One group the leaving person was found in. */
export const OffboardingTask = z.object({
  groupKey: GroupKey,
  groupName: z.string(),
  platform: Platform,
  connectionId: ConnectionId,
  /** Our right there, in words of the platform (`owner`, `rename`, `admin`, `member`); null where it is not known. */
  ownRight: z.string().nullable(),
  state: OffboardingTaskState,
  /** Why it cannot be done here, or what was answered. */
  note: z.string().nullable(),
  /** `kept` because the operator decided so, not because a check found that nobody can take them out. */
  isDecided: z.boolean(),
  /** The leaving person owns the group: it has to be handed over first. */
  isOwner: z.boolean(),
  updatedAtMs: EpochMs,
});
export type OffboardingTask = z.infer<typeof OffboardingTask>;

export const Offboarding = z.object({
  id: OffboardingId,
  personId: PersonId,
  personName: z.string(),
  state: OffboardingState,
  createdAtMs: EpochMs,
  closedAtMs: EpochMs.nullable(),
  /** When the platforms were last asked where the person is; null before the first time. */
  checkedAtMs: EpochMs.nullable(),
  /** Accounts that Slack says are deactivated, by workspace label. */
  deactivatedIn: z.array(z.string()),
  counts: z.record(OffboardingTaskState, z.number().int().nonnegative()),
  operationIds: z.array(OperationId),
});
export type Offboarding = z.infer<typeof Offboarding>;

/** `ownership` asks the owner to hand the group over (or make us admin), `removal` to remove a person. */
export const HelpPurpose = z.enum(["ownership", "removal"]);
export type HelpPurpose = z.infer<typeof HelpPurpose>;

/** `dropped` is not needed any more: nobody has to do it, or it is not to be asked for. */
export const HelpRequestState = z.enum(["draft", "copied", "sent", "answered", "declined", "dropped"]);
export type HelpRequestState = z.infer<typeof HelpRequestState>;

/** The operation that sends a request, and what became of its message; null while that is being planned. */
export const HelpSending = z.object({
  operationId: OperationId,
  state: StepState.nullable(),
  failure: Failure.nullable(),
});
export type HelpSending = z.infer<typeof HelpSending>;

/** What messages are written from: `{name}` whom it goes to, `{group}`, `{person}` who leaves, `{me}` who asks. */
export const HelpTemplates = z.record(HelpPurpose, z.string().trim().min(1).max(3_000));
export type HelpTemplates = z.infer<typeof HelpTemplates>;

/** A message to somebody who can do in a group what we cannot, and what became of it. */
export const HelpRequest = z.object({
  id: HelpRequestId,
  purpose: HelpPurpose,
  offboardingId: OffboardingId.nullable(),
  groupKey: GroupKey,
  groupName: z.string(),
  platform: Platform,
  connectionId: ConnectionId,
  /** The owner, or an admin where the owner is not shown; null when nobody could be found. */
  askUserId: z.string().nullable(),
  askName: z.string().nullable(),
  askRole: z.enum(["owner", "admin"]).nullable(),
  /** Ready to send. */
  text: z.string(),
  state: HelpRequestState,
  note: z.string().nullable(),
  /** Null when it was never handed over to be sent. */
  sending: HelpSending.nullable(),
  createdAtMs: EpochMs,
  updatedAtMs: EpochMs,
});
export type HelpRequest = z.infer<typeof HelpRequest>;

/** Every group a person is in, or every group of the account, with what we may do there. */
export const FoundGroup = z.object({
  groupKey: GroupKey,
  groupName: z.string(),
  platform: Platform,
  connectionId: ConnectionId,
  connectionLabel: z.string(),
  isArchived: z.boolean(),
  /** Slack's general channel: nobody can be taken out of it. */
  isGeneral: z.boolean(),
  presence: z.enum(["present", "unknown"]),
  /** Telegram: owner, rename, admin, member. Slack: `admin` and `owner` of the workspace, or `member`. */
  ownRight: z.enum(["owner", "rename", "admin", "member", "none"]),
  may: GroupAbilities,
});
export type FoundGroup = z.infer<typeof FoundGroup>;
