import { expect, test } from "vitest";
import { wantedPlatforms } from "#main/cli/audit-options.ts";

test("an audit is about the platforms that are named, or about both when none is", () => {
  expect([
    wantedPlatforms({}),
    wantedPlatforms({ slack: true }),
    wantedPlatforms({ telegram: true }),
    wantedPlatforms({ slack: true, telegram: true }),
    wantedPlatforms({ skipTelegram: true }),
    wantedPlatforms({ slack: true, skipTelegram: true }),
  ]).toEqual([["slack", "telegram"], ["slack"], ["telegram"], ["slack", "telegram"], ["slack"], ["slack"]]);
});
