import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { Failure } from "../domain/failure.ts";
import { ConnectionId, EpochMs, GroupKey, PersonId, Platform } from "../domain/ids.ts";
import { Wait } from "../domain/job.ts";
import {
  FoundGroup,
  HelpPurpose,
  HelpRequest,
  HelpRequestId,
  HelpRequestState,
  HelpTemplates,
  Offboarding,
  OffboardingId,
  OffboardingState,
  OffboardingTask,
  TaskDecision,
} from "../domain/offboarding.ts";
import {
  GroupsChoice,
  MembershipSettings,
  Operation,
  OperationDetail,
  OperationId,
  OperationProgress,
  OperationRequest,
  OperationStep,
  RenameRule,
  StepState,
} from "../domain/operation.ts";
import { PageRequest, pageOf } from "../domain/page.ts";
import { approvalContract } from "./approvals.ts";
import { recurrencesContract } from "./recurrences.ts";
import { failing, keychainFailures, slackFailures, storeFailures, telegramFailures } from "./failures.ts";

/** What a file or a command line named, and which group each line means. */
export const GroupLines = z.object({
  found: z.array(z.object({ groupKey: GroupKey, name: z.string(), platform: Platform })),
  unknown: z.array(z.string()),
  /** Named again, in whatever spelling. */
  duplicates: z.array(z.string()),
  /** Fits several groups. */
  ambiguous: z.array(z.object({ line: z.string(), names: z.array(z.string()) })),
  emptyLines: z.number().int().nonnegative(),
});
export type GroupLines = z.infer<typeof GroupLines>;

export const PeopleLines = z.object({
  found: z.array(z.object({ personId: PersonId, name: z.string() })),
  unknown: z.array(z.string()),
  duplicates: z.array(z.string()),
  ambiguous: z.array(
    z.object({
      line: z.string(),
      people: z.array(z.object({ personId: PersonId, name: z.string(), hint: z.string() })),
    }),
  ),
});
export type PeopleLines = z.infer<typeof PeopleLines>;

/** What a rule would make of one name; a line of a mapping that names no group has no key and no platform. */
export const PreviewedName = z.object({
  groupKey: GroupKey.nullable(),
  groupName: z.string(),
  platform: Platform.nullable(),
  before: z.string(),
  after: z.string(),
  /** Why it cannot be done, as far as the newest results tell. */
  problem: Failure.nullable(),
});
export type PreviewedName = z.infer<typeof PreviewedName>;

/** A page of what a rule would make of the names; what cannot be done comes first. */
export const RenamePreview = pageOf(PreviewedName).extend({
  /** How many of the whole list cannot be done. */
  impossible: z.number().int().nonnegative(),
  /** Groups that are in no stored result: only the plan asks for their names. */
  notStored: z.number().int().nonnegative(),
});
export type RenamePreview = z.infer<typeof RenamePreview>;

/** How a live look at every group stands. The last one has `groups`. */
export const FindStep = z.object({
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative().nullable(),
  groups: z.array(FoundGroup).nullable(),
  /** Connections that could not be asked, or not to the end. */
  problems: z.array(z.object({ connectionId: ConnectionId, label: z.string(), failure: Failure })),
  /** Connections that stand still just now, and until when. */
  waits: z.array(z.object({ connectionId: ConnectionId, label: z.string(), wait: Wait })),
});
export type FindStep = z.infer<typeof FindStep>;

export const NotAsked = z.object({
  /** Null where it is about no connection, and in lines of the log from before it was kept. */
  platform: Platform.nullable().default(null),
  label: z.string(),
  why: z.string(),
  blocks: z.boolean(),
});
export type NotAsked = z.infer<typeof NotAsked>;

export const OffboardingDetail = z.object({
  offboarding: Offboarding,
  tasks: z.array(OffboardingTask),
  requests: z.array(HelpRequest),
  /**
   * Connections that the newest check could not ask, or not to the end, and why: the person may be there. Those that
   * block have to be asked before it can be closed; the others have no account to look for.
   */
  notAsked: z.array(NotAsked),
  /** What was done for it, from the activity log, oldest first. */
  history: z.array(
    z.object({ atMs: EpochMs, actor: z.string(), action: z.string(), why: z.string().nullable() }),
  ),
});
export type OffboardingDetail = z.infer<typeof OffboardingDetail>;

/** How a look at an offboarding's groups stands. The last one has `detail`. */
export const OffboardingCheckStep = FindStep.pick({ done: true, total: true }).extend({
  detail: OffboardingDetail.nullable(),
});
export type OffboardingCheckStep = z.infer<typeof OffboardingCheckStep>;

/** How looking for whom to ask, or whether they did it, stands. The last one has `requests`. */
export const HelpStep = FindStep.omit({ groups: true, waits: true }).extend({
  requests: z.array(HelpRequest).nullable(),
});
export type HelpStep = z.infer<typeof HelpStep>;

export const OperationReportFormat = z.enum(["xlsx", "log", "json"]);
export type OperationReportFormat = z.infer<typeof OperationReportFormat>;

export const FoundFormat = z.enum(["xlsx", "json"]);
export type FoundFormat = z.infer<typeof FoundFormat>;

/** What to do about a step that the platform refused. */
export const StepHelp = z.object({
  /** An invite link was made; colleagues may do it; or nobody of ours can. */
  how: z.enum(["link", "colleague", "nobody"]),
  /** Lets in whoever has it. Made for this answer and kept nowhere. */
  link: z.string().nullable(),
  /** Whom to ask, the ones most likely to be able first. */
  names: z.array(z.string()),
  /** Ready to be sent or, when there is nobody to send it to, what to do. */
  text: z.string(),
});
export type StepHelp = z.infer<typeof StepHelp>;

const operationInput = z.object({ operationId: OperationId });
const written = z.object({ path: z.string(), bytes: z.number().int() });

/** Operations as they are kept: looking at them, choosing, confirming, running. */
export const operationsContract = {
  /** Newest first. */
  list: oc.input(PageRequest).output(pageOf(Operation)),
  get: oc.input(operationInput).output(OperationDetail).errors(failing("input/not-found")),
  /** In the order of their ordinals. */
  listSteps: oc
    .input(
      PageRequest.extend({
        operationId: OperationId,
        states: z.array(StepState).default([]),
        search: z.string().max(300).default(""),
      }),
    )
    .output(pageOf(OperationStep))
    .errors(failing("input/not-found")),
  /** Leaves steps of a plan in or out; no `ordinals` means every planned step that the filter shows. */
  choose: oc
    .input(
      z.object({
        operationId: OperationId,
        ordinals: z.array(z.number().int()).max(60_000).nullable(),
        search: z.string().max(300).default(""),
        isChosen: z.boolean(),
      }),
    )
    .output(OperationDetail)
    .errors(failing("input/not-found", "membership/not-planned", ...storeFailures)),
  /**
   * Runs what was planned and chosen. `typed` is what the operator typed where that is asked for. One that needs an
   * approval waits for it.
   */
  confirm: oc
    .input(operationInput.extend({ typed: z.string().max(300).nullable() }))
    .output(OperationDetail)
    .errors(
      failing(
        "input/not-found",
        "membership/not-planned",
        "membership/confirmation-missing",
        "membership/nothing-to-do",
        "membership/plan-too-old",
        ...storeFailures,
      ),
    ),
  cancel: oc.input(operationInput).output(z.void()).errors(failing("input/not-found")),
  /** Goes on with one that is paused or failed; one that waits goes on by itself. */
  resume: oc
    .input(operationInput)
    .output(z.void())
    .errors(failing("input/not-found", "job/not-resumable", ...storeFailures)),
  /** Removes a plan that was never run. The record of a run stays. */
  discard: oc
    .input(operationInput)
    .output(z.void())
    .errors(failing("input/not-found", "membership/not-planned", ...storeFailures)),
  /** At most ten times a second; ends when the operation does, or needs the operator. */
  progress: oc
    .input(operationInput)
    .output(eventIterator(OperationProgress))
    .errors(failing("input/not-found")),
  getSettings: oc.output(MembershipSettings),
  /** `membership/own-approval` for an approver with this Muster's own key. */
  saveSettings: oc
    .input(MembershipSettings)
    .output(MembershipSettings)
    .errors(failing("membership/own-approval", ...storeFailures)),
};

/** Making plans, and telling whom and what a line of text means. */
export const planningContract = {
  /** Begins to plan: reads how things are, changes nothing. Answers at once. */
  plan: oc
    .input(OperationRequest)
    .output(operationInput)
    .errors(
      failing("input/not-found", "membership/nothing-to-do", "membership/bad-pattern", ...storeFailures),
    ),
  /** What a rule would make of the names in the newest results, decided as a plan decides it. Asks no platform. */
  previewRename: oc
    .input(
      PageRequest.extend({
        rule: RenameRule,
        groups: GroupsChoice,
        platforms: z.array(Platform).min(1),
      }),
    )
    .output(RenamePreview)
    .errors(failing("membership/bad-pattern")),
  /** Names, handles, e-mail addresses and ids of team members, one a line. */
  resolvePeople: oc.input(z.object({ lines: z.array(z.string().max(500)).max(5_000) })).output(PeopleLines),
  /** Names and ids of groups, one a line. */
  resolveGroups: oc
    .input(z.object({ lines: z.array(z.string().max(20_000)).max(20_000), platforms: z.array(Platform) }))
    .output(GroupLines),
};

/** Live looks at every group. */
export const findingContract = {
  /** Asks the platforms where a person is (or, with null, every group of the accounts) and what we may do there. */
  find: oc
    .input(z.object({ personId: PersonId.nullable(), platforms: z.array(Platform).min(1) }))
    .output(eventIterator(FindStep))
    .errors(failing("input/not-found")),
  /** Writes what the newest `find` for this person, or for every group, came to. Null when no file was chosen. */
  exportFound: oc
    .input(z.object({ personId: PersonId.nullable(), format: FoundFormat }))
    .output(written.nullable())
    .errors(failing("input/not-found", "input/file-unwritable")),
};

/** What an operation leaves behind. */
export const operationReportsContract = {
  /** Writes the operation's report, or its plan's, where the operator chooses. Null when nothing was chosen. */
  exportReport: oc
    .input(operationInput.extend({ format: OperationReportFormat }))
    .output(written.nullable())
    .errors(failing("input/not-found", "input/file-unwritable")),
  /**
   * What to do about a refused step. For somebody whom Telegram does not let us add it makes an invite link, which is a
   * change: only when the operator asks.
   */
  helpWithStep: oc
    .input(operationInput.extend({ ordinal: z.number().int().nonnegative() }))
    .output(StepHelp)
    .errors(
      failing(
        "input/not-found",
        "membership/not-refused",
        "telegram/not-allowed",
        ...slackFailures,
        ...telegramFailures,
        ...keychainFailures,
        ...storeFailures,
      ),
    ),
};

const offboardingInput = z.object({ offboardingId: OffboardingId });

/** People who leave. */
export const offboardingContract = {
  /** Open ones first, then the newest first. */
  listOffboardings: oc.output(z.array(Offboarding)),
  /** `input/name-taken` while another one of this person is open. */
  startOffboarding: oc
    .input(z.object({ personId: PersonId }))
    .output(Offboarding)
    .errors(failing("input/not-found", "input/name-taken", ...storeFailures)),
  getOffboarding: oc.input(offboardingInput).output(OffboardingDetail).errors(failing("input/not-found")),
  /** Asks the platforms where the person is now and brings the tasks up to date. */
  checkOffboarding: oc
    .input(offboardingInput)
    .output(eventIterator(OffboardingCheckStep))
    .errors(failing("input/not-found", "membership/offboarding-closed")),
  /** Plans the removal from every group where we may. */
  planOffboarding: oc
    .input(offboardingInput)
    .output(operationInput)
    .errors(
      failing(
        "input/not-found",
        "membership/nothing-to-do",
        "membership/offboarding-closed",
        ...storeFailures,
      ),
    ),
  setOffboardingTask: oc
    .input(
      offboardingInput.extend({
        groupKey: GroupKey,
        decision: TaskDecision,
        note: z.string().trim().max(2_000).nullable(),
      }),
    )
    .output(OffboardingDetail)
    .errors(failing("input/not-found", "membership/offboarding-closed", ...storeFailures)),
  /** `done` takes a check that reached everything, and no open task. `open` takes it up again. */
  closeOffboarding: oc
    .input(offboardingInput.extend({ state: OffboardingState }))
    .output(Offboarding)
    .errors(failing("input/not-found", "input/name-taken", "membership/offboarding-open", ...storeFailures)),
  /** Writes workbook, signed JSON and the activity log's extract into a folder the operator chooses; null when none was. */
  exportEvidence: oc
    .input(offboardingInput)
    .output(z.object({ folder: z.string(), files: z.array(z.string()) }).nullable())
    .errors(failing("input/not-found", "input/file-unwritable", ...keychainFailures, ...storeFailures)),
};

/** Whom to ask where our own rights end. */
export const helpContract = {
  /** Newest first. */
  listHelpRequests: oc.output(z.array(HelpRequest)),
  /**
   * Finds whom to ask in each group and writes the message from the template. Without `groupKeys` the open tasks of the
   * offboarding, or every Telegram group in which we may not rename.
   */
  prepareHelpRequests: oc
    .input(
      z.object({
        purpose: HelpPurpose,
        groupKeys: z.array(GroupKey).min(1).max(1_000).nullable(),
        offboardingId: OffboardingId.nullable(),
        template: z.string().trim().min(1).max(3_000),
      }),
    )
    .output(eventIterator(HelpStep))
    .errors(failing("input/not-found", "membership/nothing-to-do")),
  /** Looks whether the right that was asked for has come. */
  checkHelpRequests: oc.output(eventIterator(HelpStep)),
  setHelpRequest: oc
    .input(
      z.object({
        helpRequestId: HelpRequestId,
        state: HelpRequestState,
        text: z.string().trim().min(1).max(4_000),
        note: z.string().trim().max(2_000).nullable(),
      }),
    )
    .output(HelpRequest)
    .errors(failing("input/not-found", ...storeFailures)),
  /** Plans a `message` operation that sends them; those that were sent, or are about to be, are left out. */
  sendHelpRequests: oc
    .input(z.object({ helpRequestIds: z.array(HelpRequestId).min(1).max(1_000) }))
    .output(operationInput)
    .errors(failing("input/not-found", "membership/nothing-to-do", ...storeFailures)),
  getHelpTemplates: oc.output(HelpTemplates),
  saveHelpTemplates: oc
    .input(HelpTemplates)
    .output(HelpTemplates)
    .errors(failing(...storeFailures)),
};

/** What can be asked today; a part is added here with the code that answers it. */
export const membershipContract = {
  ...operationsContract,
  ...planningContract,
  ...findingContract,
  ...operationReportsContract,
  ...offboardingContract,
  ...helpContract,
  ...approvalContract,
  ...recurrencesContract,
};
