import { afterEach, beforeEach, expect, test } from "vitest";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import { listActivity } from "#main/store/queries/activity.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { draftStep, type MembershipLab } from "#test/support/membership-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { type EngineLab, openEngineLab } from "./engine-lab.ts";
import type { KnownWorld } from "./engine-world.ts";

let engine: EngineLab<ReturnType<typeof connectionTo>>;
let sandbox: Sandbox;
let lab: MembershipLab;
let world: KnownWorld;
let run: typeof engine.run;

beforeEach(async () => {
  engine = await openEngineLab((opened) => connectionTo(opened, { limitWindowMs: 1, deadlineMs: 300 }));
  ({ sandbox, lab, world, run } = engine);
});
afterEach(() => engine.close());

function step(action: DraftStep["action"], channel: string | null, rest: Partial<DraftStep> = {}): DraftStep {
  const { connection } = connectionTo(sandbox);
  const groupId = channel === null ? null : world.groupId("slack", channel);
  return draftStep(connection, { action, groupId, ...rest });
}

function membership(action: "add" | "remove", channel: string, person: string): DraftStep {
  return step(action, channel, { userId: world.slackUser(person) });
}

test("people are put into channels, batch by batch: a bad one is refused alone, who was in is left alone, an archived channel is refused", async () => {
  const id = await lab.plan("op", "add", [
    membership("add", "bitsafe-acme", "ann"),
    membership("add", "bitsafe-acme", "left"),
    membership("add", "bitsafe-acme", "cat"),
    membership("add", "bitsafe-globex", "bob"),
    membership("add", "bitsafe-old", "ann"),
  ]);
  await run(id);
  const activity = await listActivity(lab.store.read, { beforeSeq: null, search: "operation.", limit: 10 });
  const verified = (await lab.rows(id)).map(({ verifiedAtMs }) => verifiedAtMs !== null);

  expect({
    outcomes: await lab.outcomes(id),
    state: await lab.state(id),
    verified,
    acme: world.members("slack", "bitsafe-acme"),
    globex: world.members("slack", "bitsafe-globex"),
    invitations: sandbox.control.calls().counts["conversations.invite"],
    activity: activity.toReversed().map(({ actor, action }) => `${actor}: ${action}`),
  }).toEqual({
    outcomes: [
      "0 add done",
      "1 add refused slack/not-allowed",
      "2 add already-so",
      "3 add done",
      "4 add refused slack/archived",
    ],
    state: "partial",
    verified: [true, false, false, true, false],
    acme: ["ann", "cat", "me"],
    globex: ["bob", "cat", "me"],
    invitations: 3,
    activity: ["tester: operation.confirmed", "job-runner: operation.finished"],
  });
});

test("people are taken out of channels after what is shown was typed", async () => {
  const id = await lab.plan("op", "remove", [
    membership("remove", "bitsafe-acme", "cat"),
    membership("remove", "bitsafe-initech", "cat"),
    membership("remove", "general", "cat"),
  ]);
  const untyped = await lab.operations.confirm({ operationId: id, typed: "remove 2" });
  await run(id);

  expect({
    untyped: untyped.ok ? "confirmed" : untyped.error.facts,
    outcomes: await lab.outcomes(id),
    acme: world.members("slack", "bitsafe-acme"),
  }).toEqual({
    untyped: { wanted: "remove 3" },
    outcomes: ["0 remove done", "1 remove already-so", "2 remove refused slack/general-channel"],
    acme: ["me"],
  });
});

test("a channel that somebody renamed since the plan keeps the name they gave it, one that has the new name is so already", async () => {
  const rename = (channel: string, after: string) => step("rename", channel, { before: channel, after });
  const id = await lab.plan("op", "rename", [
    rename("bitsafe-acme", "acme-bitsafe"),
    rename("bitsafe-globex", "globex-bitsafe"),
    rename("bitsafe-initech", "initech-bitsafe"),
  ]);
  sandbox.control.change({
    kind: "rename-channel",
    channel: world.groupId("slack", "bitsafe-globex"),
    name: "theirs",
  });
  sandbox.control.change({
    kind: "rename-channel",
    channel: world.groupId("slack", "bitsafe-initech"),
    name: "initech-bitsafe",
  });
  await run(id);

  expect({ outcomes: await lab.outcomes(id), names: world.names("slack") }).toEqual({
    outcomes: ["0 rename done", "1 rename refused membership/changed-meanwhile", "2 rename already-so"],
    names: ["acme-bitsafe", "bitsafe-old", "general", "initech-bitsafe", "theirs"],
  });
});

test("a name that somebody gives while Slack has the change wait is not written over", async () => {
  const fault = { platform: "slack", method: "conversations.rename", kind: "ratelimit" } as const;
  sandbox.control.addFault({ ...fault, retryAfterS: 2 });
  const channel = world.groupId("slack", "bitsafe-acme");
  const unwatch = sandbox.control.watchCalls(({ method, status }) => {
    if (method !== "conversations.rename" || status !== 429) return;
    sandbox.control.change({ kind: "rename-channel", channel, name: "theirs" });
  });
  const id = await lab.plan("op", "rename", [
    step("rename", "bitsafe-acme", { before: "bitsafe-acme", after: "acme-bitsafe" }),
  ]);
  await run(id);
  unwatch();
  const asked = sandbox.control.calls().counts["conversations.rename"];

  expect([await lab.outcomes(id), world.names("slack").at(-1), asked]).toEqual([
    ["0 rename refused membership/changed-meanwhile"],
    "theirs",
    1,
  ]);
});

test("a channel is made before people, topic and welcome come to it; where it cannot be made they are left out", async () => {
  const made = (name: string): DraftStep[] => [
    step("create", null, { newGroup: name, groupName: name, after: name, before: "private" }),
    step("add", null, { stage: 1, newGroup: name, userId: world.slackUser("ann") }),
    step("describe", null, { stage: 1, newGroup: name, after: "All about it" }),
    step("welcome", null, { stage: 2, newGroup: name, after: "Welcome!" }),
  ];
  const id = await lab.plan("op", "create", [...made("bitsafe-hooli"), ...made("bitsafe-acme")]);
  await run(id);
  const hooli = sandbox.control.truth().groups.find(({ name }) => name === "bitsafe-hooli");

  expect({
    outcomes: await lab.outcomes(id),
    hooli: hooli && "topic" in hooli ? [hooli.kind, hooli.topic, hooli.pinnedTexts] : null,
    members: world.members("slack", "bitsafe-hooli"),
  }).toEqual({
    outcomes: [
      "0 create done",
      "1 add done",
      "2 describe done",
      "3 welcome done",
      "4 create refused slack/name-taken",
      "5 add skipped slack/name-taken",
      "6 describe skipped slack/name-taken",
      "7 welcome skipped slack/name-taken",
    ],
    hooli: ["private", "All about it", ["Welcome!"]],
    members: ["ann", "me"],
  });
});

test("an answer that is lost after the change was made is settled by reading, not by doing it again", async () => {
  const lost = (method: string) => sandbox.control.addFault({ method, kind: "drop-after" });
  for (const method of ["conversations.invite", "conversations.kick", "conversations.rename"]) lost(method);
  lost("conversations.create");
  const ids = [
    await lab.plan("add", "add", [membership("add", "bitsafe-acme", "ann")]),
    await lab.plan("remove", "remove", [membership("remove", "bitsafe-globex", "cat")]),
    await lab.plan("rename", "rename", [
      step("rename", "bitsafe-initech", { before: "bitsafe-initech", after: "initech" }),
    ]),
    await lab.plan("create", "create", [
      step("create", null, { newGroup: "bitsafe-hooli", after: "bitsafe-hooli" }),
    ]),
  ];
  await Promise.all(ids.map(run));
  const calls = sandbox.control.calls().counts;

  expect({
    outcomes: await Promise.all(ids.map(lab.outcomes)),
    changes: ["invite", "kick", "rename", "create"].map((name) => calls[`conversations.${name}`]),
    truth: [
      world.members("slack", "bitsafe-acme"),
      world.members("slack", "bitsafe-globex"),
      world.names("slack"),
    ],
  }).toEqual({
    outcomes: [["0 add done"], ["0 remove done"], ["0 rename done"], ["0 create done"]],
    changes: [1, 1, 1, 1],
    truth: [
      ["ann", "cat", "me"],
      ["me"],
      ["bitsafe-acme", "bitsafe-globex", "bitsafe-hooli", "bitsafe-old", "general", "initech"],
    ],
  });
}, 30_000);

test("who came in since the plan is not ours, even where the answer to the invitation was lost", async () => {
  const id = await lab.plan("op", "add", [
    membership("add", "bitsafe-globex", "ann"),
    membership("add", "bitsafe-globex", "bob"),
  ]);
  sandbox.control.change({
    kind: "add-member",
    channel: world.groupId("slack", "bitsafe-globex"),
    user: world.slackUser("bob"),
  });
  sandbox.control.addFault({ method: "conversations.invite", kind: "drop-after" });
  await run(id);

  expect({
    outcomes: await lab.outcomes(id),
    globex: world.members("slack", "bitsafe-globex"),
    invitations: sandbox.control.calls().counts["conversations.invite"],
  }).toEqual({
    outcomes: ["0 add done", "1 add already-so"],
    globex: ["ann", "bob", "cat", "me"],
    invitations: 1,
  });
}, 30_000);

test("who left since the plan was not taken out by us, even where the answer to the removal was lost", async () => {
  const channels = ["bitsafe-acme", "bitsafe-globex"];
  const id = await lab.plan(
    "op",
    "remove",
    channels.map((name) => membership("remove", name, "cat")),
  );
  const [acme] = channels.map((name) => world.groupId("slack", name));
  sandbox.control.change({ kind: "remove-member", channel: acme!, user: world.slackUser("cat") });
  sandbox.control.addFault({ method: "conversations.kick", kind: "drop-after", times: 2 });
  await run(id);
  const { counts } = sandbox.control.calls();

  expect({
    outcomes: await lab.outcomes(id),
    members: channels.map((name) => world.members("slack", name)),
    removals: counts["conversations.kick"],
  }).toEqual({
    outcomes: ["0 remove already-so", "1 remove done"],
    members: [["me"], ["me"]],
    removals: 2,
  });
}, 30_000);

test("a look before that failed is made again for the next channel, and one that was just made is not looked at", async () => {
  const bob = world.slackUser("bob");
  // The first look does not answer, nor when it is tried again.
  sandbox.control.addFault({ method: "users.conversations", kind: "drop", times: 4 });
  const id = await lab.plan("op", "add", [
    membership("add", "bitsafe-acme", "bob"),
    step("add", "bitsafe-globex", { stage: 1, userId: bob }),
    step("create", null, { stage: 2, newGroup: "bitsafe-hooli", after: "bitsafe-hooli" }),
    step("add", null, { stage: 3, newGroup: "bitsafe-hooli", userId: bob }),
  ]);
  sandbox.control.change({
    kind: "add-member",
    channel: world.groupId("slack", "bitsafe-globex"),
    user: bob,
  });
  const looks: number[] = [];
  const unwatch = sandbox.control.watchCalls(({ method }) => {
    if (method !== "conversations.invite") return;
    looks.push(sandbox.control.calls().counts["users.conversations"] ?? 0);
    if (looks.length === 1) sandbox.control.addFault({ method: "conversations.invite", kind: "drop-after" });
  });
  await run(id);
  unwatch();

  expect([await lab.outcomes(id), looks]).toEqual([
    ["0 add done", "1 add already-so", "2 create done", "3 add done"],
    [4, 5, 5],
  ]);
}, 30_000);

test("who was in before is looked for by the fewer calls, whatever the plan found to be so already", async () => {
  const already = ["bitsafe-globex", "bitsafe-old", "general", "bitsafe-initech"].map((channel) => {
    return { ...membership("add", channel, "ann"), state: "already-so" as const };
  });
  const id = await lab.plan("op", "add", [
    ...["ann", "bob", "me"].map((person) => membership("add", "bitsafe-acme", person)),
    ...already,
  ]);
  const listed: unknown[] = [];
  const unwatch = sandbox.control.watchCalls(({ method }) => {
    const { counts } = sandbox.control.calls();
    if (method === "conversations.invite")
      listed.push([counts["conversations.members"], counts["users.conversations"]]);
  });
  await run(id);
  unwatch();

  expect(listed).toEqual([[1, undefined]]);
});

test("a message that may have been written is not written again, and the next one waits until Slack answers", async () => {
  sandbox.control.addFault({ method: "chat.postMessage", kind: "drop-after" });
  const id = await lab.plan("op", "message", [
    step("send", "bitsafe-acme", { after: "one" }),
    step("send", "bitsafe-acme", { after: "two" }),
  ]);
  await run(id);

  const rows = await lab.rows(id);
  expect({
    states: rows.map(({ state }) => state).toSorted(),
    posts: sandbox.control.calls().counts["chat.postMessage"],
    state: await lab.state(id),
  }).toEqual({ states: ["done", "unclear"], posts: 2, state: "partial" });
});

test("a permission lost midway pauses the operation with the scope it needs, and signing in again finishes it", async () => {
  sandbox.control.addFault({
    method: "conversations.kick",
    kind: "lose-scope:channels:write,groups:write",
    after: 1,
  });
  const id = await lab.plan(
    "op",
    "remove",
    ["bitsafe-acme", "bitsafe-globex"].flatMap((channel) => [membership("remove", channel, "cat")]),
  );
  sandbox.control.change({
    kind: "add-member",
    channel: world.groupId("slack", "bitsafe-initech"),
    user: world.slackUser("cat"),
  });
  await run(id);
  const paused = await lab.operations.get({ operationId: id });
  const states = (await lab.rows(id)).map(({ state }) => state).toSorted();
  sandbox.control.changeToken({ label: "full", add: ["channels:write", "groups:write"] });
  const woken = await lab.jobs.wakePausedOn(connectionTo(sandbox).connection.id);
  await lab.settled(id);

  expect({
    paused: paused.ok && [
      paused.value.state,
      paused.value.failure?.code,
      paused.value.failure?.facts["needed"],
    ],
    states,
    shown: lab.shown,
    woken,
    end: await lab.state(id),
    acme: world.members("slack", "bitsafe-acme"),
    globex: world.members("slack", "bitsafe-globex"),
  }).toEqual({
    paused: ["paused", "slack/missing-scope", expect.stringContaining("write")],
    shown: [expect.stringMatching(/^lacking .*write/u)],
    states: ["done", "planned"],
    woken: 1,
    end: "done",
    acme: ["me"],
    globex: ["me"],
  });
});

test("a token that is revoked midway shows the connection as signed out, and nothing is lost", async () => {
  sandbox.control.addFault({ method: "conversations.invite", kind: "revoke" });
  const id = await lab.plan("op", "add", [membership("add", "bitsafe-acme", "ann")]);
  await run(id);
  const atRest = [await lab.state(id), ...(await lab.outcomes(id)), ...lab.shown];
  sandbox.control.changeToken({ label: "full", state: "live" });
  await lab.jobs.wakePausedOn(connectionTo(sandbox).connection.id);
  await lab.settled(id);

  expect({ atRest, end: await lab.state(id), acme: world.members("slack", "bitsafe-acme") }).toEqual({
    atRest: ["paused slack/token-revoked", "0 add planned", "signed-out slack/token-revoked"],
    end: "done",
    acme: ["ann", "cat", "me"],
  });
});

test("a platform that does not answer is waited for, and what was begun is settled when it is back", async () => {
  sandbox.control.addFault({ method: "conversations.invite", kind: "drop-after" });
  // Neither the look before answers nor the one after, each of which is tried again a few times.
  sandbox.control.addFault({ method: "conversations.members", kind: "drop", times: 8 });
  const id = await lab.plan("op", "add", [membership("add", "bitsafe-acme", "ann")]);
  await run(id);

  expect({
    outcomes: await lab.outcomes(id),
    state: await lab.state(id),
    shown: lab.shown,
    invitations: sandbox.control.calls().counts["conversations.invite"],
  }).toEqual({
    outcomes: ["0 add done"],
    state: "done",
    shown: ["unreachable network/unreachable", "ready"],
    invitations: 1,
  });
}, 30_000);

test("what was confirmed by the answer but is gone when it is read back counts as failed", async () => {
  const id = await lab.plan("op", "add", [membership("add", "bitsafe-acme", "ann")]);
  const job = lab.confirm(id).then(() => lab.settled(id));
  const looks = () => sandbox.control.calls().counts["conversations.members"] ?? 0;
  while (looks() === 0) await new Promise((resolve) => setImmediate(resolve));
  // The look before has come; reading back is held up until they are out again.
  sandbox.control.addFault({ method: "conversations.members", kind: "stall" });
  for (;;) {
    if ((await lab.outcomes(id))[0] === "0 add done") break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  sandbox.control.change({
    kind: "remove-member",
    channel: world.groupId("slack", "bitsafe-acme"),
    user: world.slackUser("ann"),
  });
  await job;

  expect([await lab.outcomes(id), await lab.state(id)]).toEqual([
    ["0 add failed membership/not-confirmed-by-reading"],
    "partial",
  ]);
});

test("a cancelled operation keeps what it did, leaves the rest out, and says so", async () => {
  const people = ["ann", "bob", "shy"];
  const channels = ["bitsafe-acme", "bitsafe-globex", "bitsafe-initech"];
  const id = await lab.plan(
    "op",
    "remove",
    channels.flatMap((channel) => people.map((person) => membership("remove", channel, person))),
  );
  for (const channel of channels)
    for (const person of people)
      sandbox.control.change({
        kind: "add-member",
        channel: world.groupId("slack", channel),
        user: world.slackUser(person),
      });
  sandbox.control.addFault({ method: "conversations.kick", kind: "slow", delayMs: 100, after: 3 });
  await lab.confirm(id);
  for (;;) {
    const counts = await lab.operations.get({ operationId: id });
    if (counts.ok && counts.value.counts.done >= 3) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await lab.operations.cancel({ operationId: id });
  await lab.settled(id);
  const rows = await lab.rows(id);
  const removed = channels.reduce((sum, channel) => sum + 3 - present(channel), 0);

  function present(channel: string): number {
    return world.members("slack", channel).filter((person) => people.includes(person)).length;
  }

  const ofState = (state: string) => rows.filter((row) => row.state === state).length;
  const resumed = await lab.operations.resume({ operationId: id });
  expect({
    state: await lab.state(id),
    done: ofState("done"),
    others: ofState("done") + ofState("skipped"),
    resumed: resumed.ok,
  }).toEqual({ state: "cancelled", done: removed, others: 9, resumed: false });
});

test("a change that still waits for its turn when the operation is cancelled was not made, and is said to be left out", async () => {
  sandbox.control.change({
    kind: "add-member",
    channel: world.groupId("slack", "bitsafe-acme"),
    user: world.slackUser("ann"),
  });
  const id = await lab.plan("op", "remove", [membership("remove", "bitsafe-acme", "ann")]);
  sandbox.control.addFault({ method: "conversations.kick", kind: "ratelimit", retryAfterS: 3_600 });
  await lab.confirm(id);
  while (sandbox.control.calls().counts["conversations.kick"] === undefined)
    await new Promise((resolve) => setTimeout(resolve, 5));
  await lab.operations.cancel({ operationId: id });
  await lab.settled(id);
  expect({
    states: (await lab.rows(id)).map(({ state }) => state),
    isStillIn: world.members("slack", "bitsafe-acme").includes("ann"),
  }).toEqual({ states: ["skipped"], isStillIn: true });
});

test("two operations on one channel do not get in each other's way: the later one finds it so", async () => {
  const ids = [
    await lab.plan("first", "add", [membership("add", "bitsafe-acme", "ann")]),
    await lab.plan("second", "add", [membership("add", "bitsafe-acme", "ann")]),
  ];
  const [first, second] = ids;
  if (!first || !second) throw new Error("there are two");
  const detail = await lab.operations.get({ operationId: second });
  await Promise.all(ids.map(run));

  expect({
    overlaps: detail.ok && detail.value.overlaps,
    states: await Promise.all(ids.map(lab.state)),
    outcomes: (await Promise.all(ids.map(lab.outcomes))).flat().toSorted(),
  }).toEqual({
    overlaps: [{ id: first, title: "Operation first", state: "planned", groups: 1 }],
    states: ["done", "done"],
    outcomes: ["0 add already-so", "0 add done"],
  });
});
