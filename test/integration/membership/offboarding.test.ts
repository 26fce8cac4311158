import { expect, test } from "vitest";
import { GroupKey } from "#shared/domain/ids.ts";
import type { HelpRequest, OffboardingId } from "#shared/domain/offboarding.ts";
import type { PlanningLab } from "#test/support/planning-lab.ts";
import { carryOut, check, openOffboardingWorld, start, tasksOf, valueOf } from "./offboarding-world.ts";

const REMOVAL = "Dear {name}: {person} out of {group}, please. {me}";
const DEACTIVATED =
  "The account is deactivated: its groups cannot be listed any more, which proves nothing about this one.";
const OWNERSHIP = "Dear {name}: {group} to {me}?";

async function prepare(
  { membership }: PlanningLab,
  input: { purpose: "ownership" | "removal"; offboardingId: OffboardingId | null; groupKeys?: GroupKey[] },
): Promise<readonly HelpRequest[]> {
  const { groupKeys = null, ...rest } = input;
  const template = input.purpose === "removal" ? REMOVAL : OWNERSHIP;
  const steps = valueOf(
    await membership.prepareHelpRequests({ ...rest, groupKeys, template }, new AbortController().signal),
  );
  let last: readonly HelpRequest[] = [];
  for await (const { requests } of steps) last = requests ?? [];
  return last;
}

const shown = (requests: readonly HelpRequest[]) =>
  requests.map(({ groupName, askName, askRole, state, text }) => [groupName, askName, askRole, state, text]);

test("somebody leaves: found everywhere, taken out where we may, asked for elsewhere, and closed once proven", async () => {
  const { lab, sandbox, world, close } = await openOffboardingWorld();
  const { membership } = lab;
  const offboardingId = await start(lab, "cat");
  const unchecked = await membership.closeOffboarding({ offboardingId, state: "done" });
  const found = await check(lab, offboardingId);

  const { operationId } = valueOf(await membership.planOffboarding({ offboardingId }));
  const run = await carryOut(lab, operationId);
  const removal = await prepare(lab, { purpose: "removal", offboardingId });
  const ownership = await prepare(lab, { purpose: "ownership", offboardingId });
  const asked = await check(lab, offboardingId);
  const early = await membership.closeOffboarding({ offboardingId, state: "done" });

  // Olga does what she was asked for, and cat gives her own group away and goes.
  sandbox.control.changeTelegram({
    kind: "remove-member",
    group: world.groupId("telegram", "Stark"),
    user: "cat",
    by: "olga",
  });
  const later = await check(lab, offboardingId);
  const keep = async (name: string, note: string) => {
    const task = later.tasks.find(({ groupName }) => groupName.startsWith(name));
    const groupKey = task?.groupKey ?? GroupKey.parse("none");
    const decided = { offboardingId, groupKey, decision: "kept", note } as const;
    return valueOf(await membership.setOffboardingTask(decided));
  };
  const kept = await keep("Wayne", "She runs it as a customer now.");
  const again = await check(lab, offboardingId);
  const closed = valueOf(await membership.closeOffboarding({ offboardingId, state: "done" }));
  const after = await membership.planOffboarding({ offboardingId });

  expect({
    unchecked: unchecked.ok ? null : unchecked.error.code,
    found: tasksOf(found),
    notAsked: found.notAsked,
    run,
    removal: shown(removal),
    ownership: shown(ownership),
    asked: tasksOf(asked),
    early: early.ok ? null : [early.error.code, early.error.facts.open],
    later: tasksOf(later),
    kept: kept.tasks.filter(({ state }) => state === "kept").map(({ note }) => note),
    again: tasksOf(again),
    closed: closed.state,
    after: after.ok ? null : after.error.code,
    history: again.history.map(({ action }) => action).filter((action) => action.startsWith("o")),
  }).toEqual({
    unchecked: "membership/offboarding-open",
    found: [
      "bitsafe-acme: remove",
      "bitsafe-globex: remove",
      "general: kept",
      "Ours: remove",
      "Stark: ask",
      "Umbrella: remove",
      "Wayne: ask (theirs)",
    ],
    notAsked: [],
    run: "done",
    removal: [
      [
        "Stark <> BitSafe",
        "Olga Owner",
        "owner",
        "draft",
        "Dear Olga: Cat Example out of Stark <> BitSafe, please. Me Myself",
      ],
    ],
    ownership: [
      ["Wayne <> BitSafe", "Cat Example", "owner", "draft", "Dear Cat: Wayne <> BitSafe to Me Myself?"],
    ],
    asked: [
      "bitsafe-acme: gone",
      "bitsafe-globex: gone",
      "general: kept",
      "Ours: gone",
      "Stark: ask",
      "Umbrella: gone",
      "Wayne: ask (theirs)",
    ],
    early: ["membership/offboarding-open", 2],
    later: [
      "bitsafe-acme: gone",
      "bitsafe-globex: gone",
      "general: kept",
      "Ours: gone",
      "Stark: gone",
      "Umbrella: gone",
      "Wayne: ask (theirs)",
    ],
    kept: [
      "Slack's general channel: nobody can be taken out of it. The person leaves it when their account is deactivated in Slack.",
      "She runs it as a customer now.",
    ],
    again: [
      "bitsafe-acme: gone",
      "bitsafe-globex: gone",
      "general: kept",
      "Ours: gone",
      "Stark: gone",
      "Umbrella: gone",
      "Wayne: kept (theirs)",
    ],
    closed: "done",
    after: "membership/offboarding-closed",
    history: [
      "offboarding.started",
      "offboarding.checked",
      "operation.requested",
      "offboarding.removal-planned",
      "operation.planned",
      "operation.confirmed",
      "operation.finished",
      "offboarding.checked",
      "offboarding.checked",
      "offboarding.task-decided",
      "offboarding.checked",
    ],
  });
  await close();
});

test("a request that is sent is sent once, counts as asked, and is answered when the person is gone", async () => {
  const { lab, sandbox, world, close } = await openOffboardingWorld();
  const { membership } = lab;
  const offboardingId = await start(lab, "cat");
  await check(lab, offboardingId);
  const [request] = await prepare(lab, { purpose: "removal", offboardingId });
  const helpRequestIds = request === undefined ? [] : [request.id];
  const stateNow = async () =>
    (await membership.listHelpRequests()).map(({ state, sending }) => [state, sending?.state ?? null]);

  const { operationId } = valueOf(await membership.sendHelpRequests({ helpRequestIds }));
  const twice = await membership.sendHelpRequests({ helpRequestIds });
  const run = await carryOut(lab, operationId);
  const sent = await stateNow();
  const again = await membership.sendHelpRequests({ helpRequestIds });
  const asked = await check(lab, offboardingId);
  const repeated = await prepare(lab, { purpose: "removal", offboardingId, groupKeys: [request!.groupKey] });
  sandbox.control.changeTelegram({
    kind: "remove-member",
    group: world.groupId("telegram", "Stark"),
    user: "cat",
    by: "olga",
  });
  const gone = await check(lab, offboardingId);
  expect({
    twice: twice.ok ? null : twice.error.code,
    run,
    sent,
    again: again.ok ? null : again.error.code,
    asked: tasksOf(asked).find((line) => line.startsWith("Stark")),
    repeated: repeated.map(({ id }) => id),
    gone: tasksOf(gone).find((line) => line.startsWith("Stark")),
    answered: gone.requests.map(({ state, note }) => [state, note]),
  }).toEqual({
    twice: "membership/nothing-to-do",
    run: "done",
    sent: [["sent", "done"]],
    again: "membership/nothing-to-do",
    asked: "Stark: asked",
    repeated: helpRequestIds,
    gone: "Stark: gone",
    answered: [["answered", "The person is not in the group any more."]],
  });
  await close();
});

test("a request that nobody was sent is not needed once the person stays, we may do it ourselves, or it is closed", async () => {
  const { lab, sandbox, world, close } = await openOffboardingWorld();
  const { membership } = lab;
  const offboardingId = await start(lab, "cat");
  await check(lab, offboardingId);
  const stands = async () =>
    (await membership.listHelpRequests()).map(({ groupName, state, note }) =>
      [groupName.split(" ")[0], state, note].join(" | "),
    );
  const ask = async () => {
    await prepare(lab, { purpose: "removal", offboardingId });
    await prepare(lab, { purpose: "ownership", offboardingId });
  };
  const decide = async (name: string, decision: "kept" | "open") => {
    const { tasks } = valueOf(await membership.getOffboarding({ offboardingId }));
    const groupKey = tasks.find(({ groupName }) => groupName.startsWith(name))?.groupKey;
    if (groupKey === undefined) throw new Error("there is no such task");
    valueOf(await membership.setOffboardingTask({ offboardingId, groupKey, decision, note: null }));
  };
  await ask();
  await decide("Wayne", "kept");
  const kept = await stands();
  sandbox.control.changeTelegram({
    kind: "set-owner",
    group: world.groupId("telegram", "Stark"),
    user: "me",
  });
  await check(lab, offboardingId);
  const ours = await stands();
  // It is asked for anew when it is wanted after all.
  await decide("Wayne", "open");
  await check(lab, offboardingId);
  await prepare(lab, { purpose: "ownership", offboardingId });
  const anew = await stands();
  valueOf(await membership.closeOffboarding({ offboardingId, state: "dropped" }));
  const STAYS = "Nobody has to be asked: the person stays in the group.";
  const OURS = "Nobody has to be asked: we may do it ourselves now.";
  expect([kept, ours, anew, await stands()].map((lines) => lines.toSorted())).toEqual([
    ["Stark | draft | ", `Wayne | dropped | ${STAYS}`],
    [`Stark | dropped | ${OURS}`, `Wayne | dropped | ${STAYS}`],
    [`Stark | dropped | ${OURS}`, "Wayne | draft | ", `Wayne | dropped | ${STAYS}`],
    [
      `Stark | dropped | ${OURS}`,
      "Wayne | dropped | Nobody has to be asked: the offboarding is closed.",
      `Wayne | dropped | ${STAYS}`,
    ],
  ]);
  await close();
});

test("without anybody leaving, every group where our right ends is asked for, until the right has come", async () => {
  const { lab, sandbox, world, close } = await openOffboardingWorld();
  const { membership } = lab;
  const asked = shown(await prepare(lab, { purpose: "ownership", offboardingId: null }));
  sandbox.control.changeTelegram({
    kind: "set-owner",
    group: world.groupId("telegram", "Stark"),
    user: "me",
  });
  for await (const _step of membership.checkHelpRequests(new AbortController().signal));
  expect({
    asked: asked.map(([group, name, role]) => [group, name, role]),
    after: (await membership.listHelpRequests()).map(({ groupName, state, note }) => [
      groupName,
      state,
      note,
    ]),
  }).toEqual({
    asked: [
      ["Stark <> BitSafe", "Olga Owner", "owner"],
      ["Wayne <> BitSafe", "Cat Example", "owner"],
    ],
    after: [
      ["Stark <> BitSafe", "dropped", "The right has come: the platform says so."],
      ["Wayne <> BitSafe", "draft", null],
    ],
  });
  await close();
});

test("an archived channel is neither to do nor to ask for; once it is not archived, it is to do", async () => {
  const { lab, sandbox, world, close } = await openOffboardingWorld();
  const offboardingId = await start(lab, "cat");
  const channel = world.groupId("slack", "bitsafe-globex");
  const taskNow = async () => {
    const { tasks } = await check(lab, offboardingId);
    return tasks.flatMap(({ groupName, state, note }) =>
      groupName === "bitsafe-globex" ? [state, note?.split(":")[0]] : [],
    );
  };
  sandbox.control.change({ kind: "archive-channel", channel });
  const archived = await taskNow();
  const asked = await prepare(lab, { purpose: "removal", offboardingId });
  sandbox.control.change({ kind: "unarchive-channel", channel });
  expect({
    archived,
    asked: asked.map(({ groupName }) => groupName).filter((name) => name === "bitsafe-globex"),
    later: await taskNow(),
  }).toEqual({ archived: ["kept", "Archived"], asked: [], later: ["remove", undefined] });
  await close();
});

test("what was decided about an archived channel stays once it is not archived, though the note is the check's own", async () => {
  const { lab, sandbox, world, close } = await openOffboardingWorld();
  const offboardingId = await start(lab, "cat");
  const channel = world.groupId("slack", "bitsafe-globex");
  const taskNow = async () => {
    const { tasks } = await check(lab, offboardingId);
    const task = tasks.find(({ groupName }) => groupName === "bitsafe-globex");
    if (task === undefined) throw new Error("there is no such task");
    return task;
  };
  sandbox.control.change({ kind: "archive-channel", channel });
  const { groupKey, note } = await taskNow();
  valueOf(await lab.membership.setOffboardingTask({ offboardingId, groupKey, decision: "kept", note }));
  const archived = await taskNow();
  sandbox.control.change({ kind: "unarchive-channel", channel });
  const open = await taskNow();
  // Taken back, it is a check's again.
  valueOf(await lab.membership.setOffboardingTask({ offboardingId, groupKey, decision: "open", note: null }));
  const takenBack = await taskNow();
  expect([archived, open, takenBack].map((task) => [task.state, task.note])).toEqual([
    ["kept", note],
    ["kept", note],
    ["remove", null],
  ]);
  await close();
});

test("what is decided, or taken back, while a check asks counts, unless the person is proven to be gone", async () => {
  const { lab, sandbox, world, close } = await openOffboardingWorld();
  const offboardingId = await start(lab, "cat");
  const { tasks } = await check(lab, offboardingId);
  const names = ["bitsafe-acme", "bitsafe-globex", "Ours <> BitSafe"];
  const decide = async (named: readonly string[], decision: "kept" | "open"): Promise<void> => {
    const note = decision === "kept" ? "An adviser." : null;
    for (const { groupKey } of tasks.filter(({ groupName }) => named.includes(groupName)))
      valueOf(await lab.membership.setOffboardingTask({ offboardingId, groupKey, decision, note }));
  };
  await decide(["Ours <> BitSafe"], "kept");
  sandbox.control.change({
    kind: "remove-member",
    channel: world.groupId("slack", "bitsafe-acme"),
    user: world.slackUser("cat"),
  });
  const steps = valueOf(
    await lab.membership.checkOffboarding({ offboardingId }, new AbortController().signal),
  );
  // The first step comes once the tasks were read; what a check found is written before the last.
  await steps.next();
  await decide(["bitsafe-acme", "bitsafe-globex"], "kept");
  await decide(["Ours <> BitSafe"], "open");
  for await (const { detail } of steps) if (detail !== null) break;
  const { tasks: now } = valueOf(await lab.membership.getOffboarding({ offboardingId }));
  expect(
    now.filter(({ groupName }) => names.includes(groupName)).map(({ state, note }) => [state, note]),
  ).toEqual([
    ["gone", "Proven by asking the platform: not in the group."],
    ["kept", "An adviser."],
    ["unknown", "Not checked since it was opened again."],
  ]);
  await close();
});

test("a deactivated Slack account is said to be one, and its channels are unknown rather than gone", async () => {
  const { lab, sandbox, world, close } = await openOffboardingWorld();
  await lab.audit();
  sandbox.control.change({ kind: "deactivate-user", user: world.slackUser("cat") });
  const offboardingId = await start(lab, "cat");
  const found = await check(lab, offboardingId);
  const never = await check(lab, await start(lab, "left"));
  expect({
    deactivatedIn: found.offboarding.deactivatedIn.length,
    slack: found.tasks
      .filter(({ platform }) => platform === "slack")
      .map(({ groupName, state, note }) => [groupName, state, note]),
    never: [never.offboarding.deactivatedIn.length, never.tasks],
  }).toEqual({
    deactivatedIn: 1,
    slack: [
      ["bitsafe-acme", "unknown", DEACTIVATED],
      ["bitsafe-globex", "unknown", DEACTIVATED],
    ],
    never: [1, []],
  });
  await close();
});

test("a check that is cut off keeps nothing, and what was known outlives a restart", async () => {
  const { lab, sandbox, close } = await openOffboardingWorld();
  const offboardingId = await start(lab, "cat");
  const before = await check(lab, offboardingId);
  const stop = new AbortController();
  const steps = valueOf(await lab.membership.checkOffboarding({ offboardingId }, stop.signal));
  for await (const { detail } of steps) {
    stop.abort();
    if (detail !== null) throw new Error("it was too fast to be cut off");
  }
  // Nobody answers any more: nothing that was known turns into an absence.
  sandbox.control.addFault({ method: "*", kind: "error:token_revoked", times: null });
  sandbox.control.addFault({
    platform: "telegram",
    method: "*",
    kind: "error:AUTH_KEY_UNREGISTERED",
    times: null,
  });
  const unreachable = await check(lab, offboardingId);
  const closed = await lab.membership.closeOffboarding({ offboardingId, state: "done" });
  expect({
    tasks: tasksOf(before).length,
    states: [...new Set(unreachable.tasks.map(({ state }) => state))],
    notAsked: unreachable.notAsked.map(({ blocks }) => blocks),
    closed: closed.ok ? null : closed.error.code,
    second: (await lab.membership.startOffboarding({ personId: before.offboarding.personId })).ok,
  }).toEqual({
    tasks: 7,
    states: ["unknown", "kept"],
    notAsked: [true, true],
    closed: "membership/offboarding-open",
    second: false,
  });
  await close();
});

test("a removal that is only half done leaves the rest to do, and goes on after a restart", async () => {
  const { lab, sandbox, world, reopen, close } = await openOffboardingWorld();
  const offboardingId = await start(lab, "cat");
  await check(lab, offboardingId);
  sandbox.control.addFault({ method: "conversations.kick", kind: "error:fatal_error", times: null });
  const first = valueOf(await lab.membership.planOffboarding({ offboardingId }));
  const firstEnd = await carryOut(lab, first.operationId);
  // Somebody else was faster in one of the groups that are left.
  sandbox.control.change({
    kind: "remove-member",
    channel: world.groupId("slack", "bitsafe-acme"),
    user: world.slackUser("cat"),
  });
  sandbox.control.clearFaults();
  const half = await check(lab, offboardingId);
  await lab.stop();

  const again = await reopen();
  const restored = valueOf(await again.membership.getOffboarding({ offboardingId }));
  const second = valueOf(await again.membership.planOffboarding({ offboardingId }));
  const secondEnd = await carryOut(again, second.operationId);
  const end = await check(again, offboardingId);
  await again.stop();
  expect({
    firstEnd,
    half: tasksOf(half),
    isKept: JSON.stringify(restored.tasks) === JSON.stringify(half.tasks),
    secondEnd,
    end: tasksOf(end),
    truth: ["Ours", "Umbrella"].map((name) => world.members("telegram", name)),
    operations: end.offboarding.operationIds,
  }).toEqual({
    firstEnd: "partial",
    half: [
      "bitsafe-acme: gone",
      "bitsafe-globex: remove",
      "general: kept",
      "Ours: gone",
      "Stark: ask",
      "Umbrella: gone",
      "Wayne: ask (theirs)",
    ],
    isKept: true,
    secondEnd: "done",
    end: [
      "bitsafe-acme: gone",
      "bitsafe-globex: gone",
      "general: kept",
      "Ours: gone",
      "Stark: ask",
      "Umbrella: gone",
      "Wayne: ask (theirs)",
    ],
    truth: [
      ["me", "olga"],
      ["me", "olga"],
    ],
    operations: [first.operationId, second.operationId],
  });
  await close();
});
