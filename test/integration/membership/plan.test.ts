import { describe, expect, test } from "vitest";
import type { OperationStepRow } from "#main/store/queries/operation-steps.ts";
import { failure } from "#shared/domain/failure.ts";
import { ConnectionId, PersonId } from "#shared/domain/ids.ts";
import { OperationRequest, type OperationDetail } from "#shared/domain/operation.ts";
import { err } from "#shared/lib/result.ts";
import type { LabConnection } from "#test/support/coverage-lab.ts";
import { openTestPlanningLab } from "#test/support/open-planning-lab.ts";
import type { PlanningLab } from "#test/support/planning-lab.ts";
import { scriptedConnection, smallTeam, telegramConnection } from "#test/support/scripted-audit.ts";
import { createScriptedSlack, type ScriptedSlack } from "#test/support/scripted-slack.ts";
import { createScriptedTelegram, type ScriptedTelegram } from "#test/support/scripted-telegram.ts";

const SLACK = smallTeam({
  amy: { userId: "UAMY", role: "BD" },
  ben: { userId: "UBEN", role: "BD" },
  cat: { userId: "UCAT" },
  dan: { userId: null },
});

/** The same people, known by Telegram ids too. */
const TEAM = {
  ...SLACK,
  team: SLACK.team.map((member, at) => ({
    ...member,
    identities: [
      ...member.identities,
      {
        ...member.identities[0]!,
        platform: "telegram" as const,
        userId: String(at + 2),
        username: member.name,
      },
    ],
  })),
};

function slackWorld(): ScriptedSlack {
  return createScriptedSlack({
    owner: "UOWNER",
    users: [{ id: "UOWNER" }, { id: "UAMY" }, { id: "UBEN" }, { id: "UCAT", isDeactivated: true }],
    channels: [
      { id: "C1", name: "acme-bitsafe", members: ["UOWNER", "UAMY"] },
      { id: "C2", name: "beta-bitsafe", members: ["UOWNER"], isPrivate: true },
      { id: "C3", name: "gamma-bitsafe", members: ["UAMY"] },
      { id: "C4", name: "old-bitsafe", members: ["UOWNER"], isArchived: true },
      {
        id: "C5",
        name: "shared-bitsafe",
        members: ["UOWNER", "UBEN"],
        isShared: true,
        isMissedByListings: true,
      },
    ],
  });
}

/** A basic group as a member sees it that lets every member add people, and nobody but admins change its name. */
const OPEN = { changeInfo: false, addPeople: true, removePeople: null };

function telegramWorld(): ScriptedTelegram {
  return createScriptedTelegram({
    owner: "1",
    accounts: [
      { id: "1" },
      { id: "2" },
      { id: "3" },
      { id: "4" },
      { id: "5", username: "dan", isStranger: true },
    ],
    chats: [
      { id: "100", title: "Acme bitsafe", members: ["1", "2"], right: "owner" },
      {
        id: "200",
        title: "Beta bitsafe",
        members: ["1", "2", "3"],
        kind: "basic",
        admins: ["3"],
        may: OPEN,
      },
      { id: "300", title: "Gamma bitsafe", members: ["1", "2"], right: "admin", hidesMembers: true },
    ],
  });
}

const keyOf = (id: string) => (id.startsWith("C") ? `slack:T1:${id}` : `telegram:-:${id}`);

const cross = (people: string[], groups: string[]) => ({
  by: "cross",
  people: { by: "person", personIds: people },
  groups: { by: "key", groupKeys: groups.map(keyOf) },
});

async function plan(lab: PlanningLab, request: object): Promise<{ detail: OperationDetail; told: string[] }> {
  const detail = await lab.plan(OperationRequest.parse({ platforms: ["slack", "telegram"], ...request }));
  const told = ({ groupId, personName, state, evidence, failure: why }: OperationStepRow) =>
    [
      groupId,
      personName,
      state,
      ...(evidence === "stored" ? ["(stored)"] : []),
      ...(why ? [why.code] : []),
    ].join(" ");
  return { detail, told: (await lab.rows(detail.id)).map(told) };
}

const callsOf = (world: { calls: readonly { method: string; subject: string }[] }) =>
  world.calls.map(({ method, subject }) => `${method} ${subject}`.trim()).toSorted();

function open(connections: readonly LabConnection[]): Promise<PlanningLab> {
  return openTestPlanningLab({ connections, teamAndRules: TEAM });
}

describe("adding", () => {
  test("on Slack: what is so, what will be done, and what cannot be, by one call a person and little more", async () => {
    const slack = slackWorld();
    const lab = await open([scriptedConnection(slack)]);
    const targets = cross(["amy", "ben", "cat", "dan"], ["C1", "C2", "C3", "C4", "C5", "C9"]);
    const { detail, told } = await plan(lab, { kind: "add", targets });
    expect(told).toEqual([
      "C1 amy already-so",
      "C1 ben planned",
      "C1 cat refused membership/account-deactivated",
      "C1 dan refused membership/no-account",
      "C2 amy planned",
      "C2 ben planned",
      "C2 cat refused membership/account-deactivated",
      "C2 dan refused membership/no-account",
      "C3 amy already-so",
      "C3 ben refused slack/not-in-channel",
      "C3 cat refused membership/account-deactivated",
      "C3 dan refused membership/no-account",
      "C4 amy refused slack/archived",
      "C4 ben refused slack/archived",
      "C4 cat refused membership/account-deactivated",
      "C4 dan refused membership/no-account",
      "C5 amy planned",
      // No listing names it, its own member list does.
      "C5 ben already-so",
      "C5 cat refused membership/account-deactivated",
      "C5 dan refused membership/no-account",
      ...["amy", "ben", "cat", "dan"].map((name) => `C9 ${name} refused slack/channel-not-found`),
    ]);
    expect({
      state: detail.state,
      title: detail.title,
      costs: detail.costs.map(({ steps, calls }) => ({ steps, calls })),
      calls: callsOf(slack),
    }).toEqual({
      state: "planned",
      title: "Add 4 people to 6 groups",
      // An invitation for each of three channels, and their members afterwards.
      costs: [{ steps: 4, calls: 8 }],
      calls: [
        "channel C9",
        "channels",
        "channels-of-user UAMY",
        "channels-of-user UBEN",
        "channels-of-user UCAT",
        "members C5",
        // Of whom no listing names anything: that is also what Slack says of deactivated people.
        "user UBEN",
        "user UCAT",
      ],
    });
  });

  test("on Telegram: shared groups, and a stranger met by name; what listings cannot prove is planned", async () => {
    const telegram = telegramWorld();
    const lab = await open([telegramConnection(telegram)]);
    const targets = cross(["amy", "ben", "dan"], ["100", "-200", "300"]);
    const { detail, told } = await plan(lab, { kind: "add", targets });
    expect({ told, problems: detail.problems, calls: callsOf(telegram) }).toEqual({
      told: [
        "100 amy already-so",
        "100 ben planned",
        "100 dan planned",
        "200 amy already-so",
        "200 ben already-so",
        "200 dan planned",
        "300 amy already-so",
        "300 ben planned",
        "300 dan planned",
      ],
      problems: [],
      calls: ["common 2", "common 3", "common 5", "groups", "name dan", "users 2 3 5"],
    });
  });

  test("the gaps of an audit, without those that are accepted", async () => {
    const slack = slackWorld();
    const lab = await open([scriptedConnection(slack)]);
    await lab.audit();
    await lab.coverage.addExclusion({
      groupKey: keyOf("C2") as never,
      personId: PersonId.parse("amy"),
      reason: "not hers",
      owner: "us",
      expiresAtMs: null,
    });
    const gap = { by: "gap", people: { by: "role", role: "bd" }, groups: { by: "all" }, optional: false };
    const { detail, told } = await plan(lab, { kind: "add", targets: gap });
    expect([detail.title, told]).toEqual([
      "Fill the gaps of everyone of bd",
      ["C1 ben planned", "C2 ben planned", "C3 ben refused slack/not-in-channel", "C5 amy planned"],
    ]);
  });
});

test("steps that are left out cost nothing", async () => {
  const lab = await open([scriptedConnection(slackWorld())]);
  const { detail } = await plan(lab, { kind: "add", targets: cross(["ben"], ["C1", "C2"]) });
  const costsOf = (costs: OperationDetail["costs"]) => costs.map(({ steps, calls }) => ({ steps, calls }));
  const choose = async (ordinals: number[] | null, isChosen: boolean) => {
    const chosen = await lab.membership.choose({ operationId: detail.id, ordinals, search: "", isChosen });
    return chosen.ok ? costsOf(chosen.value.costs) : chosen.error.code;
  };
  expect([
    costsOf(detail.costs),
    await choose([0], false),
    await choose(null, false),
    await choose(null, true),
  ]).toEqual([[{ steps: 2, calls: 4 }], [{ steps: 1, calls: 3 }], [], [{ steps: 2, calls: 4 }]]);
});

describe("removing", () => {
  test("is planned only where the person is, or may be, and we may; others are told who could", async () => {
    const telegram = telegramWorld();
    const lab = await open([telegramConnection(telegram)]);
    const { detail, told } = await plan(lab, {
      kind: "remove",
      targets: cross(["amy", "ben"], ["100", "-200", "300"]),
    });
    const [, , , refused] = (await lab.rows(detail.id)).toSorted((a, b) => a.ordinal - b.ordinal);
    expect({ told, who: refused?.failure?.facts["whoCould"], typed: detail.typedConfirmation }).toEqual({
      told: [
        "100 amy planned",
        "100 ben already-so",
        "200 amy refused telegram/admin-needed",
        "200 ben refused telegram/admin-needed",
        "300 amy planned",
        "300 ben already-so",
      ],
      who: ["3"],
      typed: "remove 2",
    });
  });

  test("of somebody we have met all is known where looking for another in the member lists is stopped", async () => {
    const telegram = telegramWorld();
    telegram.accounts.splice(1, 1, { id: "2", isStranger: true });
    telegram.before = ({ method }) => (method === "members" ? failure("telegram/flood-wait") : null);
    const lab = await open([telegramConnection(telegram)]);
    const { detail, told } = await plan(lab, {
      kind: "remove",
      targets: cross(["amy", "ben"], ["100", "300"]),
    });
    expect([told, detail.problems.map(({ failure: { code } }) => code)]).toEqual([
      [
        "100 amy refused telegram/not-met",
        "100 ben already-so",
        "300 amy refused telegram/not-met",
        "300 ben already-so",
      ],
      ["telegram/flood-wait"],
    ]);
  });

  test("names nobody, and no problem, where the admins are not shown", async () => {
    const telegram = telegramWorld();
    telegram.before = ({ method }) => (method === "admins" ? failure("telegram/not-allowed") : null);
    const lab = await open([telegramConnection(telegram)]);
    const { detail, told } = await plan(lab, { kind: "remove", targets: cross(["amy"], ["-200"]) });
    expect([told, detail.problems]).toEqual([["200 amy refused telegram/admin-needed"], []]);
  });
});

describe("what a Telegram group leaves open to its members", () => {
  const forAll = { changeInfo: true, addPeople: true, removePeople: false };
  const closed = { changeInfo: false, addPeople: false, removePeople: false };
  const worldOf = (chats: readonly [id: string, change: object][]) =>
    createScriptedTelegram({
      owner: "1",
      accounts: [{ id: "1" }, { id: "2" }],
      chats: chats.map(([id, change]) => ({ id, title: `${id} bitsafe`, members: ["1"], ...change })),
    });

  test("a member renames, adds and shows the history where every member may, and is refused where nobody but admins may", async () => {
    const telegram = worldOf([
      ["100", { may: forAll }],
      ["200", { may: closed }],
      ["300", { may: { ...forAll, addPeople: null }, right: "admin" }],
      ["400", { may: { changeInfo: null, addPeople: null, removePeople: false } }],
    ]);
    const lab = await open([telegramConnection(telegram)]);
    const keys = ["100", "200", "300", "400"];
    const groups = { by: "key", groupKeys: keys.map(keyOf) };
    const rule = {
      by: "pattern",
      isRegularExpression: false,
      ignoreCase: false,
      find: "bitsafe",
      replacement: "x",
    };
    expect({
      rename: (await plan(lab, { kind: "rename", rule, groups })).told,
      add: (await plan(lab, { kind: "add", targets: cross(["amy"], keys) })).told,
      history: (await plan(lab, { kind: "history", visible: false, groups })).told,
    }).toEqual({
      rename: ["100  planned", "300  planned", "400  planned", "200  refused telegram/admin-needed"],
      add: ["100 amy planned", "200 amy refused telegram/admin-needed", "300 amy planned", "400 amy planned"],
      history: ["100  planned", "200  refused telegram/admin-needed", "300  planned", "400  planned"],
    });
  });

  test("from a basic group a member takes out whom they put in, and nobody else", async () => {
    const telegram = worldOf([
      ["100", { kind: "basic", members: ["1", "2"], inviters: { "2": "1" }, may: OPEN }],
      ["200", { kind: "basic", members: ["1", "2"], inviters: { "2": "9" }, may: OPEN }],
    ]);
    const lab = await open([telegramConnection(telegram)]);
    const { told } = await plan(lab, { kind: "remove", targets: cross(["amy"], ["-100", "-200"]) });
    expect(told).toEqual(["100 amy planned", "200 amy refused telegram/admin-needed"]);
  });

  test("what only an audit saw of a group does not tell what it leaves open: the run finds out", async () => {
    const telegram = worldOf([
      ["100", { may: closed }],
      ["200", { right: "owner" }],
    ]);
    const connections = [telegramConnection(telegram)];
    const lab = await open(connections);
    await lab.audit();
    connections[0] = {
      connection: connections[0]!.connection,
      openTelegram: () => err(failure("network/unreachable")),
    };
    const offline = await openTestPlanningLab({ connections, teamAndRules: TEAM, store: lab.store });
    const targets = cross(["amy"], ["100", "200"]);
    expect((await plan(offline, { kind: "add", targets })).told).toEqual([
      "100 amy planned (stored)",
      "200 amy planned (stored)",
    ]);
  });
});

describe("somebody recorded by an id that our account has not met", () => {
  const worldOf = (members: string[]) =>
    createScriptedTelegram({
      owner: "1",
      accounts: [{ id: "1" }, { id: "2", isStranger: true }, { id: "3" }],
      chats: [
        { id: "100", title: "Acme bitsafe", members: ["1", "3"], right: "owner" },
        { id: "300", title: "Gamma bitsafe", members, right: "owner" },
      ],
    });

  test("is neither added nor taken out, and the step says what to do about it", async () => {
    const telegram = worldOf(["1"]);
    const lab = await open([telegramConnection(telegram)]);
    const targets = cross(["amy"], ["100", "300"]);
    const added = await plan(lab, { kind: "add", targets });
    const removed = await plan(lab, { kind: "remove", targets });
    const [row] = await lab.rows(removed.detail.id);
    expect([added.told, removed.told, row?.failure?.todo]).toEqual([
      ["100 amy refused telegram/not-met", "300 amy refused telegram/not-met"],
      ["100 amy refused telegram/not-met", "300 amy refused telegram/not-met"],
      "Record the person's current username on the Team screen, or have the account and the person in one group.",
    ]);
  });

  test("is met by the member list of a group that they are to be taken out of", async () => {
    const telegram = worldOf(["1", "2"]);
    const lab = await open([telegramConnection(telegram)]);
    const { told } = await plan(lab, { kind: "remove", targets: cross(["amy"], ["300"]) });
    expect(told).toEqual(["300 amy planned"]);
  });
});

describe("what cannot be asked", () => {
  test("rests on stored results, and is named; the other connections are asked all the same", async () => {
    const slack = slackWorld();
    const telegram = telegramWorld();
    const connections = [scriptedConnection(slack), telegramConnection(telegram)];
    const lab = await open(connections);
    await lab.audit();
    const refusal = failure("slack/token-revoked");
    connections[0] = { connection: connections[0]!.connection, open: () => err(refusal) };
    const offline = await openTestPlanningLab({ connections, teamAndRules: TEAM, store: lab.store });
    const { detail, told } = await plan(offline, {
      kind: "add",
      targets: cross(["amy", "ben"], ["C1", "C4", "100"]),
    });
    expect({
      told,
      problems: detail.problems.map(({ label, failure: { code } }) => `${label} ${code}`),
      shown: offline.shown,
    }).toEqual({
      told: [
        "C1 amy planned (stored)",
        "C1 ben planned (stored)",
        "C4 amy refused (stored) slack/archived",
        "C4 ben refused (stored) slack/archived",
        "100 amy already-so",
        "100 ben planned",
      ],
      problems: ["Workspace T1 slack/token-revoked"],
      shown: ["slack:T1:UOWNER signed-out"],
    });
    await offline.stop();
  });

  test("a group that nobody ever saw, where nobody can be asked", async () => {
    const connections = [
      { ...scriptedConnection(slackWorld()), open: () => err(failure("network/unreachable")) },
    ];
    const lab = await open(connections);
    const { told } = await plan(lab, { kind: "add", targets: cross(["amy"], ["C1"]) });
    expect(told).toEqual(["C1 amy refused (stored) membership/no-connection"]);
  });

  test("a person's listing that breaks off leaves the others", async () => {
    const slack = slackWorld();
    slack.before = ({ subject }) =>
      subject === "UAMY" ? failure("slack/refused", { slackError: "fatal" }) : null;
    const lab = await open([scriptedConnection(slack)]);
    const { detail, told } = await plan(lab, { kind: "add", targets: cross(["amy", "ben"], ["C1"]) });
    expect([told, detail.problems.map(({ failure: { code } }) => code)]).toEqual([
      ["C1 amy planned", "C1 ben planned"],
      ["slack/refused"],
    ]);
  });
});

test("of two accounts in a workspace, the one that is in the channel acts", async () => {
  const mine = slackWorld();
  const hers = createScriptedSlack({ owner: "UAMY", users: mine.users, channels: mine.channels });
  const lab = await open([scriptedConnection(mine), scriptedConnection(hers, "T1", "UAMY")]);
  const { detail } = await plan(lab, { kind: "add", targets: cross(["ben"], ["C1", "C3"]) });
  const rows = await lab.rows(detail.id);
  expect(rows.map(({ groupId, state, connectionId }) => `${groupId} ${state} ${connectionId}`)).toEqual([
    "C1 planned slack:T1:UOWNER",
    "C3 planned slack:T1:UAMY",
  ]);
});

describe("renaming", () => {
  const rename = (rule: object, groups: string[], platforms = ["slack", "telegram"]) => ({
    kind: "rename",
    rule,
    groups: { by: "key", groupKeys: groups.map(keyOf) },
    platforms,
  });

  const names = async (lab: PlanningLab, request: object) => {
    const { detail } = await plan(lab, request);
    const rows = await lab.rows(detail.id);
    return rows.map(
      ({ stage, before, after, state, failure: why }) =>
        `${stage} ${before} → ${after} ${why?.code ?? state}`,
    );
  };

  test("by a regular expression, from the names as they are now, archived ones in the way", async () => {
    const lab = await open([scriptedConnection(slackWorld()), telegramConnection(telegramWorld())]);
    const rule = { by: "pattern", isRegularExpression: true, ignoreCase: true };
    expect([
      await names(
        lab,
        rename({ ...rule, find: "^(\\w+).bitsafe$", replacement: "$1 <> Safe" }, ["C1", "100", "300"]),
      ),
      await names(lab, rename({ ...rule, find: "^acme", replacement: "old" }, ["C1"])),
    ]).toEqual([
      [
        "0 Acme bitsafe → Acme <> Safe planned",
        "0 acme-bitsafe → acme <> Safe slack/name-invalid",
        "0 Gamma bitsafe → Gamma <> Safe telegram/admin-needed",
      ],
      ["0 acme-bitsafe → old-bitsafe membership/name-collision"],
    ]);
  });

  test("an expression that never ends fails the plan, not Muster", async () => {
    const slack = slackWorld();
    slack.channels.push({ id: "C7", name: `${"a".repeat(60)}!`, members: ["UOWNER"] });
    const lab = await open([scriptedConnection(slack)]);
    const rule = {
      by: "pattern",
      isRegularExpression: true,
      ignoreCase: false,
      find: "^(a+)+$",
      replacement: "b",
    };
    const { detail } = await plan(lab, rename(rule, ["C7"]));
    expect([detail.state, detail.failure?.code, detail.failure?.facts["name"]]).toEqual([
      "failed",
      "membership/bad-pattern",
      `${"a".repeat(60)}!`,
    ]);
  });

  test("an expression that cannot be read is refused at once", async () => {
    const lab = await open([scriptedConnection(slackWorld())]);
    const rule = { by: "pattern", isRegularExpression: true, ignoreCase: false, find: "(", replacement: "" };
    const planned = await lab.membership.plan(OperationRequest.parse(rename(rule, ["C1"])));
    expect(planned.ok ? "" : planned.error.code).toBe("membership/bad-pattern");
  });

  test("by a mapping with a swap and an unknown name", async () => {
    const lab = await open([scriptedConnection(slackWorld())]);
    const lines = [
      { from: "acme-bitsafe", to: "beta-bitsafe" },
      { from: "BETA-bitsafe", to: "acme-bitsafe" },
      { from: "nobody", to: "x" },
    ];
    expect(await names(lab, rename({ by: "mapping", names: lines }, ["C1", "C2"]))).toEqual([
      "0 beta-bitsafe → beta-bitsafe-moving planned",
      "1 acme-bitsafe → beta-bitsafe planned",
      "2 beta-bitsafe-moving → acme-bitsafe planned",
      "0 nobody → x membership/nobody-matches",
    ]);
  });
});

test("history: what the groups we may change say, and a basic group has no such thing", async () => {
  const telegram = telegramWorld();
  telegram.chats.push({
    id: "400",
    title: "Delta bitsafe",
    members: ["1"],
    right: "rename",
    hidesHistory: true,
  });
  const lab = await open([telegramConnection(telegram)]);
  const groups = { by: "key", groupKeys: ["100", "-200", "300", "400"].map(keyOf) };
  const { told } = await plan(lab, { kind: "history", visible: true, groups });
  expect([told, callsOf(telegram)]).toEqual([
    [
      "100  already-so",
      "200  refused telegram/basic-group",
      "300  refused telegram/admin-needed",
      "400  planned",
    ],
    ["facts 100", "facts 400", "groups"],
  ]);
});

test("new groups from a template: the group, what makes it up, its members, in this order", async () => {
  const lab = await open([scriptedConnection(slackWorld())]);
  const template = {
    connectionId: "slack:T1:UOWNER",
    namePattern: "{customer}-bitsafe",
    customers: ["Zeta & Co", "ACME", "zeta & co", "Eta"],
    people: { by: "role", role: "BD" },
    about: "About {customer}",
    isPrivate: true,
    isHistoryVisible: true,
    welcome: "Hello {customer}",
  };
  const { detail } = await plan(lab, { kind: "create", template });
  const rows = await lab.rows(detail.id);
  expect(
    rows.map(({ action, stage, newGroup, before, after, personName, failure: why }) =>
      [newGroup, stage, action, before, after, personName, why?.code]
        .filter((part) => part !== null && part !== undefined)
        .join(" "),
    ),
  ).toEqual([
    "new 1 0 create private zeta & co-bitsafe slack/name-invalid",
    "new 2 0 create private acme-bitsafe membership/name-collision",
    "new 3 0 create private eta-bitsafe",
    "new 3 1 describe About Eta",
    "new 3 1 welcome Hello Eta",
    "new 3 2 add amy",
    "new 3 2 add ben",
  ]);
});

describe("who cannot be put into a new group is refused before it is made", () => {
  const template = {
    namePattern: "{customer}-new",
    customers: ["Eta"],
    people: { by: "person", personIds: ["amy", "ben", "cat", "dan"] },
    about: "",
    isPrivate: true,
    isHistoryVisible: false,
    welcome: "",
  };
  const added = async (lab: PlanningLab, connectionId: string) =>
    (await plan(lab, { kind: "create", template: { ...template, connectionId } })).told.slice(1);

  test("on Slack: accounts that are not in use, and guests of one channel who have theirs, by one call a person", async () => {
    const slack = slackWorld();
    const guest = slack.users.find(({ id }) => id === "UBEN")!;
    guest.isOneChannelGuest = true;
    const lab = await open([scriptedConnection(slack)]);
    const shown = await added(lab, "slack:T1:UOWNER");
    const asked = callsOf(slack);
    slack.channels[0]!.members.push("UBEN");
    expect({ shown, asked, later: await added(lab, "slack:T1:UOWNER") }).toEqual({
      shown: [
        " amy planned",
        " ben planned",
        " cat refused membership/account-deactivated",
        " dan refused membership/no-account",
      ],
      asked: ["channels", "channels-of-user UBEN", "user UAMY", "user UBEN", "user UBEN", "user UCAT"],
      later: [
        " amy planned",
        " ben refused slack/guest-limit",
        " cat refused membership/account-deactivated",
        " dan refused membership/no-account",
      ],
    });
  });

  test("on Telegram: accounts that are not in use, and those we have not met and cannot meet", async () => {
    const telegram = telegramWorld();
    telegram.accounts.find(({ id }) => id === "3")!.isStranger = true;
    telegram.accounts.find(({ id }) => id === "4")!.isDeactivated = true;
    const lab = await open([telegramConnection(telegram)]);
    expect([await added(lab, "telegram:-:1"), callsOf(telegram)]).toEqual([
      [
        " amy planned",
        " ben refused telegram/not-met",
        " cat refused membership/account-deactivated",
        " dan planned",
      ],
      ["groups", "name ben", "name dan", "users 2 3 4 5"],
    ]);
  });
});

test("messages are sent by the account that was asked for", async () => {
  const lab = await open([scriptedConnection(slackWorld())]);
  const message = {
    connectionId: ConnectionId.parse("slack:T1:UOWNER"),
    userId: null,
    toName: "Acme",
    text: "Hi",
  };
  const messages = [
    { ...message, groupKey: keyOf("C1") },
    { ...message, groupKey: keyOf("C3") },
    { ...message, groupKey: null, userId: "UAMY", toName: "Amy" },
  ];
  expect((await plan(lab, { kind: "message", messages })).told).toEqual([
    "C1  planned",
    "C3  refused slack/not-in-channel",
    " Amy planned",
  ]);
});

test("a plan that is cancelled while it reads ends, and has no steps", async () => {
  const slack = slackWorld();
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<null>();
  slack.before = () => {
    reached.resolve();
    return goOn.promise;
  };
  const lab = await open([scriptedConnection(slack)]);
  const planned = await lab.membership.plan(
    OperationRequest.parse({ kind: "add", platforms: ["slack"], targets: cross(["amy"], ["C1"]) }),
  );
  if (!planned.ok) throw new Error(planned.error.code);
  await reached.promise;
  const cancelled = lab.membership.cancel(planned.value);
  goOn.resolve(null);
  await cancelled;
  const detail = await lab.membership.get(planned.value);
  expect([detail.ok && detail.value.state, await lab.rows(planned.value.operationId)]).toEqual([
    "cancelled",
    [],
  ]);
});

test("a plan that is cut off begins anew, and its steps are there once", async () => {
  const slack = slackWorld();
  const connections = [scriptedConnection(slack)];
  const first = await open(connections);
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<null>();
  slack.before = ({ method }) => {
    if (method !== "channels-of-user") return null;
    reached.resolve();
    return goOn.promise;
  };
  const planned = await first.membership.plan(
    OperationRequest.parse({
      kind: "add",
      platforms: ["slack"],
      targets: cross(["amy", "ben"], ["C1", "C2"]),
    }),
  );
  if (!planned.ok) throw new Error(planned.error.code);
  await reached.promise;
  const stopped = first.stop();
  goOn.resolve(null);
  await stopped;
  slack.before = () => null;
  const second = await openTestPlanningLab({ connections, teamAndRules: TEAM, store: first.store });
  await second.settled(planned.value.operationId);
  const rows = await second.rows(planned.value.operationId);
  expect(rows.map(({ groupId, personName, state }) => `${groupId} ${personName} ${state}`)).toEqual([
    "C1 amy already-so",
    "C1 ben planned",
    "C2 amy planned",
    "C2 ben planned",
  ]);
  await second.stop();
});
