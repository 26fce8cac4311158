import { expect, test } from "vitest";
import { groupAddresses } from "#main/features/coverage/policy/group-address.ts";
import { openGroupAddress } from "#main/shell/open-group-address.ts";

const SLACK = { platform: "slack", workspaceId: "T024", groupId: "C0456", kind: null } as const;
const TELEGRAM = { platform: "telegram", workspaceId: null, groupId: "1234567", kind: "supergroup" } as const;

test("every address that a group has is handed to the system as it is", async () => {
  const opened: string[] = [];
  const open = (address: string) => {
    opened.push(address);
    return Promise.resolve();
  };
  const addresses = [SLACK, TELEGRAM].flatMap(
    (group) => Object.values(groupAddresses(group) ?? {}) as string[],
  );
  const answers = await Promise.all(addresses.map((address) => openGroupAddress(open, address)));
  expect({ answers, opened }).toEqual({ answers: [true, true, true, true], opened: addresses });
});

test("nothing else reaches the system, which would start a program for it", async () => {
  const opened: string[] = [];
  const open = (address: string) => {
    opened.push(address);
    return Promise.resolve();
  };
  const others = [
    "http://app.slack.com/client/T024/C0456",
    "https://app.slack.com.example.org/client/T024/C0456",
    "https://t.me/joinchat/abc",
    "slack://open?team=T024",
    "tg://resolve?domain=somebody",
    "file:///etc/passwd",
    "ms-msdt:/id",
    "javascript:alert(1)",
    " https://t.me/c/1/1",
    "",
  ];
  const ends = await Promise.allSettled(others.map((address) => openGroupAddress(open, address)));
  expect({ ends: ends.map(({ status }) => status), opened }).toEqual({
    ends: others.map(() => "rejected"),
    opened: [],
  });
});

test("a system without a program for the address is an answer, not an internal error", async () => {
  const refuse = () => Promise.reject(new Error("No application is registered"));
  expect(await openGroupAddress(refuse, "tg://privatepost?channel=1&post=1")).toBe(false);
});
