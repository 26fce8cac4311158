import { expect, test } from "vitest";
import { failure } from "#shared/domain/failure.ts";
import { PersonId } from "#shared/domain/ids.ts";
import type { FindStep } from "#shared/contract/membership.ts";
import { err } from "#shared/lib/result.ts";
import type { LabConnection } from "#test/support/coverage-lab.ts";
import { openTestPlanningLab } from "#test/support/open-planning-lab.ts";
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
    problems: ["Account 1 telegram/not-allowed"],
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
