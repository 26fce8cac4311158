import { afterEach, beforeEach, expect, test } from "vitest";
import { readLeft } from "#main/features/membership/operations/read-left.ts";
import { updateSteps } from "#main/store/queries/operation-steps.ts";
import { HOUR_MS, MINUTE_MS } from "#shared/lib/time.ts";
import { labConnection } from "#test/support/coverage-lab.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { draftStep, openMembershipLab, type MembershipLab } from "#test/support/membership-lab.ts";

const CONNECTION = labConnection("T1", "UME");
const clock = createManualClock();
let lab: MembershipLab;

beforeEach(async () => {
  lab = await openMembershipLab({ connections: [], clock });
});
afterEach(async () => {
  await lab.stop();
  await lab.store.close();
});

test("what is left of an operation is held up by what its account did within the hour, and only there", async () => {
  const additions = (platform: "slack" | "telegram", count: number) =>
    Array.from({ length: count }, (_, at) =>
      draftStep(CONNECTION, { action: "add", platform, groupId: `C${at}`, userId: "U1" }),
    );
  const telegram = await lab.plan("telegram", "add", additions("telegram", 71));
  const slack = await lab.plan("slack", "add", additions("slack", 71));
  const few = await lab.plan("few", "add", additions("telegram", 20));
  const left = async () =>
    Promise.all([telegram, slack, few].map((id) => readLeft(lab.store.read, id, clock.nowMs())));

  const before = await left();
  // Twenty an hour are allowed: those begun half an hour ago make room in half an hour.
  const begun = Array.from({ length: 20 }, (_, at) => at);
  await lab.store.write((writer) =>
    updateSteps(writer, few, begun, { state: "done", intentAtMs: clock.nowMs() - 30 * MINUTE_MS }),
  );

  expect([...before, ...(await left())].map((each) => [...each.values()])).toEqual([
    [{ steps: 71, budgetMs: 3 * HOUR_MS }],
    [{ steps: 71, budgetMs: 0 }],
    [{ steps: 20, budgetMs: 0 }],
    [{ steps: 71, budgetMs: 3 * HOUR_MS + 30 * MINUTE_MS }],
    [{ steps: 71, budgetMs: 0 }],
    [],
  ]);
});
