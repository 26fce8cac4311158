import { expect, test } from "vitest";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import { nameOn } from "#main/features/membership/policy/group-name.ts";
import type { PlanGroup } from "#main/features/membership/policy/plan-facts.ts";
import { draftRenames } from "#main/features/membership/policy/rename-steps.ts";
import {
  replacePlainly,
  wishesByMapping,
  wishesByReplacing,
} from "#main/features/membership/policy/rename-wishes.ts";
import { channel, chat, factsOf, NOWHERE, PHONE, seenBy } from "./plan-samples.ts";

const told = ({ before, after, stage, state, failure }: DraftStep) =>
  state === "planned" ? `${stage}: ${before} → ${after}` : `${before} → ${after} ${failure?.code ?? state}`;

const channels = (...names: string[]) => names.map((name) => channel(name.toUpperCase(), { name }));

/** What a mapping drafts for these groups; `others` are there as well. */
function map(names: Record<string, string>, groups: readonly PlanGroup[], others: readonly PlanGroup[] = []) {
  const lines = Object.entries(names).map(([from, to]) => ({ from, to }));
  const wishes = wishesByMapping(lines, groups);
  return draftRenames({ wishes, groups, others, facts: factsOf(), fallback: NOWHERE }).map(told);
}

test.each([
  ["slack", "#Acme Deal", "acme-deal"],
  ["slack", "acme_株式会社-1", "acme_株式会社-1"],
  ["slack", "x".repeat(80), "x".repeat(80)],
  ["telegram", "  Acme & Muster 🚀 ", "Acme & Muster 🚀"],
  ["telegram", "x".repeat(128), "x".repeat(128)],
] as const)("%s calls a group “%s”", (platform, wanted, name) => {
  expect(nameOn(platform, wanted)).toEqual({ ok: true, value: name });
});

test.each([
  ["slack", "  ", "It would be empty."],
  ["slack", "x".repeat(81), "It has 81 characters."],
  ["slack", "acme.deal", "It holds “.”."],
  ["slack", "acme\u0007deal", "It holds a control character."],
  ["slack", "--", "It holds no letter and no digit."],
  ["telegram", "", "It would be empty."],
  ["telegram", "x".repeat(129), "It has 129 characters."],
  ["telegram", "a\nb", "It holds a line break or another control character."],
  ["telegram", "a\u202Eb", "It holds a line break or another control character."],
] as const)("%s cannot call a group “%s”", (platform, wanted, why) => {
  const name = nameOn(platform, wanted);
  expect(name.ok ? "" : name.error.message).toContain(why);
});

test("plain text is found as it is written, and what is put in has no special meaning", () => {
  const rule = { find: "a.b", replacement: "$&", ignoreCase: false };
  expect([
    replacePlainly("xa.ba.b", rule),
    replacePlainly("axb", rule),
    replacePlainly("A.B", rule),
    replacePlainly("A.B", { ...rule, ignoreCase: true }),
  ]).toEqual(["x$&$&", null, null, "$&"]);
});

test("only groups in which something is found have a part in it", () => {
  const groups = [...channels("old-a", "b", "old"), chat("7", { name: "old seven" })];
  const wishes = wishesByReplacing(groups, ({ name }) =>
    replacePlainly(name, { find: "old", replacement: "", ignoreCase: false }),
  );
  expect(draftRenames({ wishes, groups, others: [], facts: factsOf(), fallback: NOWHERE }).map(told)).toEqual(
    ["0: old-a → -a", "0: old seven → seven", "old →  slack/name-invalid"],
  );
});

test("names that are handed on begin at the free end", () => {
  expect(map({ a: "b", b: "c", c: "d" }, channels("a", "b", "c"))).toEqual([
    "0: c → d",
    "1: b → c",
    "2: a → b",
  ]);
});

test("names that go round on Slack need one in between", () => {
  expect([
    map({ a: "b", b: "a" }, channels("a", "b")),
    map({ a: "b", b: "c", c: "a" }, channels("a", "b", "c", "b-moving")),
  ]).toEqual([
    ["0: b → b-moving", "1: a → b", "2: b-moving → a"],
    ["0: b → b-moving-2", "1: a → b", "2: c → a", "3: b-moving-2 → c"],
  ]);
});

test("on Telegram names may go round at once", () => {
  const groups = [chat("1", { name: "a" }), chat("2", { name: "b" })];
  expect(map({ a: "b", b: "a" }, groups)).toEqual(["0: a → b", "0: b → a"]);
});

test("a name that somebody has, or that two would get, is refused, and so is who waits for it", () => {
  const taken = [channel("X", { name: "taken", isArchived: true })];
  expect([
    map({ a: "taken", b: "a" }, channels("a", "b"), taken),
    map({ a: "c", b: "c" }, channels("a", "b")),
    map({ a: "b" }, channels("a", "b")),
  ]).toEqual([
    ["a → taken membership/name-collision", "b → a membership/name-collision"],
    ["a → c membership/name-collision", "b → c membership/name-collision"],
    ["a → b membership/name-collision"],
  ]);
});

test("groups of different workspaces may have one name", () => {
  const there = channel("C9", { workspaceId: "T2", name: "b" });
  expect(map({ a: "b" }, channels("a"), [there])).toEqual(["0: a → b"]);
});

test("a mapping finds groups by name, spelling apart, and by id", () => {
  const groups = [...channels("acme"), chat("7", { name: "Beta" }), chat("8", { name: "Gamma" })];
  expect(map({ "#ACME": "a1", BETA: "b1", "telegram:-:8": "c1" }, groups)).toEqual([
    "0: acme → a1",
    "0: Beta → b1",
    "0: Gamma → c1",
  ]);
});

test("lines that name no group, several, or contradict each other are told, not guessed", () => {
  const groups = [...channels("acme", "beta"), chat("7", { name: "acme" })];
  expect(map({ acme: "x", nobody: "y", beta: "b1", "#beta": "b2" }, groups)).toEqual([
    "acme → x membership/ambiguous-name",
    "beta → b1 membership/ambiguous-name",
    "#beta → b2 membership/ambiguous-name",
    "nobody → y membership/nobody-matches",
  ]);
});

test("two spellings of one wish are one", () => {
  expect(map({ acme: "x", "#acme": "X" }, channels("acme"))).toEqual(["0: acme → x"]);
});

test("a mapping that was carried out before has nothing left to do", () => {
  expect(map({ old: "new", same: "same" }, channels("new", "same"))).toEqual([
    "same → same already-so",
    "new → new already-so",
  ]);
});

test("a new name is not taken for the old group's when that one is renamed in turn", () => {
  expect(map({ gone: "b", b: "c" }, channels("b"))).toEqual([
    "0: b → c",
    "gone → b membership/nobody-matches",
  ]);
});

test("nobody renames what they may not", () => {
  const asAdmin = chat("7", {
    name: "a",
    views: [seenBy(PHONE, "admin")],
  });
  expect([
    map({ a: "b" }, [asAdmin]),
    map({ a: "b" }, [channel("A", { isArchived: true })]),
    map({ a: "b" }, [channel("A", { views: [] })]),
  ]).toEqual([["a → b telegram/admin-needed"], ["a → b slack/archived"], ["a → b membership/no-connection"]]);
});

/** The same numbers from the same seed (mulberry32), each below `below`. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Carries steps out one by one as Slack would: a name that is in use is refused. */
function carryOut(
  steps: readonly DraftStep[],
  start: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const names = new Map(start);
  for (const { groupId, before, after, state } of steps) {
    if (state !== "planned") continue;
    const id = groupId ?? "";
    expect(names.get(id), "a step begins where the one before ended").toBe(before);
    expect([...names.values()], `${after} is free when it is given`).not.toContain(after);
    names.set(id, after ?? "");
  }
  return names;
}

test("whatever is mapped to what, the steps give exactly the names wished for, or say why not (5,000 mappings)", () => {
  const pick = numbersFrom(20_261_120);
  const letters = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const letter = () => letters[pick(letters.length)] ?? "a";
  for (let round = 0; round < 5_000; round++) {
    const start = letters.filter(() => pick(3) > 0);
    const groups = channels(...start);
    const movable = start.filter(() => pick(4) > 0);
    const mapping = Object.fromEntries(movable.map((name) => [name, letter()]));
    const lines = Object.entries(mapping).map(([from, to]) => ({ from, to }));
    const steps = draftRenames({
      wishes: wishesByMapping(lines, groups),
      groups,
      others: [],
      facts: factsOf(),
      fallback: NOWHERE,
    });
    const end = carryOut(steps, new Map(groups.map(({ groupId, name }) => [groupId, name])));
    for (const { groupId, name } of groups) {
      const wished = mapping[name] ?? name;
      const refusal = steps.find((step) => step.groupId === groupId && step.state === "refused");
      // Whom a refusal names is in the way in the end, too: nobody is refused for nothing.
      const isInTheWay = groups.some(
        (other) =>
          other.groupId !== groupId && (end.get(other.groupId) === wished || mapping[other.name] === wished),
      );
      expect(
        { name: end.get(groupId), code: refusal?.failure?.code, isFair: refusal === undefined || isInTheWay },
        `${name} → ${wished} in ${JSON.stringify(mapping)}`,
      ).toEqual({
        name: refusal ? name : wished,
        code: refusal && "membership/name-collision",
        isFair: true,
      });
    }
  }
});
