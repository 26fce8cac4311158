import type { OperationKind, OperationState, OperationStep, StepState } from "#shared/domain/operation.ts";

export const KIND_WORDS: Readonly<Record<OperationKind, string>> = {
  add: "Add people",
  remove: "Remove people",
  rename: "Rename groups",
  history: "Change the history",
  create: "Create groups",
  message: "Send messages",
};

export const OPERATION_STATE_WORDS: Readonly<Record<OperationState, string>> = {
  planning: "Planning",
  planned: "Ready to look at",
  "awaiting-approval": "Waits for approval",
  running: "Running",
  waiting: "Waiting",
  paused: "Needs you",
  done: "Done",
  partial: "Partly done",
  cancelled: "Cancelled",
  failed: "Failed",
};

/** What the states of a step are called; before the run two of them mean something else. */
export const STEP_WORDS: Readonly<Record<StepState, { plan: string; run: string }>> = {
  planned: { plan: "Will change", run: "To do" },
  acting: { plan: "Under way", run: "Under way" },
  done: { plan: "Done", run: "Done" },
  "already-so": { plan: "Already so", run: "Already so" },
  refused: { plan: "Cannot be done", run: "Refused" },
  failed: { plan: "Failed", run: "Failed" },
  unclear: { plan: "Unclear", run: "Unclear" },
  skipped: { plan: "Left out", run: "Not done" },
};

/** Whether an operation is at work or may go on by itself: its steps and counts change. */
export function isLive(state: OperationState): boolean {
  return state === "planning" || state === "running" || state === "waiting" || state === "paused";
}

/** How a step counts on the screen: one that the operator left out is planned no more. */
export function shownState({ state, isChosen }: Pick<OperationStep, "state" | "isChosen">): StepState {
  return state === "planned" && !isChosen ? "skipped" : state;
}

/**
 * Why a step was not begun: it was left out of the plan, or its turn never came. Null for one that was, and for one that
 * carries a reason of its own.
 */
export function skippedWords({
  state,
  isChosen,
  failure,
}: Pick<OperationStep, "state" | "isChosen" | "failure">): string | null {
  if (failure !== null || shownState({ state, isChosen }) !== "skipped") return null;
  return isChosen ? "Cancelled before its turn" : "Left out by the operator";
}

/** What a step does to its group, in words that name the person or the text. */
export function stepWords(step: Pick<OperationStep, "action" | "personName" | "after">): string {
  const { verb, what } = stepParts(step);
  return what === null ? verb : `${verb} ${what}`;
}

/** The same in two parts: a name or a text may be written from right to left, what is done with it is not. */
export function stepParts(step: Pick<OperationStep, "action" | "personName" | "after">): {
  readonly verb: string;
  readonly what: string | null;
} {
  const who = step.personName ?? "somebody";
  switch (step.action) {
    case "add":
      return { verb: "Add", what: who };
    case "remove":
      return { verb: "Remove", what: who };
    case "rename":
      return { verb: "Rename to", what: step.after ?? "nothing" };
    case "show-history":
      return { verb: "Show the history to new members", what: null };
    case "hide-history":
      return { verb: "Hide the history from new members", what: null };
    case "create":
      return { verb: "Create the group", what: null };
    case "describe":
      return step.after
        ? { verb: "Describe it:", what: step.after }
        : { verb: "Set its description", what: null };
    case "welcome":
      return { verb: "Post and pin the welcome", what: null };
    case "send":
      // To whom stands beside it; several messages to one person differ in what they say.
      return step.after ? { verb: "Send:", what: step.after } : { verb: "Send a message", what: null };
  }
}

/** What the button that runs a plan says: the verb and how much of it. */
export function confirmWords(kind: OperationKind, steps: number): string {
  const count = steps.toLocaleString("en");
  const one = steps === 1;
  switch (kind) {
    case "add":
      return `Make ${count} ${one ? "addition" : "additions"}`;
    case "remove":
      return `Make ${count} ${one ? "removal" : "removals"}`;
    case "rename":
      return `Rename ${count} ${one ? "group" : "groups"}`;
    case "history":
      return `Change ${count} ${one ? "group" : "groups"}`;
    case "create":
      return `Run ${count} ${one ? "step" : "steps"}`;
    case "message":
      return `Send ${count} ${one ? "message" : "messages"}`;
  }
}
