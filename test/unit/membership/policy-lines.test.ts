import { expect, test } from "vitest";
import { resolveGroupLines } from "#main/features/membership/policy/group-lines.ts";
import { readMapping } from "#main/features/membership/policy/json-lines.ts";
import { resolvePeopleLines } from "#main/features/membership/policy/people-lines.ts";
import { GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { Identity, TeamMember } from "#shared/domain/team.ts";

const account = (userId: string | null, username: string | null): Identity => {
  return { platform: "slack", workspaceId: null, userId, username, state: "resolved", checkedAtMs: null };
};

const member = (id: string, name: string, change: Partial<TeamMember> = {}): TeamMember => {
  return {
    id: PersonId.parse(id),
    name,
    role: null,
    status: "active",
    email: null,
    identities: [],
    ...change,
  };
};

const TEAM = [
  member("p-aliya", "Aliya Khan", { email: "aliya@example.com", identities: [account("U0A", "aliya.k")] }),
  member("p-kevin-1", "Kevin Jones", { role: "BD", identities: [account("U0K", "kj")] }),
  member("p-kevin-2", "Kevin Ito", { role: "Support", identities: [account("4711", null)] }),
  member("p-jose", "José Núñez"),
  member("p-lukasz", "Łukasz Søby"),
  // Her name is somebody else's handle.
  member("p-kj", "KJ"),
];

const group = (key: string, name: string) => {
  const [platform = "", , groupId = ""] = key.split(":");
  return {
    key: GroupKey.parse(key),
    platform: platform === "slack" ? ("slack" as const) : ("telegram" as const),
    groupId: groupId.replace("-", ""),
    name,
  };
};

const GROUPS = [
  group("slack:T1:C0ACME", "acme"),
  group("slack:T1:C0BETA", "beta-deal"),
  group("telegram:-:1001", "Acme"),
  group("telegram:-:1002", "Beta & Muster 🚀"),
  group("telegram:-:-77", "old group"),
  group("telegram:-:1003", "twin"),
  group("telegram:-:1004", "Twin"),
];

const people = (...lines: string[]) => resolvePeopleLines(lines, TEAM);
const groups = (...lines: string[]) => resolveGroupLines(lines, GROUPS, ["slack", "telegram"]);

test.each([
  ["aliya", "p-aliya"],
  ["ALIYA KHAN", "p-aliya"],
  ["@aliya.k", "p-aliya"],
  ["Aliya@Example.com", "p-aliya"],
  ["mailto:aliya@example.com", "p-aliya"],
  ["<@U0A|aliya>", "p-aliya"],
  ["https://acme.slack.com/team/U0A", "p-aliya"],
  ["p-aliya", "p-aliya"],
  ["tg://user?id=4711", "p-kevin-2"],
  ["4711", "p-kevin-2"],
  ["jones", "p-kevin-1"],
  ["José Núñez".normalize("NFD"), "p-jose"],
  ["jose", "p-jose"],
  ["Jose Nunez", "p-jose"],
  ["lukasz", "p-lukasz"],
  ["Soby", "p-lukasz"],
])("“%s” is a person", (line, personId) => {
  expect(people(line).found.map((each) => each.personId)).toEqual([personId]);
});

test("a handle is more exact than a name", () => {
  expect(people("kj").found).toEqual([{ personId: "p-kevin-1", name: "Kevin Jones" }]);
});

test("a name that fits two people is asked about, with what tells them apart", () => {
  expect(people("kevin")).toEqual({
    found: [],
    unknown: [],
    duplicates: [],
    ambiguous: [
      {
        line: "kevin",
        people: [
          { personId: "p-kevin-1", name: "Kevin Jones", hint: "BD, @kj" },
          { personId: "p-kevin-2", name: "Kevin Ito", hint: "Support" },
        ],
      },
    ],
  });
});

test("unknown, repeated and empty lines of people are told apart", () => {
  expect(people("aliya", "", "  ", "nobody", "U0A")).toEqual({
    found: [{ personId: "p-aliya", name: "Aliya Khan" }],
    unknown: ["nobody"],
    duplicates: ["U0A"],
    ambiguous: [],
  });
});

test.each([
  ["acme", "slack:T1:C0ACME"],
  ["Acme", "telegram:-:1001"],
  ["#ACME", "slack:T1:C0ACME"],
  ["BETA-deal", "slack:T1:C0BETA"],
  ["c0beta", "slack:T1:C0BETA"],
  ["slack:T1:C0BETA", "slack:T1:C0BETA"],
  ["https://acme.slack.com/archives/C0BETA/p169", "slack:T1:C0BETA"],
  ["https://app.slack.com/client/T1/C0BETA", "slack:T1:C0BETA"],
  ["<#C0BETA|beta-deal>", "slack:T1:C0BETA"],
  ["https://t.me/c/1002/17", "telegram:-:1002"],
  ["-1001002", "telegram:-:1002"],
  ["https://web.telegram.org/a/#-1001002", "telegram:-:1002"],
  ["-77", "telegram:-:-77"],
  ["beta & muster 🚀", "telegram:-:1002"],
  ["Beta\u00a0&  muster 🚀\ufe0f\u200f", "telegram:-:1002"],
])("“%s” is a group", (line, key) => {
  expect(groups(line).found.map(({ groupKey }) => groupKey)).toEqual([key]);
});

test("a spelling that no group has, and that fits several, is asked about", () => {
  expect(groups("ACME", "TWIN").ambiguous).toEqual([
    { line: "ACME", names: ["acme (Slack, C0ACME)", "Acme (Telegram, 1001)"] },
    { line: "TWIN", names: ["twin (Telegram, 1003)", "Twin (Telegram, 1004)"] },
  ]);
});

test("one platform alone leaves no doubt", () => {
  expect(resolveGroupLines(["ACME"], GROUPS, ["slack"]).found).toHaveLength(1);
});

test("a groups file with unknown, duplicate, differently-cased and empty lines", () => {
  expect(groups("acme", "", "Beta-Deal", "   ", "gamma", "#acme", "C0ACME", "#")).toEqual({
    found: [
      { groupKey: "slack:T1:C0ACME", name: "acme", platform: "slack" },
      { groupKey: "slack:T1:C0BETA", name: "beta-deal", platform: "slack" },
    ],
    unknown: ["gamma"],
    duplicates: ["#acme", "C0ACME"],
    ambiguous: [],
    emptyLines: 3,
  });
});

test("a mapping file, or a JSON list, names the groups it is about", () => {
  const names = (...lines: string[]) => groups(...lines).found.map(({ name }) => name);
  expect([names('{"acme":', '"acme-new", "beta-deal": "beta"}'), names('["twin"]')]).toEqual([
    ["acme", "beta-deal"],
    ["twin"],
  ]);
});

test("what only begins like JSON is read line by line", () => {
  expect(groups("[not json", "acme").unknown).toEqual(["[not json"]);
});

test("a mapping file keeps its order, and anything else is refused", () => {
  const codeOf = (text: string) => {
    const read = readMapping("names.json", text);
    return read.ok ? read.value : read.error.code;
  };
  expect([codeOf('\uFEFF{"b":"2","a":"1"}'), codeOf('{"a":1}'), codeOf("{}"), codeOf("a,b")]).toEqual([
    [
      { from: "b", to: "2" },
      { from: "a", to: "1" },
    ],
    "input/file-invalid",
    "input/file-invalid",
    "input/file-invalid",
  ]);
});
