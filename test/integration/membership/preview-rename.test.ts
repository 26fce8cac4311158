import { expect, test } from "vitest";
import { OperationRequest, type RenameRule } from "#shared/domain/operation.ts";
import { openTestPlanningLab } from "#test/support/open-planning-lab.ts";
import type { PlanningLab } from "#test/support/planning-lab.ts";
import { scriptedConnection, smallTeam, telegramConnection } from "#test/support/scripted-audit.ts";
import { createScriptedSlack } from "#test/support/scripted-slack.ts";
import { createScriptedTelegram } from "#test/support/scripted-telegram.ts";

const TEAM = smallTeam({ amy: { userId: "UAMY" } });

const NAMES = ["acme-bitsafe", "beta-bitsafe", "gamma-bitsafe", "old-bitsafe"];

async function openAudited(...more: string[]) {
  const slack = createScriptedSlack({
    owner: "UOWNER",
    users: [{ id: "UOWNER" }, { id: "UAMY" }],
    channels: [...NAMES, ...more].map((name, at) => ({
      id: `C${at + 1}`,
      name,
      members: ["UOWNER"],
      isArchived: name.startsWith("old"),
    })),
  });
  const telegram = createScriptedTelegram({
    owner: "1",
    accounts: [{ id: "1" }],
    chats: [
      { id: "100", title: "Acme bitsafe", members: ["1"], right: "owner" },
      // Every member may rename it, which no stored result tells.
      { id: "200", title: "Beta bitsafe", members: ["1"], may: OPEN },
    ],
  });
  const lab = await openTestPlanningLab({
    connections: [scriptedConnection(slack), telegramConnection(telegram)],
    teamAndRules: TEAM,
  });
  await lab.audit();
  const asked = () => slack.calls.length + telegram.calls.length;
  return { lab, asked };
}

const OPEN = { changeInfo: true, addPeople: true, removePeople: false };

const pattern = (find: string, replacement: string, isRegularExpression = true): RenameRule => {
  return { by: "pattern", find, replacement, isRegularExpression, ignoreCase: true };
};

const EVERY = { groups: { by: "all" as const }, platforms: ["slack" as const, "telegram" as const] };

function preview(lab: PlanningLab, rule: RenameRule, page = { cursor: null as string | null, limit: 100 }) {
  return lab.membership.previewRename({ ...EVERY, ...page, rule }, new AbortController().signal);
}

async function previewed(lab: PlanningLab, rule: RenameRule) {
  const found = await preview(lab, rule);
  if (!found.ok) return [found.error.code, found.error.message];
  return found.value.items.map(({ before, after, problem }) =>
    [before, "→", after, ...(problem ? [problem.code] : [])].join(" "),
  );
}

/** The same, by a plan that asks the platforms. */
async function planned(lab: PlanningLab, rule: RenameRule) {
  const { id, failure } = await lab.plan(OperationRequest.parse({ kind: "rename", rule, ...EVERY }));
  if (failure) return [failure.code, failure.message];
  const steps = (await lab.rows(id)).filter(({ state }) => state !== "already-so");
  return steps.map(({ before, groupName, after, failure: why }) =>
    [before ?? groupName, "→", after, ...(why ? [why.code] : [])].join(" "),
  );
}

test("a preview says what the plan will say, and asks no platform", async () => {
  const { lab, asked } = await openAudited();
  const rules: RenameRule[] = [
    pattern("^(.+)-bitsafe$", "bitsafe-$1"),
    pattern("bitsafe", "b!tsafe", false),
    pattern("^[ab]\\w+", "one"),
    pattern("a", "x".repeat(90)),
    {
      by: "mapping",
      names: [
        { from: "ACME-bitsafe", to: "New Acme" },
        { from: "nobody", to: "x" },
      ],
    },
  ];
  const before = asked();
  const previews = [];
  for (const rule of rules) previews.push((await previewed(lab, rule)).toSorted());
  const askedMeanwhile = asked() - before;
  const plans = [];
  for (const rule of rules) plans.push((await planned(lab, rule)).toSorted());
  expect({ previews, askedMeanwhile }).toEqual({ previews: plans, askedMeanwhile: 0 });
  expect(previews[0]).toEqual([
    "acme-bitsafe → bitsafe-acme",
    "beta-bitsafe → bitsafe-beta",
    "gamma-bitsafe → bitsafe-gamma",
    "old-bitsafe → bitsafe-old slack/archived",
  ]);
});

test("names that change places are shown as they will be in the end", async () => {
  const { lab } = await openAudited();
  const names = [
    { from: "acme-bitsafe", to: "beta-bitsafe" },
    { from: "beta-bitsafe", to: "acme-bitsafe" },
  ];
  expect((await previewed(lab, { by: "mapping", names })).toSorted()).toEqual([
    "acme-bitsafe → beta-bitsafe",
    "beta-bitsafe → acme-bitsafe",
  ]);
});

test("what cannot be done comes first, page after page; groups that no audit saw are counted", async () => {
  const { lab } = await openAudited();
  const rule = pattern("bitsafe", "b");
  const first = await preview(lab, rule, { cursor: null, limit: 4 });
  const rest = await preview(lab, rule, { cursor: first.ok ? first.value.nextCursor : null, limit: 4 });
  const groupKeys = ["slack:T1:C1", "slack:T1:C99"];
  const groups = OperationRequest.parse({ kind: "history", visible: true, groups: { by: "key", groupKeys } });
  const chosen = await lab.membership.previewRename(
    {
      ...EVERY,
      cursor: null,
      limit: 9,
      rule,
      ...(groups.kind === "history" ? { groups: groups.groups } : {}),
    },
    new AbortController().signal,
  );
  const told = [first, rest, chosen].map((page) => {
    if (!page.ok) return page.error.code;
    const { items, ...counts } = page.value;
    return [items.map(({ before, problem }) => `${before} ${problem?.code ?? "ok"}`), counts];
  });
  expect(told).toEqual([
    [
      ["old-bitsafe slack/archived", "Acme bitsafe ok", "Beta bitsafe ok", "acme-bitsafe ok"],
      { nextCursor: "4", total: 6, impossible: 1, notStored: 0 },
    ],
    [["beta-bitsafe ok", "gamma-bitsafe ok"], { nextCursor: null, total: 6, impossible: 1, notStored: 0 }],
    [["acme-bitsafe ok"], { nextCursor: null, total: 1, impossible: 0, notStored: 1 }],
  ]);
});

test("an expression that cannot be read, or never ends, fails as the plan does; one that nobody waits for is stopped", async () => {
  const { lab } = await openAudited(`${"a".repeat(60)}-bitsafe`);
  const [unreadable, runaway] = [pattern("(", ""), pattern("^(a+)+$", "x")];
  const stop = new AbortController();
  const left = lab.membership.previewRename({ ...EVERY, cursor: null, limit: 9, rule: runaway }, stop.signal);
  setTimeout(() => stop.abort(new Error("nobody waits")), 100);
  await expect(left).rejects.toThrow("nobody waits");
  const refused = await lab.membership.plan({ kind: "rename", rule: unreadable, ...EVERY });
  const failures = [await previewed(lab, unreadable), await previewed(lab, runaway)];
  expect(failures).toEqual([
    refused.ok ? [] : [refused.error.code, refused.error.message],
    await planned(lab, runaway),
  ]);
  expect(failures.map(([code]) => code)).toEqual(["membership/bad-pattern", "membership/bad-pattern"]);
});
