import { expect, test } from "vitest";
import type { TeamAndRules } from "#shared/contract/team.ts";
import { CategoryId, PersonId } from "#shared/domain/ids.ts";
import type { TelegramScope } from "#shared/domain/rules.ts";
import { customerChat, openTestLab } from "#test/support/open-test-lab.ts";
import {
  cellsOf,
  reportOf,
  scriptedConnection,
  smallTeam,
  startAudit,
  telegramConnection,
  telegramTeam,
} from "#test/support/scripted-audit.ts";
import { createScriptedSlack } from "#test/support/scripted-slack.ts";
import { createScriptedTelegram, type ScriptedTelegram } from "#test/support/scripted-telegram.ts";

const TEAM = telegramTeam({ me: { ids: ["1"] }, ann: { ids: ["2"] }, bob: { ids: ["3"] } });

function methods(telegram: ScriptedTelegram): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method } of telegram.calls) counts[method] = (counts[method] ?? 0) + 1;
  return counts;
}

test("inverse: presence is what listings name, and every absence has a proof of its own kind", async () => {
  const telegram = createScriptedTelegram({
    owner: "1",
    accounts: [{ id: "2" }, { id: "3" }],
    chats: [
      customerChat("100", "1 2 3"),
      customerChat("200", "1 2", { kind: "basic" }),
      customerChat("300", "1 2 4"),
      customerChat("400", "1 4"),
      customerChat("500", "1 2 4", { hidesMembers: true, admins: ["4"] }),
      customerChat("600", "1 2 3", { kind: "forum", right: "owner" }),
      customerChat("700", "1 2 3", { kind: "broadcast" }),
      { id: "800", title: "our lunch", members: ["1", "2"] },
    ],
  });
  const lab = await openTestLab([telegramConnection(telegram)], TEAM);
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  expect({
    state: report.run.state,
    strategy: report.run.strategy,
    cells: cellsOf(report),
    calls: methods(telegram),
    counted: report.run.calls,
  }).toEqual({
    state: "completed",
    strategy: "inverse",
    cells: {
      "100 bitsafe": { me: "present", ann: "present", bob: "present" },
      "200 bitsafe": { me: "present", ann: "present", bob: "absent" },
      "300 bitsafe": { me: "present", ann: "present", bob: "absent" },
      "400 bitsafe": { me: "present", ann: "absent", bob: "absent" },
      "500 bitsafe": { me: "present", ann: "present", bob: "absent" },
      "600 bitsafe": { me: "present", ann: "present", bob: "present" },
    },
    // 300 has one open absence: bob is asked about. 400 and 500 have two and are described; 500 hides its members, so
    // both are asked about.
    calls: { groups: 1, users: 1, common: 2, facts: 2, person: 3 },
    counted: 9,
  });
});

test("roster: a list shorter than the group proves nothing, and people are asked about one by one", async () => {
  const telegram = createScriptedTelegram({
    owner: "1",
    pageSize: 2,
    accounts: [{ id: "2" }, { id: "3" }],
    chats: [
      customerChat("100", "1 4 5 6 2"),
      customerChat("200", "1 2", { kind: "basic" }),
      customerChat("500", "1 2 4", { hidesMembers: true, admins: ["4"] }),
    ],
  });
  const lab = await openTestLab([telegramConnection(telegram)], TEAM);
  const report = await reportOf(lab, await startAudit(lab, "roster"));
  expect({ state: report.run.state, cells: cellsOf(report), calls: methods(telegram) }).toEqual({
    state: "completed",
    cells: {
      "100 bitsafe": { me: "present", ann: "present", bob: "absent" },
      "200 bitsafe": { me: "present", ann: "present", bob: "absent" },
      "500 bitsafe": { me: "present", ann: "present", bob: "absent" },
    },
    // Who is no admin learns from the description how many members there are, and whether they are hidden.
    calls: { groups: 2, users: 1, facts: 2, members: 3 + 1, person: 2 },
  });
});

test.each(["inverse", "roster"] as const)(
  "%s: hidden members that nobody may ask about are unknown with that reason, and only those not seen",
  async (strategy) => {
    const telegram = createScriptedTelegram({
      owner: "1",
      accounts: [{ id: "2" }, { id: "3" }],
      chats: [customerChat("500", "1 2 3 4", { hidesMembers: true, admins: ["3", "4"] })],
    });
    telegram.refusesHiddenPeople = true;
    const lab = await openTestLab([telegramConnection(telegram)], TEAM);
    const report = await reportOf(lab, await startAudit(lab, strategy));
    expect([cellsOf(report)["500 bitsafe"], report.run.state, report.findings]).toEqual([
      { me: "present", ann: "members-hidden", bob: "present" },
      "completed",
      [{ kind: "not-readable", groupKey: "telegram:-:500", personId: null }],
    ]);
  },
);

test("an admin reads the member list at once, hidden or not: nothing is hidden from admins", async () => {
  const telegram = createScriptedTelegram({
    owner: "1",
    accounts: [{ id: "2" }, { id: "3" }],
    chats: [
      customerChat("500", "1 4", { hidesMembers: true, right: "admin" }),
      customerChat("600", "1 4 2", { right: "rename" }),
    ],
  });
  const lab = await openTestLab([telegramConnection(telegram)], TEAM);
  const report = await reportOf(lab, await startAudit(lab, "roster"));
  expect([cellsOf(report), methods(telegram)]).toEqual([
    {
      "500 bitsafe": { me: "present", ann: "absent", bob: "absent" },
      "600 bitsafe": { me: "present", ann: "present", bob: "absent" },
    },
    { groups: 1, users: 1, members: 2 },
  ]);
});

test("a list that ends at 10,000 of 12,000 members proves no absence; asking does", async () => {
  const crowd = Array.from({ length: 12_000 }, (_, at) => String(1_000 + at));
  const telegram = createScriptedTelegram({
    owner: "1",
    pageSize: 200,
    accounts: [{ id: "2" }, { id: "3" }],
    chats: [{ id: "900", title: "builders bitsafe", members: ["1", ...crowd, "2"] }],
  });
  const lab = await openTestLab([telegramConnection(telegram)], TEAM);
  const report = await reportOf(lab, await startAudit(lab, "roster"));
  expect([cellsOf(report)["builders bitsafe"], methods(telegram)]).toEqual([
    { me: "present", ann: "present", bob: "absent" },
    { groups: 1, users: 1, facts: 1, person: 2 },
  ]);
});

test("accounts: any of two makes present; a deleted one, a stranger and a moved username are told apart", async () => {
  const team = telegramTeam({
    two: { ids: ["21", "22"] },
    gone: { ids: ["31"] },
    stranger: { ids: ["41"], username: "stranger" },
    moved: { ids: ["51"], username: "moved" },
    nameless: { ids: ["61"] },
    unrecorded: { ids: [] },
  });
  const telegram = createScriptedTelegram({
    owner: "1",
    accounts: [
      { id: "21" },
      { id: "22" },
      { id: "31", isDeactivated: true },
      { id: "41", username: "stranger", isStranger: true },
      { id: "52", username: "moved" },
      { id: "61", isStranger: true },
    ],
    chats: [
      customerChat("100", "1 22 31 41", { kind: "basic" }),
      customerChat("200", "1 41", { kind: "basic" }),
    ],
  });
  const lab = await openTestLab([telegramConnection(telegram)], team);
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  const detail = await lab.coverage.getRun({ runId: report.run.id });
  const others = {
    gone: "account-deactivated",
    stranger: "present",
    moved: "not-met",
    nameless: "not-met",
    unrecorded: "no-identity",
  };
  expect({
    state: report.run.state,
    cells: cellsOf(report),
    problems: detail.ok && detail.value.problems.map(({ item, failure }) => [item, failure.facts]),
  }).toEqual({
    state: "completed",
    cells: { "100 bitsafe": { two: "present", ...others }, "200 bitsafe": { two: "absent", ...others } },
    problems: [["moved", { userId: "51", username: "moved", movedTo: "52" }]],
  });
});

test("an account recorded by its id alone is asked about as soon as a member list has named it", async () => {
  const world = () =>
    createScriptedTelegram({
      owner: "1",
      accounts: [{ id: "2", isStranger: true }, { id: "3" }, { id: "4", isStranger: true }],
      chats: [
        // Ben's absence takes a member list here, which names Ann.
        customerChat("100", "1 2"),
        customerChat("200", "1 2 3", { kind: "basic" }),
        customerChat("300", "1 3", { kind: "basic" }),
      ],
    });
  const team = telegramTeam({ ann: { ids: ["2"] }, ben: { ids: ["3"] }, cat: { ids: ["4"] } });
  const told = async (strategy: "inverse" | "roster") => {
    const lab = await openTestLab([telegramConnection(world())], team);
    return cellsOf(await reportOf(lab, await startAudit(lab, strategy)));
  };
  const rosters = await told("roster");
  const unmet = { ann: "not-met", cat: "not-met" };
  expect({ rosters, inverse: await told("inverse") }).toEqual({
    rosters: {
      "100 bitsafe": { ann: "present", ben: "absent", cat: "not-met" },
      "200 bitsafe": { ann: "present", ben: "present", cat: "not-met" },
      "300 bitsafe": { ann: "absent", ben: "present", cat: "not-met" },
    },
    // By person no list is read: whom nothing names stays unmet.
    inverse: {
      "100 bitsafe": { ben: "absent", ...unmet },
      "200 bitsafe": { ben: "present", ...unmet },
      "300 bitsafe": { ben: "present", ...unmet },
    },
  });
});

test.each<[TelegramScope, string[]]>([
  [{ kind: "shared-with", personId: null }, ["100 bitsafe", "200 bitsafe"]],
  [{ kind: "pattern" }, ["100 bitsafe", "200 bitsafe"]],
  [{ kind: "shared-with", personId: PersonId.parse("me") }, ["100 bitsafe", "200 bitsafe"]],
  [{ kind: "shared-with", personId: PersonId.parse("ann") }, ["100 bitsafe"]],
  [{ kind: "folder", title: "Customers" }, ["200 bitsafe", "no name"]],
  [{ kind: "all" }, ["100 bitsafe", "200 bitsafe", "no name"]],
])("the scope %j counts the groups %j", async (telegramScope, groups) => {
  const telegram = createScriptedTelegram({
    owner: "1",
    pageSize: 1,
    accounts: [{ id: "2" }, { id: "3" }],
    folders: { Customers: ["200", "300", "400"] },
    chats: [
      customerChat("100", "1 2 3"),
      customerChat("200", "1 3"),
      { id: "300", title: "no name", members: ["1"] },
      { id: "400", title: "bitsafe test", members: ["1", "2"] },
      { id: "500", title: "elsewhere bitsafe", members: ["2"] },
    ],
  });
  const customerGroups = { include: ["*bitsafe*"], exclude: ["*test"] };
  const team = { ...TEAM, rules: { ...TEAM.rules, telegramScope, customerGroups } };
  const lab = await openTestLab([telegramConnection(telegram)], team);
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  expect(report.groups.map((group) => group.name)).toEqual(groups);
});

test("a folder that is not there fails the run with its name", async () => {
  const telegram = createScriptedTelegram({ owner: "1", chats: [customerChat("100", "1 2")] });
  const telegramScope = { kind: "folder", title: "Gone" } as const;
  const team = { ...TEAM, rules: { ...TEAM.rules, telegramScope } };
  const lab = await openTestLab([telegramConnection(telegram)], team);
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  expect([report.run.state, report.run.failure?.code, report.run.failure?.facts]).toEqual([
    "failed",
    "telegram/folder-not-found",
    { title: "Gone" },
  ]);
});

test("facts: needed asks where a category wants them, all asks everywhere; findings follow", async () => {
  const category = (id: string, pattern: string, flags: object) => ({
    id: CategoryId.parse(id),
    name: id,
    matchers: [{ kind: "pattern" as const, pattern }],
    requirements: [{ target: { kind: "everyone" as const }, level: "required" as const }],
    expectPrivate: false,
    ...flags,
  });
  const team: TeamAndRules = {
    ...TEAM,
    rules: {
      ...TEAM.rules,
      categories: [
        category("strict", "strict*", { expectHistoryVisible: true, expectAdminRight: true }),
        category("easy", "*", {}),
      ],
    },
  };
  const chats = [
    customerChat("1", "1 2 3", { title: "strict hidden bitsafe", hidesHistory: true, right: "rename" }),
    customerChat("2", "1 2 3", { title: "strict open bitsafe" }),
    customerChat("3", "1 2 3", { title: "strict basic bitsafe", kind: "basic", right: "owner" }),
    customerChat("4", "1 2 3", { title: "easy bitsafe", hidesHistory: true }),
  ];
  const results: unknown[] = [];
  for (const facts of ["needed", "all"] as const) {
    const telegram = createScriptedTelegram({ owner: "1", chats });
    const lab = await openTestLab([telegramConnection(telegram)], team);
    const report = await reportOf(lab, await startAudit(lab, "inverse", facts));
    results.push({
      traits: Object.fromEntries(report.groups.map(({ name, telegram: traits }) => [name, traits])),
      findings: report.findings.map(({ kind, groupKey }) => `${kind} ${groupKey}`).toSorted(),
      asked: methods(telegram)["facts"],
    });
  }
  const traits = {
    "strict hidden bitsafe": { kind: "supergroup", ownRight: "rename", isHistoryHidden: true },
    "strict open bitsafe": { kind: "supergroup", ownRight: "member", isHistoryHidden: false },
    "strict basic bitsafe": { kind: "basic", ownRight: "owner", isHistoryHidden: true },
  };
  const easy = { kind: "supergroup", ownRight: "member" };
  const findings = [
    "hidden-history telegram:-:-3",
    "hidden-history telegram:-:1",
    "no-admin-right telegram:-:2",
  ];
  expect(results).toEqual([
    { traits: { ...traits, "easy bitsafe": { ...easy, isHistoryHidden: null } }, findings, asked: 2 },
    { traits: { ...traits, "easy bitsafe": { ...easy, isHistoryHidden: true } }, findings, asked: 3 },
  ]);
});

test("Slack and Telegram are one run, and a person is one person in both", async () => {
  const slackTeam = smallTeam({ me: { userId: null }, ann: { userId: "UANN" }, bob: { userId: "UBOB" } });
  const team: TeamAndRules = {
    ...TEAM,
    team: TEAM.team.map((member, at) => ({
      ...member,
      identities: [...member.identities, ...(slackTeam.team[at]?.identities ?? [])],
    })),
  };
  const slack = createScriptedSlack({
    owner: "UANN",
    users: [{ id: "UANN" }, { id: "UBOB" }],
    channels: [{ id: "C1", name: "acme-bitsafe", members: ["UANN"] }],
  });
  const telegram = createScriptedTelegram({
    owner: "1",
    chats: [customerChat("100", "1 3", { kind: "basic" })],
  });
  const lab = await openTestLab([scriptedConnection(slack), telegramConnection(telegram)], team);
  const plan = await lab.coverage.plan({ connectionIds: [], strategy: "auto" });
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  expect({
    platforms: report.run.platforms,
    people: report.people.map((person) => person.name),
    cells: cellsOf(report),
    calls: report.run.calls,
    planned: plan.connections.map(({ connectionId, allFacts }) => [connectionId, allFacts !== null]),
  }).toEqual({
    platforms: ["slack", "telegram"],
    people: ["me", "ann", "bob"],
    cells: {
      "acme-bitsafe": { me: "no-identity", ann: "present", bob: "absent" },
      "100 bitsafe": { me: "present", ann: "not-met", bob: "present" },
    },
    calls: slack.calls.length + telegram.calls.length,
    planned: [
      ["slack:T1:UOWNER", false],
      ["telegram:-:1", true],
    ],
  });
});
