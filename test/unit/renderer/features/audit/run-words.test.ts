import { expect, test } from "vitest";
import { howAsked } from "#renderer/features/audit/run-words.ts";
import { formatAge } from "#renderer/ui/format.ts";
import { DAY_MS } from "#shared/lib/time.ts";

const slack = { platform: "slack", strategy: "inverse" } as const;
const telegram = { platform: "telegram", strategy: "roster" } as const;

test("how a run asked is said once, or for each platform where that differs", () => {
  expect([
    howAsked({ strategies: [] }),
    howAsked({ strategies: [slack, { ...telegram, strategy: "inverse" }] }),
    howAsked({ strategies: [slack, telegram] }),
  ]).toEqual([null, "by person", "Slack by person, Telegram by group"]);
});

test("results of today and yesterday are told by the clock, older ones by their distance", () => {
  const nowMs = new Date(2026, 10, 20, 12).getTime();
  const twoInTheMorning = new Date(2026, 10, 20, 2).getTime();
  const told = [0, 1, 3].map((days) => formatAge(twoInTheMorning - days * DAY_MS, nowMs));
  expect(told.map((text) => text.replace(/\s?\d{1,2}:\d{2}.*$/, " <time>"))).toEqual([
    "today <time>",
    "yesterday <time>",
    "3 days ago",
  ]);
});
