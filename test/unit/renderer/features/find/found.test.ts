import { expect, test } from "vitest";
import { ConnectionId, GroupKey } from "#shared/domain/ids.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";
import { allowedIn } from "#renderer/features/find/find-words.ts";
import { foundCsv } from "#renderer/features/find/found-csv.ts";
import { NO_FILTER, visibleFound } from "#renderer/features/find/visible-found.ts";

function group(groupName: string, change: Partial<FoundGroup> = {}): FoundGroup {
  const platform = change.platform ?? "slack";
  return {
    groupKey: GroupKey.parse(`${platform}:T1:${groupName}`),
    groupName,
    platform,
    connectionId: ConnectionId.parse("c1"),
    connectionLabel: "BitSafe",
    isArchived: false,
    isGeneral: false,
    presence: "present",
    ownRight: "member",
    may: { rename: null, add: null, remove: null },
    ...change,
  };
}

const NOTHING = { rename: false, add: false, remove: false };
const EVERYTHING = { rename: true, add: true, remove: true };

const telegram = (groupName: string, ownRight: FoundGroup["ownRight"], may = NOTHING) =>
  group(groupName, { platform: "telegram", ownRight, may, connectionLabel: "Ana" });

const BASIC = {
  groupKey: GroupKey.parse("telegram:-:-7"),
  may: { rename: true, add: true, remove: null },
} as const;

test("what an account may do follows its rights and what the group leaves open; of a Slack channel nobody can tell before the plan", () => {
  const groups = [
    group("in"),
    group("out", { ownRight: "none" }),
    group("old", { isArchived: true }),
    group("general", { isGeneral: true }),
    telegram("owned", "owner", EVERYTHING),
    telegram("admin", "admin", { ...NOTHING, remove: true }),
    telegram("closed", "member"),
    telegram("open", "member", { ...EVERYTHING, remove: false }),
    { ...telegram("basic", "member"), ...BASIC },
    { ...telegram("not read", "member"), may: { rename: null, add: null, remove: false } },
  ];
  expect(
    groups.map((each) => {
      const { remove, rename, history, words } = allowedIn(each);
      return [each.groupName, remove, rename, history, words];
    }),
  ).toEqual([
    ["in", true, true, false, "As Slack's settings allow"],
    ["out", false, false, false, "Nothing: not in it"],
    ["old", false, false, false, "Nothing: archived"],
    ["general", false, true, false, "Rename; nobody can be removed"],
    ["owned", true, true, true, "Add, remove, rename, history"],
    ["admin", true, false, false, "Remove"],
    ["closed", false, false, false, "Nothing: ask an admin"],
    ["open", false, true, true, "Add, rename, history"],
    ["basic", true, true, false, "Add, rename; maybe remove"],
    ["not read", false, true, true, "Maybe add, rename, history"],
  ]);
});

test("groups are narrowed by name or connection, right and platform at once", () => {
  const groups = [
    group("Acme one"),
    group("beta"),
    telegram("Acme two", "owner"),
    telegram("acme 3", "member"),
  ];
  const shown = (change: Partial<typeof NO_FILTER>) =>
    visibleFound(groups, { ...NO_FILTER, ...change }).map(({ groupName }) => groupName);
  expect([
    shown({}),
    shown({ search: "ACME" }),
    shown({ search: "ana acme" }),
    shown({ search: "acme", rights: ["member"], platforms: ["telegram"] }),
    shown({ rights: ["owner", "member"], platforms: ["slack"] }),
  ]).toEqual([
    ["Acme one", "beta", "Acme two", "acme 3"],
    ["Acme one", "Acme two", "acme 3"],
    ["Acme two", "acme 3"],
    ["acme 3"],
    ["Acme one", "beta"],
  ]);
});

test("the copy for a spreadsheet keeps names from being formulas, and tells presence only of somebody", () => {
  const groups = [group('=SUM(1) "x", y', { presence: "unknown" }), telegram("Acme", "owner", EVERYTHING)];
  expect([foundCsv(groups, true), foundCsv(groups.slice(1), false)]).toEqual([
    [
      "Group,Platform,Connection,Presence,Our right,We may,Archived,Key",
      `"'=SUM(1) ""x"", y",Slack,BitSafe,Unknown,Member,As Slack's settings allow,no,"slack:T1:=SUM(1) ""x"", y"`,
      'Acme,Telegram,Ana,Present,Owner,"Add, remove, rename, history",no,telegram:T1:Acme',
    ].join("\r\n"),
    [
      "Group,Platform,Connection,Our right,We may,Archived,Key",
      'Acme,Telegram,Ana,Owner,"Add, remove, rename, history",no,telegram:T1:Acme',
    ].join("\r\n"),
  ]);
});
