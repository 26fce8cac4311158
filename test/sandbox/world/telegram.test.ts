import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { loadWorld } from "#sandbox/world/load-world.ts";
import type { TelegramTruthGroup } from "#sandbox/world/telegram-truth.ts";
import { tellTruth, type TruthPerson } from "#sandbox/world/truth.ts";

const SEEDS = Array.from({ length: 20 }, (_unused, at) => at + 1);

describe("the Telegram side of a generated world", () => {
  test("is the same for the same seed and another one for another seed", () => {
    expect(truthOf("reference", 7)).toEqual(truthOf("reference", 7));
    expect(truthOf("reference", 7).groups).not.toEqual(truthOf("reference", 8).groups);
  });

  test.each(SEEDS)("with seed %i has 600 groups, 402 of them customers' that the anchor shares", (seed) => {
    const { groups, people } = truthOf("reference", seed);
    const shared = groups.filter((group) => group.customer && group.visibleToAccount);
    const unseen = groups.filter((group) => group.customer && !group.visibleToAccount);
    const team = people.filter((person) => person.status === "active" && !person.tokenOwner);
    const missing = shared.flatMap((group) =>
      team.filter((person) => !group.memberIds.includes(String(person.telegramUserId))),
    ).length;
    expect([groups.length, shared.length, unseen.length]).toEqual([600, 402, 12]);
    expect(missing / (shared.length * team.length)).toBeGreaterThan(0.12);
    expect(missing / (shared.length * team.length)).toBeLessThan(0.18);
  });

  test.each(SEEDS)("with seed %i has ids that clients take for what they are", (seed) => {
    const { groups } = truthOf("reference", seed);
    expect(new Set(groups.map((group) => group.botApiId)).size).toBe(groups.length);
    const strange = groups.filter(({ id, kind, botApiId, memberIds }) => {
      const basic = kind === "basic";
      const rightId = basic ? Number(id) > 1e8 && Number(id) < 1e9 : Number(id) > 1e9;
      const rightMark = botApiId === (basic ? `-${id}` : `-100${id}`);
      const rightSize = memberIds.length > 1 && memberIds.length <= (basic ? 200 : 12_000);
      const rightMembers =
        memberIds.every((one) => Number(one) > 1e9) && new Set(memberIds).size === memberIds.length;
      return !(rightId && rightMark && rightSize && rightMembers);
    });
    expect(strange).toEqual([]);
  });

  test("holds what audits stumble over", () => {
    const { groups, people } = truthOf("reference", 1);
    const customers = groups.filter((group) => group.customer);
    const has = (fits: (group: TelegramTruthGroup) => boolean): boolean => customers.some(fits);
    expect({
      oldName: has(({ name }) => name.includes("iBTC")),
      emoji: has(({ name }) => /\p{Extended_Pictographic}/u.test(name)),
      rightToLeft: has(({ name }) => /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(name)),
      sameTitle: new Set(customers.map(({ name }) => name)).size < customers.length,
      basic: has(({ kind }) => kind === "basic"),
      forum: has(({ kind }) => kind === "forum"),
      channel: groups.some(({ kind }) => kind === "channel"),
      migrated: has(({ migratedFrom }) => migratedFrom !== null),
      hiddenMembers: has(({ hiddenMembers, own }) => hiddenMembers && own.role === "member"),
      hiddenHistory: has(({ historyHidden }) => historyHidden),
      owner: has(({ own }) => own.role === "owner"),
      adminWhoMayNotRename: has(({ own }) => own.role === "admin" && !own.canRename),
      member: has(({ own }) => own.role === "member" && !own.canInvite),
      deletedAccount: people.some(({ telegramDeleted }) => telegramDeleted),
      withoutUsername: people.some((one) => one.telegramUserId !== null && one.telegramUsername === null),
    }).toEqual(EVERYTHING);
    const large = groups.filter((group) => group.memberIds.length > 1_000);
    expect(large.map(({ hiddenMembers, memberIds }) => [hiddenMembers, memberIds.length])).toEqual([
      [true, 9_000],
      [false, 12_000],
    ]);
  });

  test("of the huge kind has 1,000 customers' groups of 500 members", () => {
    const shared = truthOf("huge", 1).groups.filter((group) => group.customer && group.visibleToAccount);
    expect(shared.length).toBe(1_000);
    expect(shared.filter((group) => group.memberIds.length !== 500)).toEqual([]);
  });
});

describe("Telegram groups of a world file", () => {
  test("become exactly what the file describes", () => {
    const { groups } = truthOf(writeFile(HAND_WRITTEN), 1);
    expect(groups).toEqual([
      {
        platform: "telegram",
        id: "1500000001",
        botApiId: "-1001500000001",
        name: "😀".repeat(10_000),
        kind: "forum",
        customer: true,
        category: "bd-customer",
        memberIds: ["7000000001", "7000000002"],
        visibleToAccount: true,
        visibleToToken: false,
        isArchived: false,
        isShared: false,
        username: null,
        hiddenMembers: true,
        historyHidden: false,
        about: "",
        pinnedTexts: [],
        migratedFrom: null,
        own: { role: "admin", canRename: true, canInvite: false, canBan: false },
      },
    ]);
  });

  test.each([
    [
      "somebody not on Telegram",
      { members: ["bot"] },
      '$.telegramGroups[0].members[0]: no person with the id "bot"',
    ],
    ["an id that is none of a channel", { id: 5 }, "$.telegramGroups[0].id: must be above 1,000,000,000"],
    ["an unknown right", { admins: [{ person: "ann", rights: ["fly"] }] }, "rights[0]: must be one of"],
    ["an empty title", { title: "" }, "$.telegramGroups[0].title: must not be empty"],
    ["a misspelt key", { titel: "x" }, "$.telegramGroups[0].titel: unknown key"],
  ])("with %s are refused with the place and the problem", (_what, change, message) => {
    const [group] = HAND_WRITTEN.telegramGroups;
    const file = writeFile({ ...HAND_WRITTEN, telegramGroups: [{ ...group, ...change }] });
    expect(() => loadWorld(file, 1)).toThrow(message);
  });
});

const EVERYTHING = {
  oldName: true,
  emoji: true,
  rightToLeft: true,
  sameTitle: true,
  basic: true,
  forum: true,
  channel: true,
  migrated: true,
  hiddenMembers: true,
  hiddenHistory: true,
  owner: true,
  adminWhoMayNotRename: true,
  member: true,
  deletedAccount: true,
  withoutUsername: true,
};

const HAND_WRITTEN = {
  version: 1,
  people: [
    { id: "ann", name: "Ann Example", role: "BD", tokenOwner: true, telegramUserId: 7_000_000_001 },
    { id: "bob", name: "Bob Example", telegramUserId: 7_000_000_002, telegram: { invitePrivacy: "nobody" } },
    { id: "bot", name: "robot", belonging: "bot" },
  ],
  channels: [],
  telegramGroups: [
    {
      id: 1_500_000_001,
      kind: "forum",
      title: "😀".repeat(10_000),
      members: ["ann", "bob"],
      owner: "bob",
      admins: [{ person: "ann", rights: ["change_info"] }],
      hiddenMembers: true,
      membersMayNot: ["change_info", "invite_users"],
      customer: true,
      category: "bd-customer",
      messages: 5,
    },
  ],
};

function truthOf(
  world: string,
  seed: number,
): { people: readonly TruthPerson[]; groups: TelegramTruthGroup[] } {
  const { people, groups } = tellTruth(loadWorld(world, seed));
  return { people, groups: groups.filter((group) => group.platform === "telegram") };
}

function writeFile(value: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-world-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "world.json");
  writeFileSync(file, JSON.stringify(value));
  return file;
}
