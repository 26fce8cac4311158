import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { describeFileFormat, TeamFile } from "#main/features/team/file/file-format.ts";

const resources = join(process.cwd(), "resources");
const published = join(resources, "schema/team-and-rules.v1.schema.json");

const member = { name: "Ada" };
const category = { name: "Intro" };
const valid: readonly unknown[] = [
  JSON.parse(readFileSync(join(resources, "sample/team-and-rules.json"), "utf8")),
  { version: 1 },
  { version: 1, team: [], categories: [], deprecatedTerms: [], customerGroups: { include: [] } },
  { version: 1, team: [{ ...member, role: null, email: null, telegramUserId: 42, slackUserId: null }] },
  { version: 1, team: [{ ...member, identities: [{ platform: "telegram", userId: "1" }] }] },
  { version: 1, categories: [{ ...category, matchers: [{ kind: "name", names: ["a"] }] }] },
  { version: 1, categories: [{ ...category, expectHistoryVisible: true, expectAdminRight: false }] },
  { version: 1, telegramScope: { kind: "shared-with", personId: null } },
  { version: 1, telegramScope: { kind: "folder", title: "Customers" } },
  { version: 1, telegramScope: { kind: "all" } },
];
const invalid: readonly unknown[] = [
  {},
  [],
  null,
  { version: 2 },
  { version: "1" },
  { version: 1, teams: [] },
  { version: 1, team: {} },
  { version: 1, team: [{}] },
  { version: 1, team: [{ name: "" }] },
  { version: 1, team: [{ name: "x".repeat(201) }] },
  { version: 1, team: [{ ...member, slackId: "U1" }] },
  { version: 1, team: [{ ...member, slackUserId: "U 1" }] },
  { version: 1, team: [{ ...member, telegramUserId: "abc" }] },
  { version: 1, team: [{ ...member, telegramUserId: 1.5 }] },
  { version: 1, team: [{ ...member, status: "gone" }] },
  { version: 1, team: [{ ...member, identities: [{ platform: "irc" }] }] },
  { version: 1, customerGroups: {} },
  { version: 1, categories: [{ ...category, matchers: [{ kind: "regex", pattern: "a" }] }] },
  { version: 1, categories: [{ ...category, matchers: [{ kind: "pattern" }] }] },
  { version: 1, categories: [{ ...category, requirements: [{ target: { kind: "everyone" } }] }] },
  {
    version: 1,
    categories: [{ ...category, requirements: [{ target: { kind: "person" }, level: "required" }] }],
  },
  { version: 1, deprecatedTerms: [{ term: "x" }] },
  { version: 1, categories: [{ ...category, expectHistoryVisible: "yes" }] },
  { version: 1, telegramScope: { kind: "shared-with" } },
  { version: 1, telegramScope: { kind: "folder", title: "" } },
  { version: 1, telegramScope: { kind: "everything" } },
];

describe("the published JSON Schema", () => {
  test("is what the format is", () => {
    // Brought up to date by writing JSON.stringify(describeFileFormat(), null, 2) there.
    expect(JSON.parse(readFileSync(published, "utf8"))).toEqual(describeFileFormat());
  });

  const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
    describeFileFormat(),
  );

  test("and Muster accept the same files", () => {
    expect(valid.map((file) => [validate(file), TeamFile.safeParse(file).success])).toEqual(
      valid.map(() => [true, true]),
    );
  });

  test.each(invalid.map((file) => [JSON.stringify(file).slice(0, 100), file]))(
    "and Muster both refuse %s",
    (_, file) => {
      expect([validate(file), TeamFile.safeParse(file).success]).toEqual([false, false]);
    },
  );
});
