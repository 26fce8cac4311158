import { expect, test } from "vitest";
import { decideOnChangeFailure, decideOnReadFailure } from "#main/features/membership/policy/run-failure.ts";
import { failure } from "#shared/domain/failure.ts";

test("a change that Telegram failed over itself may have been made, one that it refused was not", () => {
  const refused = failure("telegram/refused", { telegramError: "CHAT_NOT_MODIFIED" });
  const failed = failure("telegram/refused", { telegramError: "RPC_CALL_FAIL", problem: "telegram-failed" });
  const silent = failure("network/unreachable");
  expect(
    [refused, failed, silent].map((met) => [decideOnChangeFailure(met), decideOnReadFailure(met)]),
  ).toEqual([
    ["refuse", "refuse"],
    ["open", "open"],
    ["open", "offline"],
  ]);
});
