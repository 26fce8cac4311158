import { afterEach, beforeEach, expect, test } from "vitest";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import { listActivity } from "#main/store/queries/activity.ts";
import { updateSteps } from "#main/store/queries/operation-steps.ts";
import { updateOperation } from "#main/store/queries/operations.ts";
import { failure } from "#shared/domain/failure.ts";
import { OperationId } from "#shared/domain/operation.ts";
import { DAY_MS } from "#shared/lib/time.ts";
import { labConnection } from "#test/support/coverage-lab.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { draftStep, openMembershipLab, type MembershipLab } from "#test/support/membership-lab.ts";

const CONNECTION = labConnection("T1", "UME");
const clock = createManualClock();
let lab: MembershipLab;

beforeEach(async () => {
  // No connection is signed in: nothing of these tests asks a platform.
  lab = await openMembershipLab({ connections: [], clock });
});
afterEach(async () => {
  await lab.stop();
  await lab.store.close();
});

function membership(groupId: string, userId: string, rest: Partial<DraftStep> = {}): DraftStep {
  return draftStep(CONNECTION, { action: "add", groupId, userId, ...rest });
}

const ALL = { cursor: null, limit: 100, states: [], search: "" };

test("operations are listed newest first, page by page, with their steps by state", async () => {
  const refused = { state: "refused", failure: failure("membership/no-account") } as const;
  for (const name of ["one", "two", "three"]) {
    await clock.advance(1_000);
    await lab.plan(name, "add", [
      membership("C1", "U1"),
      membership("C1", "U2", refused),
      membership("C2", "U1", { state: "already-so" }),
    ]);
  }
  const first = await lab.operations.list({ cursor: null, limit: 2 });
  const second = await lab.operations.list({ cursor: first.nextCursor, limit: 2 });
  const [newest] = first.items;

  expect({
    ids: [first, second].map(({ items, total }) => [items.map(({ id }) => id), total]),
    rest: second.nextCursor,
    newest: newest && { state: newest.state, counts: newest.counts },
  }).toEqual({
    ids: [
      [["three", "two"], 3],
      [["one"], 3],
    ],
    rest: null,
    newest: {
      state: "planned",
      counts: {
        planned: 1,
        acting: 0,
        done: 0,
        "already-so": 1,
        refused: 1,
        failed: 0,
        unclear: 0,
        skipped: 0,
      },
    },
  });
});

test("steps are left out one by one or by what the search shows, and are found by state and text", async () => {
  const id = await lab.plan(
    "op",
    "add",
    ["acme", "globex", "acme 100%"].flatMap((groupName, at) =>
      ["Ann", "Bob"].map((personName) => membership(`C${at}`, `U${personName}`, { groupName, personName })),
    ),
  );
  const choose = (ordinals: number[] | null, search: string, isChosen: boolean) =>
    lab.operations.choose({ operationId: id, ordinals, search, isChosen });
  const found = async (filter: object) => {
    const page = await lab.operations.listSteps({ ...ALL, operationId: id, ...filter });
    return page.ok ? [page.value.items.map(({ ordinal }) => ordinal), page.value.total] : page.error.code;
  };
  await choose(null, "globex", false);
  await choose([0, 4, 99], "", false);
  const detail = await choose([0], "", true);

  expect({
    counts: detail.ok && [detail.value.counts.planned, detail.value.counts.skipped],
    leftOut: await found({ states: ["skipped"] }),
    shown: await found({ states: ["planned"] }),
    percent: await found({ search: "100%" }),
    page: await found({ cursor: "1", limit: 2 }),
    nobody: await found({ search: "zoe" }),
  }).toEqual({
    counts: [3, 3],
    leftOut: [[2, 3, 4], 3],
    shown: [[0, 1, 2, 3, 4, 5], 6],
    percent: [[4, 5], 2],
    page: [[2, 3], 6],
    nobody: [[], 0],
  });
});

test("what was left out is skipped for good, and the digest is of what was chosen", async () => {
  const digests = new Set<string>();
  for (const [name, leftOut] of [
    ["one", [0]],
    ["two", [1]],
  ] as const) {
    const id = await lab.plan(name, "add", [membership("C1", "U1"), membership("C1", "U2")]);
    await lab.operations.choose({ operationId: id, ordinals: [...leftOut], search: "", isChosen: false });
    await lab.confirm(id);
    await lab.settled(id);
    const lines = await listActivity(lab.store.read, {
      beforeSeq: null,
      search: "operation.confirmed",
      limit: 1,
    });
    digests.add(String(JSON.parse(lines[0]?.details ?? "{}").digest));
  }
  const rows = await lab.rows(OperationId.parse("one"));

  expect({ digests: digests.size, states: rows.map(({ state }) => state) }).toEqual({
    digests: 2,
    states: ["skipped", "planned"],
  });
});

test("a plan that is too old, empty, unknown or run already is not confirmed", async () => {
  const said = async (operationId: OperationId) => {
    const confirmed = await lab.operations.confirm({ operationId, typed: null });
    return confirmed.ok ? confirmed.value.state : confirmed.error.code;
  };
  const old = await lab.plan("old", "add", [membership("C1", "U1")]);
  await clock.advance(DAY_MS + 1);
  const empty = await lab.plan("empty", "add", [membership("C1", "U1", { state: "already-so" })]);
  const good = await lab.plan("good", "add", [membership("C1", "U1")]);

  expect([
    await said(old),
    await said(empty),
    await said(OperationId.parse("nothing")),
    await said(good),
    await said(good),
  ]).toEqual([
    "membership/plan-too-old",
    "membership/nothing-to-do",
    "input/not-found",
    "running",
    "membership/not-planned",
  ]);
});

test("an operation on a connection that is gone pauses on it instead of losing its steps", async () => {
  const id = await lab.plan("op", "add", [membership("C1", "U1")]);
  await lab.confirm(id);
  await lab.settled(id);

  expect([await lab.state(id), await lab.outcomes(id)]).toEqual([
    "paused membership/no-connection",
    ["0 add planned"],
  ]);
});

test("more steps than the operator set wait for somebody else's word, and can still be cancelled", async () => {
  const settings = { ...(await lab.operations.getSettings()), approvalAbove: 1 };
  await lab.operations.saveSettings(settings);
  const id = await lab.plan("op", "add", [membership("C1", "U1"), membership("C1", "U2")]);
  const before = await lab.operations.get({ operationId: id });
  const confirmed = await lab.confirm(id);
  await lab.operations.cancel({ operationId: id });

  expect({
    settings: await lab.operations.getSettings(),
    before: before.ok && before.value.needsApproval,
    confirmed: [confirmed.state, confirmed.needsApproval],
    end: [await lab.state(id), await lab.outcomes(id)],
  }).toEqual({
    settings,
    before: true,
    confirmed: ["awaiting-approval", true],
    end: ["cancelled", ["0 add skipped", "1 add skipped"]],
  });
});

test("a plan can be thrown away, the record of a run stays", async () => {
  const plan = await lab.plan("plan", "add", [membership("C1", "U1")]);
  const ran = await lab.plan("ran", "add", [membership("C1", "U1")]);
  await lab.confirm(ran);
  await lab.settled(ran);
  const said = async (operationId: OperationId) => {
    const discarded = await lab.operations.discard({ operationId });
    return discarded.ok ? "discarded" : discarded.error.code;
  };

  expect([await said(plan), await lab.state(plan), await said(plan), await said(ran)]).toEqual([
    "discarded",
    "input/not-found",
    "input/not-found",
    "membership/not-planned",
  ]);
});

test("what was done can be taken back, also of an operation that did only half of it; a message cannot", async () => {
  const half = await lab.plan("half", "add", [
    membership("C1", "U1"),
    membership("C1", "U2"),
    membership("C2", "U1"),
  ]);
  const message = await lab.plan("message", "message", [
    draftStep(CONNECTION, { action: "send", groupId: "C1", after: "hello" }),
  ]);
  await endWith(half, { 0: "done", 1: "already-so", 2: "skipped" });
  await endWith(message, { 0: "done" });
  const undo = await lab.plan("undo", "remove", [membership("C1", "U1")]);
  await lab.store.write((writer) => updateOperation(writer, undo, { undoes: half }));
  const canUndo = async (operationId: OperationId) => {
    const found = await lab.operations.get({ operationId });
    return found.ok && [found.value.canUndo, found.value.undoneBy];
  };

  const whilePlanned = await canUndo(half);
  await lab.store.write((writer) => updateOperation(writer, undo, { state: "running" }));
  expect([whilePlanned, await canUndo(half), await canUndo(message), await canUndo(undo)]).toEqual([
    [true, null],
    [true, "undo"],
    [false, null],
    [false, null],
  ]);
});

async function endWith(
  id: OperationId,
  states: Record<number, "done" | "already-so" | "skipped">,
): Promise<void> {
  await lab.store.write(async (writer) => {
    for (const [ordinal, state] of Object.entries(states))
      await updateSteps(writer, id, [Number(ordinal)], { state });
    await updateOperation(writer, id, { state: "partial", finishedAtMs: clock.nowMs() });
  });
}
