import { expect, test } from "vitest";
import { failure } from "#shared/domain/failure.ts";
import { PersonId } from "#shared/domain/ids.ts";
import type { FindStep } from "#shared/contract/membership.ts";
import { err } from "#shared/lib/result.ts";
import type { LabConnection } from "#test/support/coverage-lab.ts";
import { openTestPlanningLab } from "#test/support/open-planning-lab.ts";
import type { PlanningLab } from "#test/support/planning-lab.ts";
import { scriptedConnection, smallTeam, telegramConnection } from "#test/support/scripted-audit.ts";
import { createScriptedSlack } from "#test/support/scripted-slack.ts";
import { createScriptedTelegram } from "#test/support/scripted-telegram.ts";

const BASE = smallTeam({ amy: { userId: "UAMY" }, ben: { userId: "UBEN" } });
const TEAM = {
  ...BASE,
  team: BASE.team.map((member) =>
    member.name === "amy"
      ? {
          ...member,
          identities: [
            ...member.identities,
            { ...member.identities[0]!, platform: "telegram" as const, userId: "2" },
          ],
        }
      : member,
  ),
};

const slackWorld = () =>
  createScriptedSlack({
    owner: "UOWNER",
    users: [{ id: "UOWNER" }, { id: "UAMY" }, { id: "UBEN" }],
    channels: [
      { id: "C1", name: "acme", members: ["UOWNER", "UAMY"] },
      { id: "C2", name: "hers", members: ["UAMY"] },
      { id: "C3", name: "ours", members: ["UOWNER"] },
      { id: "C4", name: "old", members: ["UOWNER", "UAMY"], isArchived: true },
    ],
  });

const telegramWorld = () =>
  createScriptedTelegram({
    owner: "1",
    accounts: [{ id: "1" }, { id: "2" }],
    chats: [
      { id: "100", title: "Acme", members: ["1", "2"], right: "owner" },
      { id: "200", title: "Quiet", members: ["1", "2"], hidesMembers: true },
      { id: "300", title: "Ours", members: ["1"], right: "rename" },
    ],
  });

async function lookFor(lab: PlanningLab, person: string): Promise<FindStep | null> {
  const found = await lab.membership.find(
    { personId: PersonId.parse(person), platforms: ["slack", "telegram"] },
    new AbortController().signal,
  );
  let last: FindStep | null = null;
  if (found.ok) for await (const step of found.value) last = step;
  return last;
}

async function find(connections: readonly LabConnection[], person: string | null) {
  const lab = await openTestPlanningLab({ connections, teamAndRules: TEAM });
  const personId = person === null ? null : PersonId.parse(person);
  const found = await lab.membership.find(
    { personId, platforms: ["slack", "telegram"] },
    new AbortController().signal,
  );
  if (!found.ok) return found.error.code;
  let last: FindStep | null = null;
  for await (const step of found.value) last = step;
  return {
    groups: last?.groups?.map(({ groupName, platform, presence, ownRight }) =>
      [groupName, platform, presence, ownRight].join(" "),
    ),
    problems: last?.problems.map(({ label, failure: { code } }) => `${label} ${code}`),
    isAllDone: last !== null && last.done === last.total,
  };
}

test("a person is found on both platforms, also where members are hidden, with our right in each group", async () => {
  const telegram = telegramWorld();
  expect(await find([scriptedConnection(slackWorld()), telegramConnection(telegram)], "amy")).toEqual({
    groups: [
      "acme slack present member",
      "Acme telegram present owner",
      "hers slack present none",
      "old slack present member",
      "Quiet telegram present member",
    ],
    problems: [],
    isAllDone: true,
  });
});

test("where asking about a person is refused, the group is named as one that they may be in", async () => {
  const telegram = telegramWorld();
  telegram.refusesHiddenPeople = true;
  expect(await find([telegramConnection(telegram)], "amy")).toMatchObject({
    groups: ["Acme telegram present owner", "Quiet telegram unknown member"],
    problems: [],
  });
});

test("without a person: every group, and what we may do there", async () => {
  expect(await find([scriptedConnection(slackWorld()), telegramConnection(telegramWorld())], null)).toEqual({
    groups: [
      "acme slack present member",
      "Acme telegram present owner",
      "hers slack unknown none",
      "old slack present member",
      "ours slack present member",
      "Ours telegram present rename",
      "Quiet telegram present member",
    ],
    problems: [],
    isAllDone: true,
  });
});

test("who has no account somewhere, and what cannot be asked, is told", async () => {
  const dead: LabConnection = {
    ...scriptedConnection(slackWorld(), "T9"),
    open: () => err(failure("slack/token-revoked")),
  };
  expect([
    await find([dead, telegramConnection(telegramWorld())], "ben"),
    await find([dead], "nobody"),
  ]).toEqual([
    {
      groups: [],
      problems: ["Workspace T9 slack/token-revoked", "Account 1 membership/no-account"],
      isAllDone: true,
    },
    "input/not-found",
  ]);
});

/** Amy as 2, whom the first account has not met, and what the second one sees. */
function strangersWorld(owner: string, members: string[], isStranger: boolean) {
  return createScriptedTelegram({
    owner,
    accounts: [{ id: "1" }, { id: "2", isStranger }, { id: "9" }],
    chats: [
      { id: "100", title: "Acme", members, kind: "basic" },
      { id: "200", title: "Globex", members },
    ],
  });
}

test("somebody whom our account has not met is not said to be nowhere, and what to do about it is told", async () => {
  const unmet = strangersWorld("1", ["1"], true);
  const lab = await openTestPlanningLab({ connections: [telegramConnection(unmet)], teamAndRules: TEAM });
  const last = await lookFor(lab, "amy");
  expect({
    groups: last?.groups?.map(({ groupName, presence }) => `${groupName} ${presence}`),
    problems: last?.problems.map(({ failure: { code, facts, todo } }) => [code, facts["name"], todo]),
  }).toEqual({
    groups: ["Acme unknown", "Globex unknown"],
    problems: [
      [
        "telegram/not-met",
        "amy",
        "Record the person's current username on the Team screen, or have the account and the person in one group.",
      ],
    ],
  });
});

test("who is on the member list of a group is met by it, and then found in every other", async () => {
  const telegram = strangersWorld("1", ["1", "2"], true);
  expect(await find([telegramConnection(telegram)], "amy")).toEqual({
    groups: ["Acme telegram present member", "Globex telegram present member"],
    problems: [],
    isAllDone: true,
  });
  expect(telegram.calls.map(({ method, subject }) => `${method} ${subject}`.trim())).toContain("common 2");
});

test("whom another account of ours has met is known in the groups that both see", async () => {
  const unmet = strangersWorld("1", ["1", "9"], true);
  const met = strangersWorld("9", ["1", "9"], false);
  const others = createScriptedTelegram({
    owner: "1",
    accounts: [{ id: "2", isStranger: true }],
    chats: [{ id: "300", title: "Ours alone", members: ["1"] }],
  });
  expect([
    await find([telegramConnection(unmet, "1"), telegramConnection(met, "9")], "amy"),
    await find([telegramConnection(others, "1"), telegramConnection(met, "9")], "amy"),
  ]).toEqual([
    { groups: [], problems: [], isAllDone: true },
    {
      groups: ["Ours alone telegram unknown member"],
      problems: ["Account 1 telegram/not-met"],
      isAllDone: true,
    },
  ]);
});

test("who stops listening stops the look", async () => {
  const slack = slackWorld();
  slack.before = () => new Promise(() => {});
  const lab = await openTestPlanningLab({ connections: [scriptedConnection(slack)], teamAndRules: TEAM });
  const stop = new AbortController();
  const found = await lab.membership.find({ personId: null, platforms: ["slack"] }, stop.signal);
  const steps: FindStep[] = [];
  if (found.ok)
    for await (const step of found.value) {
      steps.push(step);
      stop.abort();
      break;
    }
  expect(steps).toEqual([{ done: 0, total: 0, groups: null, problems: [], waits: [] }]);
});
