import type { OffboardingDetail } from "#shared/contract/membership.ts";
import {
  HelpPurpose,
  type HelpRequest,
  type HelpRequestState,
  type Offboarding,
  type OffboardingState,
  type OffboardingTaskState,
} from "#shared/domain/offboarding.ts";
import type { Tone } from "#renderer/ui/badge.tsx";

/** What each state of a task is called, in the order of how much is left to do. */
export const TASK_WORDS: Readonly<Record<OffboardingTaskState, { label: string; tone: Tone }>> = {
  remove: { label: "We may remove", tone: "accent" },
  ask: { label: "Somebody to ask", tone: "warn" },
  asked: { label: "Asked", tone: "info" },
  unknown: { label: "Not known", tone: "danger" },
  kept: { label: "Kept", tone: "neutral" },
  gone: { label: "Gone", tone: "ok" },
};

export const TASK_ORDER = Object.keys(TASK_WORDS) as OffboardingTaskState[];

export const OFFBOARDING_WORDS: Readonly<Record<OffboardingState, { label: string; tone: Tone }>> = {
  open: { label: "Open", tone: "accent" },
  done: { label: "Done", tone: "ok" },
  dropped: { label: "Given up", tone: "neutral" },
};

export const REQUEST_WORDS: Readonly<Record<HelpRequestState, { label: string; tone: Tone }>> = {
  draft: { label: "To send", tone: "accent" },
  copied: { label: "Copied", tone: "info" },
  sent: { label: "Sent", tone: "info" },
  answered: { label: "Answered", tone: "ok" },
  declined: { label: "Declined", tone: "danger" },
  dropped: { label: "Not needed", tone: "neutral" },
};

export const PURPOSE_WORDS: Readonly<Record<HelpRequest["purpose"], string>> = {
  ownership: "Hand the group over",
  removal: "Remove the person",
};

/** Tasks that still want something. */
export function countOpen({ counts }: Pick<Offboarding, "counts">): number {
  return counts.remove + counts.ask + counts.asked + counts.unknown;
}

/** Nothing is open, and every connection that could know was asked: it may be closed as done. */
export function isProven({ offboarding, notAsked }: OffboardingDetail): boolean {
  return (
    offboarding.checkedAtMs !== null &&
    countOpen(offboarding) === 0 &&
    notAsked.every(({ blocks }) => !blocks)
  );
}

/**
 * A removal, or the sending of messages, ended after the platforms were last asked: what is shown is how it was before.
 */
export function isOutdated({ offboarding: { checkedAtMs }, history }: OffboardingDetail): boolean {
  return (
    checkedAtMs !== null &&
    history.some(({ action, atMs }) => action === "operation.finished" && atMs > checkedAtMs)
  );
}

const HISTORY_WORDS: Readonly<Record<string, string>> = {
  "offboarding.started": "Started",
  "offboarding.checked": "Asked the platforms",
  "offboarding.removal-planned": "Planned the removal",
  "offboarding.task-decided": "Decided about a group",
  "offboarding.closed": "Closed",
  "offboarding.dropped": "Given up",
  "offboarding.reopened": "Opened again",
  "offboarding.evidence-written": "Wrote the evidence",
  "help.prepared": "Wrote messages",
  "help.sending-planned": "Planned to send messages",
  "operation.requested": "Asked for a plan",
  "operation.planned": "Plan made",
  "operation.confirmed": "Plan confirmed",
  "operation.finished": "Operation ended",
};

/** A line of the history in words; what has none stays as the log has it. */
export function historyWords(action: string): string {
  const known = HISTORY_WORDS[action];
  if (known !== undefined) return known;
  const state = action.startsWith("help.") ? action.slice("help.".length) : null;
  return state === null ? action : `A request was ${state}`;
}

/** What a line of the history is about; messages were written for a purpose. */
export function whyWords(action: string, why: string | null): string | null {
  const purpose = action === "help.prepared" ? HelpPurpose.safeParse(why).data : undefined;
  return purpose === undefined ? why : PURPOSE_WORDS[purpose];
}
