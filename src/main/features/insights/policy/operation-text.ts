import type { OperationNews } from "#shared/domain/operation-news.ts";
import type { OperationKind, StepState } from "#shared/domain/operation.ts";
import type { TellingKind } from "#shared/domain/telling.ts";
import { type Message, oneLine, oneSentence } from "./message-text.ts";

const WORK: Readonly<Record<OperationKind, string>> = {
  add: "Adding people",
  remove: "Removing people",
  rename: "Renaming groups",
  history: "Changing who sees the history",
  create: "Creating groups",
  message: "Sending messages",
};

const ENDS: Readonly<Record<OperationNews["state"], string>> = {
  done: "is done",
  partial: "is done in part",
  failed: "failed",
  paused: "waits for you",
  planned: "is planned and waits for you",
};

/** In the order in which they are told. */
const STEPS: readonly (readonly [StepState, string])[] = [
  ["done", "done"],
  ["already-so", "already so"],
  ["planned", "to do"],
  ["acting", "under way"],
  ["refused", "refused"],
  ["failed", "failed"],
  ["unclear", "unclear"],
  ["skipped", "left out"],
];

export function kindOf({ state }: OperationNews): TellingKind {
  if (state === "paused") return "operation-paused";
  return state === "planned" ? "operation-planned" : "operation-ended";
}

/** What became of an operation, and what there is for the operator to do. */
export function composeOperation({ state, kind, title, counts, failure }: OperationNews): Message {
  const steps = STEPS.flatMap(([step, word]) => (counts[step] > 0 ? [`${counts[step]} ${word}`] : []));
  return {
    title: `${WORK[kind]} ${ENDS[state]}`,
    sections: [
      { heading: oneLine(title), lines: steps.length === 0 ? [] : [steps.join(", ")] },
      {
        heading: "What happened",
        lines: failure === null ? [] : [oneSentence(failure.message), oneSentence(failure.todo)],
      },
    ].filter(({ lines }) => lines.length > 0),
  };
}
