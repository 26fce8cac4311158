import { describe, expect, test } from "vitest";
import type { ImportContent } from "#main/features/team/policy/import-plan.ts";
import { planImport } from "#main/features/team/policy/import-plan.ts";
import { mergeLegacyGroups } from "#main/features/team/policy/legacy-groups.ts";
import { findIdentityClash, tidyMember } from "#main/features/team/policy/member.ts";
import { defaultRules, findPatternProblem, forgetStrangers } from "#main/features/team/policy/rules.ts";
import { CategoryId, PersonId } from "#shared/domain/ids.ts";
import { Rules } from "#shared/domain/rules.ts";
import { sampleIdentity, sampleMember } from "#test/unit/team/sample-team.ts";

describe("a member as it is kept", () => {
  test("has tidy accounts, each once, and keeps what was said about those that stay", () => {
    const resolved = sampleIdentity({ userId: "U1", username: "ada", state: "resolved", checkedAtMs: 5 });
    const before = sampleMember("ada", { identities: [resolved, sampleIdentity({ userId: "U9" })] });
    const edited = sampleMember("ada", {
      name: " Ada ",
      role: " ",
      email: "",
      identities: [
        sampleIdentity({ userId: "U1", username: "@ada", state: "not-found" }),
        sampleIdentity({ userId: "U1", username: "ada" }),
        sampleIdentity({ userId: "U2", state: "resolved", checkedAtMs: 5 }),
        sampleIdentity({ username: " " }),
      ],
    });
    expect(tidyMember(edited, before)).toEqual(
      sampleMember("ada", {
        name: "Ada",
        role: null,
        email: null,
        identities: [resolved, sampleIdentity({ userId: "U2" })],
      }),
    );
  });

  test.each([
    ["the same id in any workspace", { userId: "U1" }, { userId: "U1", workspaceId: "T1" }, true],
    [
      "the same id in two workspaces",
      { userId: "U1", workspaceId: "T1" },
      { userId: "U1", workspaceId: "T2" },
      false,
    ],
    ["the same id on two platforms", { userId: "1" }, { userId: "1", platform: "telegram" }, false],
    ["one name without ids", { username: "Ada" }, { username: "ada" }, true],
    ["one name with two ids", { userId: "U1", username: "ada" }, { userId: "U2", username: "ada" }, false],
    ["one name with one id", { userId: "U1", username: "ada" }, { username: "ada" }, false],
  ] as const)("may not share an account: %s", (_, mine, theirs, isClash) => {
    const ada = sampleMember("ada", { identities: [sampleIdentity(mine)] });
    const bo = sampleMember("bo", { identities: [sampleIdentity(theirs)] });
    expect(findIdentityClash(ada, [ada, bo])?.owner ?? null).toEqual(isClash ? bo : null);
  });
});

describe("rules", () => {
  test("of a new profile are valid, and everybody belongs into customer groups", () => {
    const rules = defaultRules();
    expect(Rules.parse(rules)).toEqual(rules);
    expect(
      rules.categories.map(({ name, requirements, expectPrivate }) => [name, requirements, expectPrivate]),
    ).toEqual([
      ["Marketing", [], false],
      ["Internal", [], false],
      ["Intro", [], false],
      ["BD customer", [{ target: { kind: "everyone" }, level: "required" }], true],
    ]);
  });

  test.each([
    ["*bitsafe*", true],
    ["[a-z]?{a,b}", true],
    ["[]a]", true],
    ["[!]a]", true],
    ["\\[x", true],
    ["a}", true],
    ["a[b", false],
    ["[]", false],
    ["{a,b", false],
    ["{a,{b}", false],
  ])("the pattern %s is closed: %s", (pattern, isClosed) => {
    expect(findPatternProblem(pattern) === null).toBe(isClosed);
  });

  test("forget requirements that name somebody who is not there", () => {
    const [category] = defaultRules().categories;
    if (!category) throw new Error("no default category");
    const named = (id: string) => ({
      target: { kind: "person" as const, personId: sampleMember(id).id },
      level: "required" as const,
    });
    const rules = (ids: string[]) => ({
      ...defaultRules(),
      categories: [{ ...category, requirements: ids.map(named) }],
    });
    expect(forgetStrangers(rules(["ada", "bo"]), [sampleMember("bo")])).toEqual(rules(["bo"]));
  });
});

describe("the older list of categories", () => {
  test("is added by name in front of the category that takes everything", () => {
    const [marketing, , , customer] = defaultRules().categories;
    if (!marketing || !customer) throw new Error("no default categories");
    const listed = {
      ...marketing,
      matchers: [...marketing.matchers, { kind: "name" as const, names: ["a"] }],
    };
    const merged = mergeLegacyGroups([customer, listed], { marketing: ["a", "b", "b"], intro: ["c"] });
    expect(merged).toEqual([
      { ...listed, matchers: [...listed.matchers, { kind: "name", names: ["b"] }] },
      {
        id: "intro",
        name: "Intro",
        matchers: [{ kind: "name", names: ["c"] }],
        requirements: [],
        expectPrivate: false,
      },
      customer,
    ]);
  });

  test("finds a category by its name too, and leaves the place of one that is reached", () => {
    const categories = defaultRules().categories.map((each) =>
      each.id === "internal" ? { ...each, id: CategoryId.parse("x1") } : each,
    );
    const merged = mergeLegacyGroups(categories, { internal: ["daily"] });
    expect(merged.map(({ id, matchers }) => [id, matchers.length])).toEqual([
      ["marketing", 3],
      ["x1", 2],
      ["intro", 1],
      ["bd-customer", 1],
    ]);
  });
});

describe("an import", () => {
  const resolved = sampleIdentity({ userId: "U1", username: "ada", state: "resolved", checkedAtMs: 5 });
  const current = {
    team: [sampleMember("ada", { identities: [resolved] }), sampleMember("bo"), sampleMember("carl")],
    rules: defaultRules(),
  };

  test("counts what it adds, changes and removes, and keeps what is known of accounts that stay", () => {
    const content: ImportContent = {
      shape: "team-and-rules",
      team: [
        sampleMember("ada", { identities: [sampleIdentity({ userId: "U1", username: "ada" })] }),
        sampleMember("bo", { role: "BD" }),
        sampleMember("dora"),
      ],
      deprecatedTerms: [],
    };
    expect(planImport(current, content)).toEqual({
      team: [current.team[0], sampleMember("bo", { role: "BD" }), sampleMember("dora")],
      rules: { ...defaultRules(), deprecatedTerms: [] },
      summary: { membersAdded: 1, membersChanged: 1, membersRemoved: 1, categories: 4, deprecatedTerms: 0 },
    });
  });

  test("keeps the Telegram scope, takes the file's, and lets go of a person who is gone", () => {
    const shared = (personId: string | null) => ({
      kind: "shared-with" as const,
      personId: personId === null ? null : PersonId.parse(personId),
    });
    const before = { ...current, rules: { ...current.rules, telegramScope: shared("ada") } };
    const scopeAfter = (content: Omit<Extract<ImportContent, { shape: "team-and-rules" }>, "shape">) =>
      planImport(before, { shape: "team-and-rules", ...content }).rules.telegramScope;
    expect([
      scopeAfter({}),
      scopeAfter({ telegramScope: { kind: "all" } }),
      scopeAfter({ team: [sampleMember("bo")] }),
      planImport(current, { shape: "team-and-rules" }).rules.telegramScope,
    ]).toEqual([shared("ada"), { kind: "all" }, shared(null), undefined]);
  });

  test("leaves what the file does not hold as it is", () => {
    const { team, rules, summary } = planImport(current, { shape: "team-and-rules" });
    expect({ team, rules }).toEqual(current);
    expect([summary.membersAdded, summary.membersChanged, summary.membersRemoved]).toEqual([0, 0, 0]);
  });
});
