import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { TelegramPeer } from "#main/platforms/telegram/telegram-session.ts";
import { startSandbox } from "#sandbox/start-sandbox.ts";
import type { FindStep } from "#shared/contract/membership.ts";
import { PersonId } from "#shared/domain/ids.ts";
import { OperationRequest } from "#shared/domain/operation.ts";
import { createHastyClock } from "#test/support/membership-lab.ts";
import { openTestPlanningLab } from "#test/support/open-planning-lab.ts";
import type { PlanningLab } from "#test/support/planning-lab.ts";
import { bothTeamsOf, connectTelegram } from "#test/support/sandbox-telegram-audit.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { knowWorld } from "./engine-world.ts";
import { carryOut, check, start, tasksOf, valueOf } from "./offboarding-world.ts";

/** Olga's groups, of which `me` is a member; cat shares some with us, dan none. */
const WORLD = {
  version: 1,
  people: [
    { id: "me", name: "Me Myself", role: "BD", tokenOwner: true },
    { id: "cat", name: "Cat Example", role: "BD" },
    { id: "dan", name: "Dan Example", role: "BD" },
    { id: "olga", name: "Olga Owner", role: "BD" },
  ],
  channels: [],
  telegramGroups: [
    group("Open", "supergroup", ["me", "olga", "cat"]),
    group("Closed", "supergroup", ["me", "olga"], { membersMayNot: ["change_info", "invite_users"] }),
    group("Public", "supergroup", ["me", "olga"], { username: "public_group" }),
    group("Basic", "basic", ["me", "olga", "cat"], { membersMayNot: ["invite_users"] }),
    { ...group("Ours", "supergroup", ["me", "olga"]), owner: "me" },
  ],
};

function group(title: string, kind: string, members: readonly string[], rest: object = {}) {
  return {
    title: `${title} <> BitSafe`,
    kind,
    members,
    owner: "olga",
    historyHidden: kind === "basic",
    ...rest,
  };
}

/** Everybody is recorded by their Telegram id alone, and the account has met nobody but by what `peers` tells. */
async function openWorld(world: string | object = WORLD) {
  const file = path.join(makeTemporaryFolder(), "world.json");
  if (typeof world === "object") writeFileSync(file, JSON.stringify(world));
  const sandbox = await startSandbox({ world: typeof world === "string" ? world : file, limits: false });
  onTestFinished(() => sandbox.close());
  const { team, rules } = bothTeamsOf(sandbox);
  const byIdAlone = team.map((member) => ({
    ...member,
    identities: member.identities.map((identity) => ({ ...identity, username: null })),
  }));
  const open = async (memory: Parameters<typeof connectTelegram>[2] = {}) => {
    const telegram = await connectTelegram(sandbox.ready, { windowScale: 0, longestWaitMs: 0 }, memory);
    onTestFinished(() => telegram.session.close());
    const lab = await openTestPlanningLab({
      connections: [telegram],
      teamAndRules: { team: byIdAlone, rules },
      clock: createHastyClock(500),
    });
    return { lab, telegram };
  };
  return { sandbox, world: knowWorld(() => sandbox.control.truth()), open };
}

async function look({ membership }: PlanningLab, person: string | null): Promise<FindStep> {
  const personId = person === null ? null : PersonId.parse(person);
  const steps = valueOf(
    await membership.find({ personId, platforms: ["telegram"] }, new AbortController().signal),
  );
  let last: FindStep | null = null;
  for await (const step of steps) last = step;
  if (last === null) throw new Error("it told nothing");
  return last;
}

test("what we may do in each group of a whole world is what the sandbox holds us to", async () => {
  const { sandbox, open } = await openWorld("small");
  const { lab } = await open();
  const found = await look(lab, null);
  const told = new Map(found.groups?.map(({ groupName, may, ownRight }) => [groupName, { may, ownRight }]));
  const own = sandbox.control
    .truth()
    .groups.filter((each) => each.platform === "telegram")
    .filter(({ visibleToAccount, kind }) => visibleToAccount && kind !== "channel");
  const wrong = own.flatMap(({ name, kind, own: { role, canRename, canInvite, canBan } }) => {
    const remove = kind === "basic" && role === "member" ? null : canBan;
    const is = JSON.stringify(told.get(name)?.may);
    const shouldBe = JSON.stringify({ rename: canRename, add: canInvite, remove });
    return is === shouldBe ? [] : [`${name}: ${is}, is ${shouldBe}`];
  });
  const members = own
    .filter(({ own: { role } }) => role === "member")
    .map(({ own: { canInvite } }) => canInvite);
  expect({ wrong, groups: told.size, kinds: new Set(members) }).toEqual({
    wrong: [],
    groups: own.length,
    kinds: new Set([true, false]),
  });
});

test("a plan knows beforehand where a member may rename, add and hide the history, and the run agrees", async () => {
  const { open, sandbox } = await openWorld();
  const { lab } = await open();
  await look(lab, "cat");
  const byName = (steps: readonly { groupName: string; state: string; failure: { code: string } | null }[]) =>
    Object.fromEntries(
      steps.map(({ groupName, state, failure }) => [groupName.split(" ")[0], failure?.code ?? state]),
    );
  const run = async (request: object) => {
    const planned = await lab.plan(OperationRequest.parse({ platforms: ["telegram"], ...request }));
    const before = byName(await lab.rows(planned.id));
    await carryOut(lab, planned.id);
    return { before, after: byName(await lab.rows(planned.id)) };
  };
  const groupKeys = (await look(lab, null)).groups?.map(({ groupKey }) => groupKey) ?? [];
  const groups = { by: "key", groupKeys };
  const rule = {
    by: "pattern",
    isRegularExpression: false,
    ignoreCase: false,
    find: "<>",
    replacement: "and",
  };
  const people = { by: "person", personIds: ["cat"] };
  // Basic groups have no such setting.
  const supergroups = { by: "key", groupKeys: groupKeys.filter((key) => !key.startsWith("telegram:-:-")) };
  const history = await run({ kind: "history", visible: false, groups: supergroups });
  const add = await run({ kind: "add", targets: { by: "cross", people, groups } });
  const rename = await run({ kind: "rename", rule, groups });
  const no = "telegram/admin-needed";
  expect({ history, add, rename, names: sandbox.control.truth().groups.map(({ name }) => name) }).toEqual({
    history: {
      before: { Open: "planned", Closed: no, Public: no, Ours: "planned" },
      after: { Open: "done", Closed: no, Public: no, Ours: "done" },
    },
    add: {
      before: { Open: "already-so", Closed: no, Public: "planned", Basic: "already-so", Ours: "planned" },
      after: { Open: "already-so", Closed: no, Public: "done", Basic: "already-so", Ours: "done" },
    },
    rename: {
      before: { Open: "planned", Closed: no, Public: no, Basic: "planned", Ours: "planned" },
      after: { Open: "done", Closed: no, Public: no, Basic: "done", Ours: "done" },
    },
    names: expect.arrayContaining(["Open and BitSafe", "Closed <> BitSafe", "Basic and BitSafe"]),
  });
});

test("somebody recorded by id alone is met by a member list once, and known to later sessions without one", async () => {
  const { open } = await openWorld();
  const peers = new Map<string, TelegramPeer>();
  const first = await open({
    onPeers: (learned) => {
      for (const peer of learned) peers.set(`${peer.kind} ${peer.peerId}`, peer);
    },
  });
  const names = ({ groups, problems }: FindStep) => [
    groups?.map(({ groupName, presence }) => `${groupName.split(" ")[0]} ${presence}`),
    problems.map(({ failure }) => failure.code),
  ];
  const found = names(await look(first.lab, "cat"));
  const second = await open({ peers: [...peers.values()] });
  const again = names(await look(second.lab, "cat"));
  const { callsByMethod } = second.telegram.session.usage();
  expect({
    found,
    again,
    lists: (callsByMethod["channels.getParticipants"] ?? 0) + (callsByMethod["messages.getFullChat"] ?? 0),
  }).toEqual({
    found: [["Basic present", "Open present"], []],
    again: [["Basic present", "Open present"], []],
    // Who could take them out of the two groups that are not ours, and whom we put into the basic one ourselves.
    lists: 3,
  });
});

test("an offboarding is not proven while our account has not met the person, and is once they shared a group", async () => {
  const { open, sandbox, world } = await openWorld();
  const { lab, telegram } = await open();
  const offboardingId = await start(lab, "dan");
  const unmet = await check(lab, offboardingId);
  const early = await lab.membership.closeOffboarding({ offboardingId, state: "done" });
  const { label } = telegram.connection;

  sandbox.control.changeTelegram({
    kind: "add-member",
    group: world.groupId("telegram", "Ours"),
    user: "dan",
    by: "me",
  });
  const met = await check(lab, offboardingId);
  const { operationId } = valueOf(await lab.membership.planOffboarding({ offboardingId }));
  const run = await carryOut(lab, operationId);
  const gone = await check(lab, offboardingId);
  const closed = valueOf(await lab.membership.closeOffboarding({ offboardingId, state: "done" }));
  expect({
    unmet: [unmet.notAsked, tasksOf(unmet)],
    early: early.ok ? null : [early.error.code, early.error.facts["notAsked"]],
    met: [met.notAsked, tasksOf(met)],
    run,
    gone: tasksOf(gone),
    closed: closed.state,
  }).toEqual({
    unmet: [
      [
        {
          platform: "telegram",
          label,
          why: "Our account has not met this person yet, so Telegram tells nothing about them: record their current username in the team, or have both in one group, and check again.",
          blocks: true,
        },
      ],
      [],
    ],
    early: ["membership/offboarding-open", [`${label} (Telegram)`]],
    met: [[], ["Ours: remove"]],
    run: "done",
    gone: ["Ours: gone"],
    closed: "done",
  });
});
