import { describe, expect, test } from "vitest";
import {
  accountName,
  maskPhone,
  telegramApiUrl,
  telegramConnectionId,
} from "#main/features/connections/telegram/account-policy.ts";
import {
  formatTelegramSecret,
  parseTelegramSecret,
} from "#main/features/connections/telegram/telegram-secret.ts";

test.each([
  ["+44 20 7946 0000", "+44 ••• 0000"],
  ["447946000000", "+44 ••• 0000"],
  ["+1 (202) 555-0143", "+12 ••• 0143"],
  ["+9996621", "+••• 21"],
  ["", "+••• "],
])("the number %j is kept as %j", (phone, mask) => {
  expect(maskPhone(phone)).toBe(mask);
});

describe("what an account is called", () => {
  test.each([
    [{ userId: "7", username: "ana" }, "+44 ••• 0000", "@ana"],
    [{ userId: "7", username: null }, "+44 ••• 0000", "+44 ••• 0000"],
    [{ userId: "7", username: null }, null, "7"],
  ])("%j with %j: %s", (self, mask, name) => {
    expect(accountName(self, mask)).toBe(name);
  });
});

test.each([
  [null, "mtproto://telegram.org"],
  [{ host: "127.0.0.1", port: 4_430 }, "mtproto://127.0.0.1:4430"],
  [{ host: "::1", port: 4_430 }, "mtproto://[::1]:4430"],
])("the server %j is shown as %s", (server, address) => {
  expect(telegramApiUrl(server)).toBe(address);
});

test("the same account has the same connection", () => {
  expect(telegramConnectionId("5000000001")).toBe("telegram:-:5000000001");
});

describe("the keychain's entry", () => {
  const secret = { session: "1AbC=", apiId: 7, apiHash: "hash" };

  test("is read as it was written", () => {
    expect(parseTelegramSecret(formatTelegramSecret(secret))).toEqual(secret);
  });

  test.each(["", "xoxp-1", '{"accessToken":"xoxp-1"}', '{"session":"","apiId":7,"apiHash":"h"}', "null"])(
    "%s is not ours",
    (text) => {
      expect(parseTelegramSecret(text)).toBeNull();
    },
  );
});
