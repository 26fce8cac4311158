import { afterEach, beforeEach, expect, test } from "vitest";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { DEFAULT_CHANGE_BUDGETS } from "#shared/domain/operation.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { HOUR_MS, MINUTE_MS } from "#shared/lib/time.ts";
import { draftStep, openMembershipLab, type MembershipLab } from "#test/support/membership-lab.ts";
import { connectTelegram } from "#test/support/sandbox-telegram-audit.ts";
import { type EngineLab, openEngineLab } from "./engine-lab.ts";
import { meetEverybody } from "./engine-telegram.ts";
import type { KnownWorld } from "./engine-world.ts";

let engine: EngineLab<Awaited<ReturnType<typeof connectTelegram>>>;
let sandbox: Sandbox;
let lab: MembershipLab;
let world: KnownWorld;
let clock: typeof engine.clock;
let telegram: typeof engine.connected;
let run: typeof engine.run;

beforeEach(async () => {
  engine = await openEngineLab(
    async ({ ready }) => {
      const connected = await connectTelegram(ready, { windowScale: 0, longestWaitMs: 0 });
      await meetEverybody(connected.session);
      return connected;
    },
    ({ session }) => session.close(),
  );
  ({ sandbox, lab, world, clock, connected: telegram, run } = engine);
});
afterEach(() => engine.close());

function step(action: DraftStep["action"], group: string | null, rest: Partial<DraftStep> = {}): DraftStep {
  const groupId = group === null ? null : world.groupId("telegram", group);
  const groupKind = group === null ? null : group === "Globex" ? "basic" : "supergroup";
  return draftStep(telegram.connection, { action, groupId, groupKind, ...rest });
}

function membership(action: "add" | "remove", group: string, person: string): DraftStep {
  return step(action, group, { userId: world.telegramUser(person) });
}

test("people are put into basic groups and supergroups one by one; who lets nobody add them is refused alone, and who is in is not invited", async () => {
  const id = await lab.plan("op", "add", [
    membership("add", "Acme", "ann"),
    membership("add", "Acme", "shy"),
    membership("add", "Globex", "bob"),
    membership("add", "Umbrella", "cat"),
  ]);
  await run(id);
  const { counts } = sandbox.control.calls();
  const verified = (await lab.rows(id)).map(({ verifiedAtMs }) => verifiedAtMs !== null);

  expect({
    outcomes: await lab.outcomes(id),
    verified,
    acme: world.members("telegram", "Acme"),
    globex: world.members("telegram", "Globex"),
    invitations: counts["channels.inviteToChannel"],
  }).toEqual({
    outcomes: ["0 add done", "1 add refused telegram/privacy-restricted", "2 add done", "3 add already-so"],
    verified: [true, false, true, false],
    acme: ["ann", "cat", "me"],
    globex: ["bob", "cat", "me"],
    invitations: 2,
  });
});

test("people are taken out, of basic groups too", async () => {
  const id = await lab.plan("op", "remove", [
    membership("remove", "Acme", "cat"),
    membership("remove", "Globex", "cat"),
    membership("remove", "Initech", "cat"),
  ]);
  await run(id);

  expect({
    outcomes: await lab.outcomes(id),
    acme: world.members("telegram", "Acme"),
    globex: world.members("telegram", "Globex"),
  }).toEqual({
    outcomes: ["0 remove done", "1 remove done", "2 remove already-so"],
    acme: ["me"],
    globex: ["me"],
  });
});

test("a group that somebody renamed since the plan is left alone", async () => {
  const rename = (name: string, after: string) =>
    step("rename", name, { before: `${name} <> BitSafe`, after });
  const id = await lab.plan("op", "rename", [rename("Acme", "Acme x"), rename("Globex", "Globex x")]);
  const groupId = Number(world.groupId("telegram", "Acme"));
  sandbox.control.changeTelegram({ kind: "rename-group", group: groupId, title: "Acme, theirs" });
  await run(id);

  expect({ outcomes: await lab.outcomes(id), names: world.names("telegram").slice(0, 3) }).toEqual({
    outcomes: ["0 rename refused membership/changed-meanwhile", "1 rename done"],
    names: ["Acme, theirs", "Everybody <> BitSafe", "Globex x"],
  });
});

test("what was written before somebody came is shown to them, and hidden again", async () => {
  const isHidden = () =>
    sandbox.control
      .truth()
      .groups.map((group) => ("historyHidden" in group ? [group.name, group.historyHidden] : []))
      .find(([name]) => String(name).startsWith("Initech"))?.[1];
  const show = await lab.plan("show", "history", [
    step("show-history", "Initech"),
    step("show-history", "Acme"),
  ]);
  await run(show);
  const shown = isHidden();
  const hide = await lab.plan("hide", "history", [step("hide-history", "Initech")]);
  await run(hide);

  expect([await lab.outcomes(show), shown, await lab.outcomes(hide), isHidden()]).toEqual([
    ["0 show-history done", "1 show-history already-so"],
    false,
    ["0 hide-history done"],
    true,
  ]);
});

test("a group is made with description, people and pinned welcome, and once only although the answer was lost", async () => {
  const made = { newGroup: "Hooli", groupName: "Hooli" };
  sandbox.control.addFault({ platform: "telegram", method: "channels.createChannel", kind: "drop-after" });
  const id = await lab.plan("op", "create", [
    step("create", null, { ...made, after: "Hooli <> BitSafe" }),
    step("describe", null, { ...made, stage: 1, after: "About Hooli" }),
    step("add", null, { ...made, stage: 1, userId: world.telegramUser("ann") }),
    step("welcome", null, { ...made, stage: 2, after: "Welcome!" }),
  ]);
  await run(id);
  const groups = sandbox.control.truth().groups.filter(({ name }) => name.startsWith("Hooli"));

  expect({
    outcomes: await lab.outcomes(id),
    groups: groups.map((group) => ("about" in group ? [group.about, group.pinnedTexts] : [])),
    members: world.members("telegram", "Hooli"),
  }).toEqual({
    outcomes: ["0 create done", "1 describe done", "2 add done", "3 welcome done"],
    groups: [["About Hooli", ["Welcome!"]]],
    members: ["ann", "me"],
  });
}, 60_000);

test("a message whose answer was lost is sent again under the same id, and is there once", async () => {
  sandbox.control.addFault({
    platform: "telegram",
    method: "messages.sendMessage",
    kind: "drop-after",
    times: 5,
  });
  const id = await lab.plan("op", "message", [step("send", "Acme", { after: "hello" })]);
  await run(id);
  const page = await telegram.session.fetchGroup({
    group: { groupId: world.groupId("telegram", "Acme"), kind: "supergroup" },
    signal: new AbortController().signal,
  });

  expect([await lab.outcomes(id), await lab.state(id), page.ok]).toEqual([["0 send done"], "done", true]);
}, 60_000);

test("an account that Telegram limits stops at once: what is left stays planned until the operator goes on", async () => {
  sandbox.control.addFault({
    platform: "telegram",
    method: "channels.inviteToChannel",
    kind: "error:PEER_FLOOD",
    after: 1,
  });
  const id = await lab.plan(
    "op",
    "add",
    ["Acme", "Initech", "Umbrella"].map((group) => membership("add", group, "ann")),
  );
  await run(id);
  const atRest = [await lab.state(id), await lab.outcomes(id)];
  const woken = await lab.jobs.wakePausedOn(telegram.connection.id);
  await lab.operations.resume({ operationId: id });
  await lab.settled(id);

  expect({ atRest, woken, end: await lab.state(id), initech: world.members("telegram", "Initech") }).toEqual({
    atRest: ["paused telegram/account-limited", ["0 add done", "1 add planned", "2 add planned"]],
    woken: 0,
    end: "done",
    initech: ["ann", "me"],
  });
});

test("a pause that Telegram asks for is kept and shown, and the work goes on after it", async () => {
  const flood = { platform: "telegram", method: "channels.editTitle", kind: "flood", seconds: 3 } as const;
  sandbox.control.addFault(flood);
  const id = await lab.plan("op", "rename", [
    step("rename", "Acme", { before: "Acme <> BitSafe", after: "Acme x" }),
  ]);
  await lab.confirm(id);
  const progress = await lab.operations.progress({ operationId: id }, new AbortController().signal);
  if (!progress.ok) throw new Error(progress.error.code);
  const seen: string[] = [];
  for await (const { state, waiting } of progress.value) seen.push(`${state} ${waiting?.why ?? ""}`.trim());
  await lab.settled(id);

  expect({
    waited: seen.includes("waiting Telegram asked to wait."),
    last: seen.at(-1),
    outcomes: await lab.outcomes(id),
  }).toEqual({ waited: true, last: "done", outcomes: ["0 rename done"] });
}, 30_000);

test("a pause that Telegram asks for is kept by the next process too, whose session knows nothing of it", async () => {
  const flood = { platform: "telegram", method: "channels.editTitle", kind: "flood", seconds: 4 } as const;
  sandbox.control.addFault(flood);
  const id = await lab.plan("op", "rename", [
    step("rename", "Acme", { before: "Acme <> BitSafe", after: "Acme x" }),
  ]);
  await lab.confirm(id);
  const progress = await lab.operations.progress({ operationId: id }, new AbortController().signal);
  if (!progress.ok) throw new Error(progress.error.code);
  let untilMs = 0;
  for await (const { waiting } of progress.value) {
    untilMs = waiting?.untilMs ?? 0;
    if (untilMs > 0) break;
  }
  await lab.stop();
  const fresh = await connectTelegram(sandbox.ready, { windowScale: 0, longestWaitMs: 0 });
  const next = await openMembershipLab({ connections: [fresh], store: lab.store, clock: systemClock });
  await next.settled(id);
  const calls = sandbox.control.calls().calls.filter(({ method }) => method === "channels.editTitle");
  const outcomes = await next.outcomes(id);
  await next.stop();
  await fresh.session.close();

  expect({
    outcomes,
    calls: calls.map(({ error, atMs }) => [error?.startsWith("FLOOD_WAIT") ?? false, atMs >= untilMs]),
  }).toEqual({
    outcomes: ["0 rename done"],
    calls: [
      [true, false],
      [false, true],
    ],
  });
}, 30_000);

test("the budget holds over operations: the third invitation of the hour waits for its turn", async () => {
  await lab.operations.saveSettings({
    budgets: { ...DEFAULT_CHANGE_BUDGETS, invitesAnHour: 2 },
    approvalAbove: null,
    approvers: [],
  });
  const first = await lab.plan("first", "add", [membership("add", "Acme", "ann")]);
  await run(first);
  const second = await lab.plan(
    "second",
    "add",
    ["Globex", "Initech", "Umbrella"].map((group) => membership("add", group, "ann")),
  );
  const begunMs = clock.nowMs();
  await run(second);
  const intents = (await lab.rows(second)).map(({ intentAtMs }) => (intentAtMs ?? 0) - begunMs);
  const [globex = 0, initech = 0, umbrella = 0] = intents;

  expect({
    outcomes: await lab.outcomes(second),
    first: globex < MINUTE_MS,
    second: initech > HOUR_MS - MINUTE_MS && initech < HOUR_MS + MINUTE_MS,
    last: umbrella >= globex + HOUR_MS && umbrella < HOUR_MS + 2 * MINUTE_MS,
  }).toEqual({
    outcomes: ["0 add done", "1 add done", "2 add done"],
    first: true,
    second: true,
    last: true,
  });
}, 30_000);

test("a session that was ended elsewhere pauses the operation; what it had begun is settled after the next sign-in", async () => {
  sandbox.control.addFault({ platform: "telegram", method: "channels.inviteToChannel", kind: "revoke" });
  const id = await lab.plan("op", "add", [membership("add", "Acme", "ann")]);
  await run(id);

  expect([await lab.state(id), await lab.outcomes(id), lab.shown]).toEqual([
    "paused telegram/session-revoked",
    ["0 add acting"],
    ["signed-out telegram/session-revoked"],
  ]);
});

test("an answer that is lost after the change was made is settled by reading", async () => {
  const lost = (method: string) =>
    sandbox.control.addFault({ platform: "telegram", method, kind: "drop-after" });
  for (const method of [
    "channels.inviteToChannel",
    "channels.editBanned",
    "channels.editTitle",
    "channels.togglePreHistoryHidden",
  ])
    lost(method);
  const ids = [
    await lab.plan("add", "add", [membership("add", "Acme", "ann")]),
    await lab.plan("remove", "remove", [membership("remove", "Umbrella", "cat")]),
    await lab.plan("rename", "rename", [
      step("rename", "Initech", { before: "Initech <> BitSafe", after: "Initech x" }),
    ]),
    await lab.plan("history", "history", [step("hide-history", "Acme")]),
  ];
  for (const id of ids) await run(id);
  const { counts } = sandbox.control.calls();

  expect({
    outcomes: await Promise.all(ids.map(lab.outcomes)),
    calls: [
      counts["channels.inviteToChannel"],
      counts["channels.editTitle"],
      counts["channels.togglePreHistoryHidden"],
    ],
    acme: world.members("telegram", "Acme"),
    umbrella: world.members("telegram", "Umbrella"),
  }).toEqual({
    outcomes: [["0 add done"], ["0 remove done"], ["0 rename done"], ["0 hide-history done"]],
    calls: [1, 1, 1],
    acme: ["ann", "cat", "me"],
    umbrella: ["me", "shy"],
  });
}, 60_000);
