import { expect, test } from "vitest";
import {
  estimateAllFacts,
  estimateTelegramCosts,
  type SizedChat,
  type TelegramSize,
} from "#main/features/coverage/policy/telegram-cost.ts";
import { TELEGRAM_ALLOWANCES } from "#main/features/coverage/sources/telegram-source.ts";

function chats(count: number, change: Partial<SizedChat> = {}): SizedChat[] {
  return Array.from({ length: count }, () => ({
    kind: "supergroup",
    memberCount: null,
    unseen: 3,
    isAdmin: false,
    wantsFacts: false,
    ...change,
  }));
}

function costs(change: Partial<TelegramSize>): [number, number][] {
  const size: TelegramSize = { listedGroups: 600, chats: [], accounts: 12, facts: "needed", ...change };
  return estimateTelegramCosts(size, TELEGRAM_ALLOWANCES).map(({ calls, durationMs }) => [
    calls,
    Math.floor(durationMs / 30_000),
  ]);
}

test("a listing is a call a hundred groups, and every open group one more; kinds of call wait side by side", () => {
  expect([
    costs({ chats: chats(402, { kind: "basic" }) }),
    costs({ chats: chats(402, { unseen: 0 }) }),
    costs({ chats: chats(90) }),
    costs({ chats: [...chats(90), ...chats(60, { unseen: 1 }), ...chats(30, { isAdmin: true })] }),
    costs({ chats: null, listedGroups: null }),
  ]).toEqual([
    // 6 pages, 1 look at the accounts, 12 people of 5 pages: 60 calls are two windows.
    [
      [6 + 1 + 60, 1],
      [6 + 1 + 402, 13],
    ],
    [
      [6 + 1 + 60, 1],
      [6 + 1 + 402 + 402, 13],
    ],
    [
      [6 + 1 + 12 + 90, 2],
      [6 + 1 + 90 + 90, 2],
    ],
    [
      [6 + 1 + 24 + 180, 2],
      [6 + 1 + 180 + 150, 5],
    ],
    [
      // 75 of two open people each: 30 descriptions, 30 times two people, and 15 member lists, all in one window.
      [1 + 1 + 12 + 30 + 60 + 15, 0],
      [1 + 1 + 100 + 50, 3],
    ],
  ]);
});

test("all facts are a call for every group but the basic ones", () => {
  const size = { chats: [...chats(300), ...chats(102, { kind: "basic" })] };
  expect([
    estimateAllFacts(size, TELEGRAM_ALLOWANCES).calls,
    costs({ ...size, facts: "all" }).map(([calls]) => calls),
    costs({ chats: chats(10, { wantsFacts: true }) }).map(([calls]) => calls),
  ]).toEqual([300, [6 + 1 + 60 + 300, 6 + 1 + 402 + 300], [6 + 1 + 12 + 10, 6 + 1 + 10 + 10]]);
});
