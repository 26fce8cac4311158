import picomatch from "picomatch";
import { expect, test } from "vitest";
import { compilePattern, foldName } from "#main/features/coverage/policy/name-pattern.ts";

function matches(pattern: string, name: string): boolean {
  return compilePattern(pattern)(foldName(name));
}

test.each([
  ["*bitsafe*", "acme-bitsafe-eu", true],
  ["*bitsafe*", "ACME-BitSafe", true],
  ["*bitsafe", "bitsafe-eu", false],
  ["bitsafe", "bitsafe", true],
  ["?x", "🦊x", true],
  ["?x", "ab x", false],
  ["acme-[a-c]", "acme-B", true],
  ["acme-[!a-c]", "acme-b", false],
  ["acme-[^a-c]", "acme-z", true],
  ["acme-[]x]", "acme-]", true],
  ["acme-[", "acme-[", true],
  ["{acme,globex}-*", "globex-eu", true],
  ["{acme,globex}-*", "initech-eu", false],
  ["{a{b,c},d}e", "ace", true],
  ["{acme}", "{acme}", true],
  ["{acme", "{acme", true],
  ["a{,b}c", "ac", true],
  [String.raw`\*`, "*", true],
  [String.raw`\*`, "x", false],
  ["*", "a/b/.c", true],
  ["*", ".hidden", true],
  ["a*c", "a/b/c", true],
  ["!acme", "!acme", true],
  ["café-*", "cafe\u0301-paris", true],
  ["CAFE\u0301", "café", true],
  ["straße", "STRASSE", false],
  ["*", "", true],
  ["ab*ba", "aba", false],
  ["ab*ba", "abba", true],
  ["*a*b*", "xbxa", false],
  ["**x**", "x", true],
  ["+(a)", "+(a)", true],
])("pattern %s and name %s: %s", (pattern, name, expected) => {
  expect(matches(pattern, name)).toBe(expected);
});

test("agrees with picomatch wherever both mean the same, over random patterns and names", () => {
  const random = seeded(7);
  const pieces = ["a", "b", "c", "*", "?", "[ab]", "[!a]", "{a,bc}", "{b,{a,c}}", "-"];
  const disagreements: string[] = [];
  let positives = 0;
  for (let round = 0; round < 4_000; round += 1) {
    const pattern = pick(random, pieces, 1 + (round % 6)).join("");
    const name = pick(random, ["a", "b", "c", "-"], 1 + (round % 7)).join("");
    const expected = picomatch.isMatch(name, pattern.replaceAll("[!", "[^"), {
      dot: true,
      nonegate: true,
      noextglob: true,
      bash: true,
    });
    const actual = matches(pattern, name);
    if (actual) positives += 1;
    if (actual !== expected) disagreements.push(`${pattern} ${name} ${String(expected)}`);
  }
  expect({ disagreements, positives: positives > 200 }).toEqual({ disagreements: [], positives: true });
});

test("a pattern and a name made to make matching explode do not", () => {
  const stars = compilePattern("*a".repeat(100) + "b");
  const marked = compilePattern("*a?".repeat(60) + "b");
  const braces = compilePattern("{a,aa}".repeat(40) + "b");
  expect([stars("a".repeat(20_000)), marked("a".repeat(5_000)), braces("a".repeat(60))]).toEqual([
    false,
    false,
    false,
  ]);
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function pick<Item>(random: () => number, items: readonly Item[], count: number): Item[] {
  return Array.from({ length: count }, () => items[Math.floor(random() * items.length)] as Item);
}
