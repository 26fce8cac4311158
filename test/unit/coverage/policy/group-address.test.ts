import { expect, test } from "vitest";
import { groupAddresses } from "#main/features/coverage/policy/group-address.ts";

const SLACK = { platform: "slack", workspaceId: "T024", groupId: "C0456", kind: null } as const;
const TELEGRAM = { platform: "telegram", workspaceId: null, groupId: "1234567", kind: "supergroup" } as const;

test("a Slack channel opens by workspace and channel, a Telegram supergroup by its first message", () => {
  expect([
    groupAddresses(SLACK),
    groupAddresses(TELEGRAM),
    groupAddresses({ ...TELEGRAM, kind: "forum" }),
  ]).toEqual([
    { app: "slack://channel?team=T024&id=C0456", browser: "https://app.slack.com/client/T024/C0456" },
    { app: "tg://privatepost?channel=1234567&post=1", browser: "https://t.me/c/1234567/1" },
    { app: "tg://privatepost?channel=1234567&post=1", browser: "https://t.me/c/1234567/1" },
  ]);
});

test("a group without an address, or with an id that could carry something else into one, has none", () => {
  expect(
    [
      { ...TELEGRAM, kind: "basic" as const },
      { ...TELEGRAM, groupId: "1/../../joinchat" },
      { ...SLACK, workspaceId: null },
      { ...SLACK, workspaceId: "T024&x=1" },
      { ...SLACK, groupId: "C0456\n" },
      { ...SLACK, groupId: "../settings" },
    ].map(groupAddresses),
  ).toEqual([null, null, null, null, null, null]);
});
