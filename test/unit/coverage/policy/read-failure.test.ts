import { expect, test } from "vitest";
import { decideOnFailure } from "#main/features/coverage/policy/read-failure.ts";
import { isOutOfReach } from "#shared/domain/connection-failure.ts";
import { accountIdsIn } from "#main/features/coverage/policy/identity-choice.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";

test.each<[Failure, string[]]>([
  [failure("slack/token-revoked"), ["sign-in", "sign-in"]],
  [failure("slack/missing-scope"), ["sign-in", "sign-in"]],
  [failure("keychain/locked"), ["sign-in", "sign-in"]],
  [failure("network/unreachable"), ["wait", "wait"]],
  [failure("network/timed-out"), ["again", "give-up"]],
  [failure("slack/bad-answer"), ["again", "give-up"]],
  [failure("slack/bad-answer", { problem: "cursor-repeated" }), ["restart", "give-up"]],
  [failure("slack/refused", { slackError: "invalid_cursor" }), ["restart", "give-up"]],
  [failure("slack/refused", { slackError: "odd" }), ["give-up", "give-up"]],
  [failure("slack/channel-not-found"), ["give-up", "give-up"]],
  [failure("slack/not-allowed"), ["give-up", "give-up"]],
])("$code on the first and the third try", (problem, expected) => {
  expect([decideOnFailure(problem, 1), decideOnFailure(problem, 3)]).toEqual(expected);
});

test("a connection is out of reach where nobody or no keychain answers, not where the platform refuses", () => {
  const codes = ["network/unreachable", "keychain/locked", "keychain/unavailable"] as const;
  const others = [
    "network/timed-out",
    "slack/token-revoked",
    "slack/missing-scope",
    "slack/refused",
  ] as const;
  expect([...codes, ...others].filter((code) => isOutOfReach(failure(code)))).toEqual(codes);
});

test("accounts recorded for the workspace come before those that hold for any, and no other counts", () => {
  const identity = (
    workspaceId: string | null,
    userId: string | null,
    platform: "slack" | "telegram" = "slack",
  ) => ({
    platform,
    workspaceId,
    userId,
    username: "same",
    state: "resolved" as const,
    checkedAtMs: null,
  });
  const member = { identities: [identity(null, "UANY"), identity("T1", "UT1"), identity("T2", null)] };
  expect([
    accountIdsIn(member, "slack", "T1"),
    accountIdsIn(member, "slack", "T2"),
    accountIdsIn(member, "telegram", null),
    accountIdsIn({ identities: [identity("T1", "UT1")] }, "slack", "T2"),
    accountIdsIn({ identities: [] }, "slack", "T1"),
  ]).toEqual([["UT1"], ["UANY"], [], [], []]);
});
