import { expect, test } from "vitest";
import { whyNot } from "#main/features/membership/report/words.ts";
import { failure } from "#shared/domain/failure.ts";
import { OperationStep } from "#shared/domain/operation.ts";

const STEP = OperationStep.parse({
  ordinal: 0,
  action: "remove",
  connectionId: "c1",
  platform: "slack",
  groupKey: "slack:T1:C1",
  groupName: "acme",
  groupKind: null,
  personId: "amy",
  personName: "Amy",
  before: null,
  after: null,
  state: "planned",
  isChosen: true,
  evidence: "live",
  failure: null,
  actedAtMs: null,
  verifiedAtMs: null,
});

test("a file tells whether a step was left out, never had its turn, or met something", () => {
  const met = failure("slack/archived", { group: "acme" });
  const steps: Partial<OperationStep>[] = [
    {},
    { isChosen: false },
    { isChosen: false, state: "skipped" },
    { state: "skipped" },
    { state: "skipped", failure: met },
    { state: "refused", failure: met },
    { state: "done" },
  ];
  expect(steps.map((change) => whyNot({ ...STEP, ...change }))).toEqual([
    null,
    "Left out by the operator",
    "Left out by the operator",
    "Cancelled before its turn",
    met.message,
    met.message,
    null,
  ]);
});
