import { expect, test } from "vitest";
import { countStates, type StepFilter, visibleSteps } from "#renderer/features/operations/visible-steps.ts";
import { sampleStep } from "./sample-step.ts";

const STEPS = [
  sampleStep(0, { groupName: "Acme", personName: "Ana" }),
  sampleStep(1, { groupName: "Borea", personName: "Émile", isChosen: false }),
  sampleStep(2, { groupName: "Canton", state: "refused", platform: "telegram" }),
  sampleStep(3, { groupName: "new", action: "rename", before: "acme-old", after: "acme-new" }),
  sampleStep(4, { groupName: "Dfns", state: "done", isChosen: true }),
];

function ordinals(filter: Partial<StepFilter>): number[] {
  const whole = { state: null, search: "", platforms: [], ...filter };
  return visibleSteps(STEPS, whole).map(({ ordinal }) => ordinal);
}

test("steps are narrowed by state, platform and words; one that was left out is planned no more", () => {
  expect({
    everything: ordinals({}),
    planned: ordinals({ state: "planned" }),
    leftOut: ordinals({ state: "skipped" }),
    telegram: ordinals({ platforms: ["telegram"] }),
    groupOrNames: ordinals({ search: " ACME " }),
    person: ordinals({ search: "émile" }),
    both: ordinals({ search: "a", state: "refused" }),
    nothing: ordinals({ search: "nobody" }),
  }).toEqual({
    everything: [0, 1, 2, 3, 4],
    planned: [0, 3],
    leftOut: [1],
    telegram: [2],
    groupOrNames: [0, 3],
    person: [1],
    both: [2],
    nothing: [],
  });
});

test("the counts add up to the steps, those left out among the skipped", () => {
  expect(countStates(STEPS)).toEqual({
    planned: 2,
    acting: 0,
    done: 1,
    "already-so": 0,
    refused: 1,
    failed: 0,
    unclear: 0,
    skipped: 1,
  });
});
