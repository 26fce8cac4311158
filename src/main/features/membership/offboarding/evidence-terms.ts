import type { HelpRequest, Offboarding, OffboardingTask } from "#shared/domain/offboarding.ts";
import { rightWords } from "../report/words.ts";

/** What the workbook of an evidence pack calls the things that the record knows by short names. */

export const offboardingStates: Readonly<Record<Offboarding["state"], string>> = {
  open: "Open",
  done: "Done: proven to be nowhere any more",
  dropped: "Given up",
};

export const taskStates: Readonly<Record<OffboardingTask["state"], string>> = {
  remove: "We may remove",
  ask: "Somebody to ask",
  asked: "Asked",
  unknown: "Not known",
  kept: "Kept",
  gone: "Gone",
};

export const purposes: Readonly<Record<HelpRequest["purpose"], string>> = {
  ownership: "Hand the group over",
  removal: "Remove the person",
};

export const requestStates: Readonly<Record<HelpRequest["state"], string>> = {
  draft: "Not sent",
  copied: "Copied",
  sent: "Sent",
  answered: "Answered",
  declined: "Declined",
  dropped: "Not needed",
};

/** Our right in a group; nothing where it is not known. */
export function rightOf({ ownRight }: Pick<OffboardingTask, "ownRight">): string | null {
  return ownRight === null ? null : ((rightWords as Record<string, string>)[ownRight] ?? ownRight);
}

const events: Readonly<Record<string, string>> = {
  "offboarding.started": "Offboarding started",
  "offboarding.checked": "Platforms asked where the person is",
  "offboarding.removal-planned": "Removal planned",
  "offboarding.task-decided": "Decided about a group",
  "offboarding.closed": "Offboarding closed",
  "offboarding.dropped": "Offboarding given up",
  "offboarding.reopened": "Offboarding opened again",
  "offboarding.evidence-written": "Evidence written",
  "help.prepared": "Messages written",
  "help.sending-planned": "Sending of messages planned",
  "operation.requested": "Plan asked for",
  "operation.planned": "Plan made",
  "operation.confirmed": "Plan confirmed",
  "operation.approved": "Plan approved by a second person",
  "operation.paused": "Operation paused",
  "operation.resumed": "Operation gone on with",
  "operation.cancelled": "Operation cancelled",
  "operation.discarded": "Plan thrown away",
  "operation.finished": "Operation ended",
};

/** A line of the history in words; one that has none stays as the activity log has it. */
export function eventOf(action: string): string {
  const state = /^help\.(.+)$/u.exec(action)?.[1] ?? "";
  return events[action] ?? (state in requestStates ? `A request was ${state}` : action);
}

/** What a line of the history is about; messages were written for a purpose. */
export function subjectOf(action: string, why: string | null): string | null {
  return action === "help.prepared" ? ((purposes as Record<string, string>)[why ?? ""] ?? why) : why;
}
