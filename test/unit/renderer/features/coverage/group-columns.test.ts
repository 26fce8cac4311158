import { expect, test } from "vitest";
import { groupColumnsFor } from "#renderer/features/coverage/group-columns.ts";

function shown(widthPx: number, hasTelegram: boolean, people = 12): string[] {
  return groupColumnsFor({ widthPx, peoplePx: people * 36 + 14, hasTelegram }).map(({ id }) => id);
}

const usual = ["name", "required", "category", "privacy", "members"];
const all = [...usual, "right", "history"];

test("what only Telegram groups have is shown where twelve people still fit: a window of 1,440 px and more", () => {
  // The window's own bar at the left takes 216 px.
  expect([shown(1_440 - 216, true), shown(1_280 - 216, true), shown(1_440 - 216, false)]).toEqual([
    all,
    usual,
    usual,
  ]);
});

test("a team too large for any window leaves it to large ones, and a small one keeps what matters most", () => {
  expect([shown(1_439, true, 44), shown(1_440, true, 44), shown(799, true)]).toEqual([
    usual,
    all,
    ["name", "required"],
  ]);
});
