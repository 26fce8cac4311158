import type { Platform } from "#shared/domain/ids.ts";
import type {
  OperationKind,
  OperationState,
  OperationStep,
  StepAction,
  StepState,
} from "#shared/domain/operation.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";
import type { EpochMs } from "#shared/lib/time.ts";

/** What the files about operations call the things that code knows by short names. */

export const platformWords: Readonly<Record<Platform, string>> = { slack: "Slack", telegram: "Telegram" };

/** What our account is in a group. */
export const rightWords: Readonly<Record<FoundGroup["ownRight"], string>> = {
  owner: "Owner",
  rename: "Admin who can rename",
  admin: "Admin",
  member: "Member",
  none: "Not in it",
};

export const kindWords: Readonly<Record<OperationKind, string>> = {
  add: "Add people",
  remove: "Remove people",
  rename: "Rename groups",
  history: "Change who sees the history",
  create: "Create groups",
  message: "Send messages",
};

export const operationStateWords: Readonly<Record<OperationState, string>> = {
  planning: "Being planned",
  planned: "Planned, not run",
  "awaiting-approval": "Waits for approval, not run",
  running: "Running",
  waiting: "Running, waits for a limit",
  paused: "Paused: needs the operator",
  done: "Done",
  partial: "Partly done",
  cancelled: "Cancelled",
  failed: "Failed",
};

export const actionWords: Readonly<Record<StepAction, string>> = {
  add: "Add",
  remove: "Remove",
  rename: "Rename",
  "show-history": "Show the history",
  "hide-history": "Hide the history",
  create: "Create",
  describe: "Describe",
  welcome: "Post and pin the welcome",
  send: "Send a message",
};

const outcomeWords: Readonly<Record<StepState, { readonly plan: string; readonly run: string }>> = {
  planned: { plan: "To do", run: "To do" },
  acting: { plan: "Under way", run: "Under way" },
  done: { plan: "Done", run: "Done" },
  "already-so": { plan: "Already so", run: "Already so" },
  refused: { plan: "Cannot be done", run: "Refused" },
  failed: { plan: "Failed", run: "Failed" },
  unclear: { plan: "Unclear", run: "Unclear" },
  skipped: { plan: "Left out", run: "Not done" },
};

/** In the order in which a summary counts them. */
export const stepStates = Object.keys(outcomeWords) as readonly StepState[];

export function stateWords(state: StepState, isPlan: boolean): string {
  return outcomeWords[state][isPlan ? "plan" : "run"];
}

/** What became of a step; one that the operator left out of a plan counts as such. */
export function outcomeOf({ state, isChosen }: OperationStep, isPlan: boolean): string {
  return stateWords(state === "planned" && !isChosen ? "skipped" : state, isPlan);
}

/**
 * Why a step was not done: what was met or, where the platform was never asked, that the operator left it out or that its
 * turn never came. Null for one that was done, and for one that is still to be.
 */
export function whyNot({ state, isChosen, failure }: OperationStep): string | null {
  if (failure !== null) return failure.message;
  if (!isChosen && (state === "planned" || state === "skipped")) return "Left out by the operator";
  return state === "skipped" ? "Cancelled before its turn" : null;
}

/** When it was done or, for one that was not, when the platform was last asked to; null when it never was. */
export function timeOf({
  actedAtMs,
  beganAtMs,
}: Pick<OperationStep, "actedAtMs"> & { readonly beganAtMs: EpochMs | null }): EpochMs | null {
  return actedAtMs ?? beganAtMs;
}

/** By what it is known to be done. */
export function proofOf({ state, verifiedAtMs }: OperationStep): string {
  if (state !== "done") return "";
  return verifiedAtMs === null ? "As the platform answered" : "Read back";
}
