import { expect, onTestFinished, test } from "vitest";
import type { Membership, TakenRecurrenceTurn } from "#main/features/membership/index.ts";
import { listActivity } from "#main/store/queries/activity.ts";
import { findOperation } from "#main/store/queries/operations.ts";
import { DEFAULT_CHANGE_BUDGETS, OperationRequest } from "#shared/domain/operation.ts";
import type { Recurrence, RecurrenceDraft } from "#shared/domain/recurrence.ts";
import { DAY_MS, HOUR_MS } from "#shared/lib/time.ts";
import { createHastyClock } from "#test/support/membership-lab.ts";
import { openTestPlanningLab } from "#test/support/open-planning-lab.ts";
import type { PlanningLab } from "#test/support/planning-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { bothTeamsOf } from "#test/support/sandbox-telegram-audit.ts";
import { knowWorld, startEngineSandbox } from "./engine-world.ts";

const GAPS = request({
  kind: "add",
  platforms: ["slack"],
  targets: {
    by: "gap",
    people: { by: "person", personIds: ["ann"] },
    groups: { by: "all" },
    optional: false,
  },
});
const REMOVAL = request({
  kind: "remove",
  platforms: ["slack"],
  targets: {
    by: "cross",
    people: { by: "person", personIds: ["cat"] },
    groups: { by: "all" },
  },
});

function request(text: object): OperationRequest {
  return OperationRequest.parse(text);
}

async function openWorld() {
  const sandbox = await startEngineSandbox();
  const clock = createHastyClock();
  const lab = await openTestPlanningLab({
    connections: [connectionTo(sandbox, { limitWindowMs: 1, deadlineMs: 1_000 })],
    teamAndRules: bothTeamsOf(sandbox),
    clock,
  });
  onTestFinished(() => sandbox.close());
  await lab.audit();
  return { lab, clock, world: knowWorld(() => sandbox.control.truth()) };
}

async function save(membership: Membership, draft: Partial<RecurrenceDraft>): Promise<Recurrence> {
  const saved = await membership.saveRecurrence({
    id: null,
    name: "Close gaps",
    request: GAPS,
    isConfirmed: true,
    cron: "0 4 * * *",
    timeZone: "UTC",
    enabled: true,
    ...draft,
  });
  if (!saved.ok) throw new Error(saved.error.code);
  return saved.value;
}

/** Takes every turn that is due and lets what it began come to rest. */
async function takeTurns(lab: PlanningLab, which: Recurrence["id"] | "due" = "due") {
  const turns = await lab.membership.takeRecurrenceTurns(which);
  for (const { operationId } of turns) {
    if (operationId === null) continue;
    await lab.settled(operationId);
    const row = await findOperation(lab.store.read, operationId);
    if (row?.runJobId) await lab.jobs.settled(row.runJobId);
  }
  return turns.length;
}

/** `outcome state`, newest first. */
async function turnsOf({ membership }: PlanningLab): Promise<string[]> {
  const [recurrence] = await membership.listRecurrences();
  return (recurrence?.turns ?? []).map(
    ({ outcome, operationState, missed, failure: why }: Omit<TakenRecurrenceTurn, "recurrenceId">) =>
      [outcome, operationState, ...(missed > 0 ? [`${missed} missed`] : []), ...(why ? [why.code] : [])].join(
        " ",
      ),
  );
}

test("what is confirmed beforehand runs at its time by itself, catches up once, and changes nothing when nothing is to do", async () => {
  const { lab, clock, world } = await openWorld();
  await save(lab.membership, {});
  const early = await takeTurns(lab);
  await clock.sleep(3 * DAY_MS + HOUR_MS);
  const due = await takeTurns(lab);
  const members = world.members("slack", "bitsafe-acme");
  await clock.sleep(DAY_MS);
  await lab.audit();
  await takeTurns(lab);
  const { items } = await lab.membership.list({ cursor: null, limit: 10 });
  const log = await listActivity(lab.store.read, {
    beforeSeq: null,
    search: "operation.confirmed",
    limit: 9,
  });

  expect({
    early,
    due,
    members,
    turns: await turnsOf(lab),
    operations: items.map(({ state, counts, createdBy, confirmedAtMs }) => [
      state,
      counts.done,
      createdBy,
      confirmedAtMs !== null,
    ]),
    confirmedBy: log.map(({ actor }) => actor),
  }).toEqual({
    early: 0,
    due: 1,
    members: ["ann", "cat", "me"],
    turns: ["started done", expect.stringMatching(/^started done [23] missed$/)],
    operations: [
      ["done", 0, "schedule", false],
      ["done", 3, "schedule", true],
    ],
    confirmedBy: ["schedule"],
  });
});

test("what was not confirmed, or needs somebody else's word, waits as a plan, which the next turn replaces; one at work is left alone", async () => {
  const { lab, clock, world } = await openWorld();
  await lab.membership.saveSettings({
    budgets: DEFAULT_CHANGE_BUDGETS,
    approvalAbove: 0,
    approvers: [{ name: "Carl", publicKey: "k".repeat(42) + "A" }],
  });
  const { id } = await save(lab.membership, {});
  await takeTurns(lab, id);
  const first = await turnsOf(lab);
  await clock.sleep(HOUR_MS);
  await takeTurns(lab, id);
  const second = await turnsOf(lab);
  const [newest] = (await lab.membership.list({ cursor: null, limit: 1 })).items;
  if (!newest) throw new Error("nothing was planned");
  await lab.membership.confirm({ operationId: newest.id, typed: null });
  await clock.sleep(HOUR_MS);
  await takeTurns(lab, id);

  expect({
    first,
    second,
    third: await turnsOf(lab),
    members: world.members("slack", "bitsafe-acme"),
  }).toEqual({
    first: ["started planned"],
    second: ["started planned", "started cancelled"],
    third: ["skipped awaiting-approval", "started awaiting-approval", "started cancelled"],
    members: ["cat", "me"],
  });
});

test("removals are never confirmed beforehand, and neither a wrong time nor a taken name is saved", async () => {
  const { lab } = await openWorld();
  const { id } = await save(lab.membership, { name: "Removal", request: REMOVAL, isConfirmed: false });
  await takeTurns(lab, id);
  const draft = { id: null, name: "Other", request: REMOVAL, isConfirmed: false, cron: "0 4 * * *" };
  const rest = { timeZone: "UTC", enabled: true };
  const refusals = [];
  for (const change of [
    { isConfirmed: true },
    {
      request: {
        kind: "rest" as const,
        operationId: (await lab.membership.list({ cursor: null, limit: 1 })).items[0]!.id,
      },
    },
    { cron: "0 25 * * *" },
    { name: "Removal" },
  ]) {
    const saved = await lab.membership.saveRecurrence({ ...draft, ...rest, ...change });
    refusals.push(saved.ok || saved.error.code);
  }
  const waits = await turnsOf(lab);
  const removed = await lab.membership.removeRecurrence({ id });
  const again = await lab.membership.runRecurrence({ id });

  expect({
    waits,
    refusals,
    removed: removed.ok,
    again: again.ok || again.error.code,
    left: await lab.membership.listRecurrences(),
    schedules: await lab.jobs.schedules.list(),
  }).toEqual({
    waits: ["started planned"],
    refusals: [
      "membership/not-recurring",
      "membership/not-recurring",
      "input/schedule-invalid",
      "input/name-taken",
    ],
    removed: true,
    again: "input/not-found",
    left: [],
    schedules: [],
  });
});

test("what an operation was planned from comes with a name for repeating it that no other has", async () => {
  const { lab } = await openWorld();
  const planned = await lab.plan(GAPS);
  const named = async () => {
    const found = await lab.membership.requestOf({ operationId: planned.id });
    return found.ok ? found.value : found.error.code;
  };
  const first = await named();
  if (typeof first === "string") throw new Error(first);
  await save(lab.membership, { name: first.name });
  expect([first, await named()]).toEqual([
    { request: GAPS, name: first.name },
    { request: GAPS, name: `${first.name} (2)` },
  ]);
});
