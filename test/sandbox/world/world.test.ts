import { describe, expect, test } from "vitest";
import { loadWorld } from "#sandbox/world/load-world.ts";
import { writeRules } from "#sandbox/world/rules.ts";
import { tellTruth, type SlackTruthGroup, type TruthPerson } from "#sandbox/world/truth.ts";

const SEEDS = Array.from({ length: 20 }, (_unused, at) => at + 1);

describe("a generated world", () => {
  test("is the same for the same seed and another one for another seed", () => {
    expect(truthOf("reference", 7)).toEqual(truthOf("reference", 7));
    expect(truthOf("reference", 7).groups).not.toEqual(truthOf("reference", 8).groups);
  });

  test.each(SEEDS)(
    "with seed %i has 72 customer channels among 300 others and a required team of nine",
    (seed) => {
      const truth = truthOf("reference", seed);
      const customers = truth.groups.filter((group) => group.customer);
      const team = truth.people.filter((person) => person.team);
      expect({
        customers: customers.length,
        others: truth.groups.length - customers.length,
        people: truth.people.length,
        required: team.filter((person) => person.status === "active").length,
        optional: team.filter((person) => person.status === "optional").length,
        left: team.filter((person) => person.deactivated).length,
        hiddenCustomers: customers.filter((group) => !group.visibleToToken).length,
      }).toEqual({
        customers: 72,
        others: 300,
        people: 350,
        required: 9,
        optional: 3,
        left: 1,
        hiddenCustomers: 0,
      });
    },
  );

  test.each(SEEDS)(
    "with seed %i keeps ids unique, members real and nobody deactivated in a channel",
    (seed) => {
      const truth = truthOf("reference", seed);
      const here = new Set(
        truth.people.filter((person) => !person.deactivated).map((person) => person.slackUserId),
      );
      expect(new Set(truth.people.map((person) => person.slackUserId)).size).toBe(truth.people.length);
      expect(new Set(truth.people.map((person) => person.slackUsername)).size).toBe(truth.people.length);
      expect(new Set(truth.groups.map((group) => group.id)).size).toBe(truth.groups.length);
      expect(new Set(truth.groups.map((group) => group.name)).size).toBe(truth.groups.length);
      for (const group of truth.groups) {
        expect(group.memberIds.length).toBeGreaterThan(0);
        expect(group.memberIds.filter((id) => !here.has(id))).toEqual([]);
        expect(group.name.length).toBeLessThanOrEqual(80);
      }
    },
  );

  test("puts a single-channel guest into one channel at most and outsiders into shared channels only", () => {
    const truth = truthOf("reference", 3);
    const groupsOf = (id: string) => truth.groups.filter((group) => group.memberIds.includes(id));
    const spread = truth.people.filter(
      (one) => one.guest === "single" && groupsOf(one.slackUserId).length > 1,
    );
    const strays = truth.people.filter(
      (one) => one.external && groupsOf(one.slackUserId).some((group) => !group.isShared),
    );
    expect([spread, strays]).toEqual([[], []]);
  });

  test("leaves the required team out of about 15 % of the customer channels", () => {
    let missing = 0;
    let all = 0;
    for (const seed of SEEDS) {
      const truth = truthOf("reference", seed);
      const team = truth.people.filter((person) => person.status === "active");
      for (const group of truth.groups.filter((candidate) => candidate.customer)) {
        all += team.length;
        missing += team.filter((person) => !group.memberIds.includes(person.slackUserId)).length;
      }
    }
    expect(missing / all).toBeGreaterThan(0.1);
    expect(missing / all).toBeLessThan(0.2);
  });

  test("holds what audits stumble over: old names, other scripts, archived, public and shared customer channels", () => {
    const customers = truthOf("reference", 1).groups.filter((group) => group.customer);
    expect(customers.filter((group) => group.name.includes("ibtc")).length).toBeGreaterThan(5);
    expect(customers.some((group) => /\p{Script=Han}/u.test(group.name))).toBe(true);
    expect(customers.some((group) => /\p{Script=Arabic}/u.test(group.name))).toBe(true);
    expect(customers.some((group) => [...group.name].length === 80)).toBe(true);
    expect(customers.some((group) => group.isArchived)).toBe(true);
    expect(customers.some((group) => group.kind === "public")).toBe(true);
    expect(customers.some((group) => group.isShared)).toBe(true);
  });

  test("has a team member and a customer's guest with the same name", () => {
    const { people } = truthOf("reference", 1);
    const same = people.filter((person) => person.name === "Nadia Weber");
    expect(same.some((person) => person.team)).toBe(true);
    expect(same.some((person) => person.guest !== null)).toBe(true);
  });

  test("gives every team member an identity on both platforms", () => {
    const team = truthOf("reference", 1).people.filter((person) => person.team);
    expect(team.every((person) => (person.telegramUserId ?? 0) > 1_000_000_000)).toBe(true);
  });

  test("of the huge kind has 1,000 customer channels of 500 members and one of 20,000", () => {
    const truth = truthOf("huge", 1);
    const customers = truth.groups.filter((group) => group.customer);
    expect(customers.length).toBe(1_000);
    expect(customers.filter((group) => group.memberIds.length < 498)).toEqual([]);
    expect(truth.groups.find((group) => group.name === "all-hands")?.memberIds.length).toBeGreaterThanOrEqual(
      20_000,
    );
  });
});

describe("the rules written for a world", () => {
  test.each(SEEDS)(
    "with seed %i file every customer channel, and only those, where the truth has them",
    (seed) => {
      const world = loadWorld("reference", seed);
      const rules = writeRules(world) as unknown as Rules;
      for (const group of tellTruth(world).groups) {
        const customer = rules.customerGroups.include.some((pattern) => matches(pattern, group.name));
        const category = rules.categories.find((one) =>
          one.matchers.some((m) => matches(m.pattern, group.name)),
        );
        expect([group.name, customer, customer ? category?.id : null]).toEqual([
          group.name,
          group.customer,
          group.category,
        ]);
      }
    },
  );

  test("name the whole team by the ids of the truth", () => {
    const rules = writeRules(loadWorld("reference", 1)) as unknown as Rules;
    const team = truthOf("reference", 1).people.filter((person) => person.team);
    expect(rules.team.map((member) => [member.id, member.slackUserId])).toEqual(
      team.map((person) => [person.id, person.slackUserId]),
    );
  });
});

interface Rules {
  team: { id: string; slackUserId: string }[];
  customerGroups: { include: string[] };
  categories: { id: string; matchers: { pattern: string }[] }[];
}

/** The Slack side only; test/sandbox/world/telegram.test.ts asks about the other. */
function truthOf(world: string, seed: number): { people: readonly TruthPerson[]; groups: SlackTruthGroup[] } {
  const { people, groups } = tellTruth(loadWorld(world, seed));
  return { people, groups: groups.filter((group) => group.platform === "slack") };
}

/** `*` stands for any run of characters; case does not matter, as in the product's patterns. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "iu").test(name);
}
