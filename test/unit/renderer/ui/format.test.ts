import { expect, test } from "vitest";
import { formatDuration, formatNoun, formatRate, formatRelative } from "#renderer/ui/format.ts";

test("a rate is never rounded up to complete, nor down to nothing", () => {
  expect([1, 0.99999, 0.5, 0.00001, 0].map(formatRate)).toEqual(["100%", "> 99.9%", "50%", "< 0.1%", "0%"]);
});

test("a duration is as fine as it is short", () => {
  expect([850, 12_000, 59_700, 180_000, 200_000, 3_900_000].map(formatDuration)).toEqual([
    "850 ms",
    "12 s",
    "1 min",
    "3 min",
    "3 min 20 s",
    "1 h 05 min",
  ]);
});

test("a count agrees with its noun", () => {
  expect([formatNoun(0, "group"), formatNoun(1, "group"), formatNoun(12, "person", "people")]).toEqual([
    "0 groups",
    "1 group",
    "12 people",
  ]);
});

test("a near time is told by its distance", () => {
  const nowMs = Date.UTC(2026, 10, 20, 12);
  expect(
    [-5_000, 5_000, -180_000, -7_200_000, 172_800_000].map((offset) => formatRelative(nowMs + offset, nowMs)),
  ).toEqual(["just now", "just now", "3 minutes ago", "2 hours ago", "in 2 days"]);
});
