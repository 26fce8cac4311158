import { expect, test } from "vitest";
import { failure } from "#shared/domain/failure.ts";
import { StepAction } from "#shared/domain/operation.ts";
import {
  confirmWords,
  shownState,
  skippedWords,
  stepWords,
} from "#renderer/features/operations/operation-words.ts";

test("every step says what it does, and to whom", () => {
  expect(
    StepAction.options.map((action) => stepWords({ action, personName: "Ana", after: "acme-new" })),
  ).toEqual([
    "Add Ana",
    "Remove Ana",
    "Rename to acme-new",
    "Show the history to new members",
    "Hide the history from new members",
    "Create the group",
    "Describe it: acme-new",
    "Post and pin the welcome",
    "Send: acme-new",
  ]);
});

test("the button that runs a plan counts what it will do", () => {
  expect([
    confirmWords("add", 1),
    confirmWords("add", 1_200),
    confirmWords("remove", 37),
    confirmWords("rename", 2),
    confirmWords("history", 1),
    confirmWords("create", 6),
    confirmWords("message", 1),
  ]).toEqual([
    "Make 1 addition",
    "Make 1,200 additions",
    "Make 37 removals",
    "Rename 2 groups",
    "Change 1 group",
    "Run 6 steps",
    "Send 1 message",
  ]);
});

test("a planned step that was left out counts as skipped; one that ended stays what it became", () => {
  expect([
    shownState({ state: "planned", isChosen: true }),
    shownState({ state: "planned", isChosen: false }),
    shownState({ state: "refused", isChosen: false }),
  ]).toEqual(["planned", "skipped", "refused"]);
});

test("a step that was not begun says whether it was left out or its turn never came; another reason stands for itself", () => {
  const lost = failure("membership/outcome-unclear");
  expect([
    skippedWords({ state: "planned", isChosen: false, failure: null }),
    skippedWords({ state: "skipped", isChosen: false, failure: null }),
    skippedWords({ state: "skipped", isChosen: true, failure: null }),
    skippedWords({ state: "skipped", isChosen: true, failure: lost }),
    skippedWords({ state: "planned", isChosen: true, failure: null }),
    skippedWords({ state: "done", isChosen: true, failure: null }),
  ]).toEqual([
    "Left out by the operator",
    "Left out by the operator",
    "Cancelled before its turn",
    null,
    null,
    null,
  ]);
});
