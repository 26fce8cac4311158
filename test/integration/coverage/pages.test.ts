import { afterEach, expect, test } from "vitest";
import { CategoryId, GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { Category } from "#shared/domain/rules.ts";
import { openCoverageLab, type CoverageLab } from "#test/support/coverage-lab.ts";
import { reportOf, startAudit, telegramConnection, telegramTeam } from "#test/support/scripted-audit.ts";
import { createScriptedTelegram, type ScriptedChat } from "#test/support/scripted-telegram.ts";

const labs: CoverageLab[] = [];
afterEach(async () => {
  for (const lab of labs.splice(0)) {
    await lab.stop();
    await lab.store.close();
  }
});

const base = telegramTeam({ me: { ids: ["1"] }, ann: { ids: ["2"] }, bob: { ids: ["3"] } });

/** Everybody is asked for in group 300, bob in no other. */
const TEAM = {
  ...base,
  rules: {
    ...base.rules,
    categories: [category("third", "300*", ["me", "ann", "bob"]), category("others", "*", ["me", "ann"])],
  },
};

function category(id: string, pattern: string, people: readonly string[]): Category {
  return {
    id: CategoryId.parse(id),
    name: id,
    matchers: [{ kind: "pattern", pattern }],
    requirements: people.map((name) => ({
      target: { kind: "person", personId: PersonId.parse(name) },
      level: "required",
    })),
    expectPrivate: false,
  };
}

function chat(id: string, members: string, rest: Partial<ScriptedChat> = {}): ScriptedChat {
  return { id, title: `${id} bitsafe`, members: members.split(" "), ...rest };
}

async function openAudited() {
  const telegram = createScriptedTelegram({
    owner: "1",
    accounts: [{ id: "2" }, { id: "3" }],
    chats: [chat("100", "1 2 3"), chat("200", "1 3", { kind: "basic" }), chat("300", "1 2")],
  });
  const lab = await openCoverageLab({
    connections: [telegramConnection(telegram)],
    teamAndRules: () => TEAM,
  });
  labs.push(lab);
  const report = await reportOf(lab, await startAudit(lab, "inverse"));
  return { lab, report };
}

test("a group's page tells who is asked for, who is there besides, what is accepted, and how it was", async () => {
  const { lab, report } = await openAudited();
  const groupKey = GroupKey.parse("telegram:-:-200");
  const exclusion = await lab.coverage.addExclusion({
    groupKey,
    personId: PersonId.parse("ann"),
    reason: "left on purpose",
    owner: "me",
    expiresAtMs: null,
  });
  const again = await reportOf(lab, await startAudit(lab, "inverse"));
  const page = await lab.coverage.getGroup({ groupKey });
  if (!page.ok) throw new Error(page.error.code);
  const { row, history, ...rest } = page.value;
  expect({
    ...rest,
    name: row.group.name,
    cells: row.cells.map(({ personId, presence, exclusionId }) => [personId, presence, exclusionId]),
    history: history.map(({ runId, present, absent, unknown }) => [runId, present, absent, unknown]),
  }).toEqual({
    run: { runId: again.run.id, atMs: again.run.startedAtMs },
    isGone: false,
    people: [
      { personId: "me", name: "me", role: null },
      { personId: "ann", name: "ann", role: null },
    ],
    alsoPresent: [{ personId: "bob", name: "bob", role: null }],
    exclusions: [exclusion],
    canOpen: false,
    name: "200 bitsafe",
    cells: [
      ["ann", "absent", exclusion.id],
      ["me", "present", null],
    ],
    history: [
      [again.run.id, 1, 1, 0],
      [report.run.id, 1, 1, 0],
    ],
  });
});

test("a person's page tells every group they should be in and every other they were seen in", async () => {
  const { lab, report } = await openAudited();
  const pages = [];
  for (const name of ["ann", "bob"]) {
    const page = await lab.coverage.getPerson({ personId: PersonId.parse(name) });
    if (!page.ok) throw new Error(page.error.code);
    const { groups, alsoIn, runs, member } = page.value;
    pages.push({
      runs,
      member,
      groups: groups.map(({ group, cell }) => [group.name, cell.level, cell.presence]),
      alsoIn: alsoIn.map(({ name: groupName }) => groupName),
    });
  }
  const runs = [{ platform: "telegram", runId: report.run.id, atMs: report.run.startedAtMs }];
  const [, ann, bob] = TEAM.team;
  expect(pages).toEqual([
    {
      runs,
      member: ann,
      groups: [
        ["200 bitsafe", "required", "absent"],
        ["100 bitsafe", "required", "present"],
        ["300 bitsafe", "required", "present"],
      ],
      alsoIn: [],
    },
    {
      runs,
      member: bob,
      groups: [["300 bitsafe", "required", "absent"]],
      alsoIn: ["200 bitsafe", "100 bitsafe"],
    },
  ]);
});

test("a supergroup's addresses are made of what is stored; what is unknown is not found", async () => {
  const { lab } = await openAudited();
  const { coverage } = lab;
  const stranger = GroupKey.parse("telegram:-:999");
  const nobody = PersonId.parse("nobody");
  const failures = [
    await coverage.getGroup({ groupKey: stranger }),
    await coverage.getPerson({ personId: nobody }),
  ];
  expect([
    await coverage.findGroupAddresses(GroupKey.parse("telegram:-:100")),
    await coverage.findGroupAddresses(GroupKey.parse("telegram:-:-200")),
    await coverage.findGroupAddresses(stranger),
    ...failures.map((result) => (result.ok ? null : result.error.code)),
  ]).toEqual([
    { app: "tg://privatepost?channel=100&post=1", browser: "https://t.me/c/100/1" },
    null,
    null,
    "input/not-found",
    "input/not-found",
  ]);
});
