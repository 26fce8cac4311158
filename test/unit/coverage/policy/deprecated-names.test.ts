import { expect, test } from "vitest";
import { compileNameCheck } from "#main/features/coverage/policy/deprecated-names.ts";
import type { Platform } from "#shared/domain/ids.ts";

const check = compileNameCheck([
  { term: "iBTC", replacement: "BitSafe" },
  { term: "ibtc-legacy", replacement: "archive" },
  { term: "old", replacement: "" },
  { term: "a.b*", replacement: "plain" },
  { term: "café", replacement: "coffee" },
]);

test.each<[string, Platform, string[], string | null]>([
  ["acme-ibtc", "slack", ["iBTC"], "acme-bitsafe"],
  ["acme-IBTC-ibtc", "slack", ["iBTC"], "acme-bitsafe-bitsafe"],
  ["acme-ibtc-legacy", "slack", ["ibtc-legacy"], "acme-archive"],
  ["Acme iBTC deal", "telegram", ["iBTC"], "Acme BitSafe deal"],
  ["acme-old-deal", "slack", ["old"], "acme-deal"],
  ["old--deal", "slack", ["old"], "deal"],
  ["a--b-old", "slack", ["old"], "a--b"],
  ["old", "slack", ["old"], null],
  ["old-ibtc", "slack", ["old", "iBTC"], "bitsafe"],
  ["xa.b*y", "slack", ["a.b*"], "xplainy"],
  ["xaabby", "slack", [], null],
  ["cafe\u0301-ibtc", "slack", ["café", "iBTC"], "coffee-bitsafe"],
  ["acme-bitsafe", "slack", [], null],
])("%s on %s", (name, platform, terms, suggestedName) => {
  expect(check(name, platform)).toEqual({ terms, suggestedName });
});

test("a suggestion for Slack never exceeds its 80 characters", () => {
  expect([...(check("x".repeat(76) + "ibtc", "slack").suggestedName ?? "")]).toHaveLength(80);
});

test("no terms, or empty ones, find nothing", () => {
  expect(compileNameCheck([{ term: "", replacement: "x" }])("acme", "slack")).toEqual({
    terms: [],
    suggestedName: null,
  });
});
