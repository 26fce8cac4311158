import { describe, expect, test } from "vitest";
import { greetingOf } from "#main/features/membership/policy/greeting.ts";
import { colleagueText, linkText, nobodyText } from "#main/features/membership/policy/help-words.ts";
import { type RightHolder, whoMay } from "#main/features/membership/policy/who-could.ts";
import { remedyFor } from "#shared/domain/remedy.ts";
import { smallTeam } from "#test/support/scripted-audit.ts";

describe("what to do about a refusal", () => {
  test.each([
    ["telegram", "add", "telegram/privacy-restricted", "link"],
    ["telegram", "add", "telegram/not-mutual-contact", "link"],
    ["telegram", "add", "telegram/admin-needed", "colleague"],
    ["telegram", "add", "telegram/account-limited", "colleague"],
    ["telegram", "add", "telegram/too-many-groups", "nothing"],
    ["telegram", "remove", "telegram/admin-needed", "colleague"],
    ["telegram", "rename", "membership/name-collision", "nothing"],
    ["slack", "add", "slack/not-in-channel", "colleague"],
    ["slack", "rename", "slack/not-allowed", "colleague"],
    ["slack", "add", "slack/archived", "nothing"],
  ] as const)("on %s to %s after %s is: %s", (platform, action, code, remedy) => {
    expect(remedyFor(platform, action, code)).toBe(remedy);
  });

  test("is asked of those who may do just that, the owner first", () => {
    const holder = (userId: string, rights: Partial<RightHolder>): RightHolder => ({
      userId,
      isOwner: false,
      mayChangeInfo: false,
      mayInvite: false,
      mayRemove: false,
      ...rights,
    });
    const holders = [
      holder("inviter", { mayInvite: true }),
      holder("remover", { mayRemove: true }),
      holder("editor", { mayChangeInfo: true }),
      holder("owner", { isOwner: true, mayChangeInfo: true, mayInvite: true, mayRemove: true }),
    ];
    const asked = (["add", "remove", "rename", "show-history"] as const).map((action) =>
      whoMay(action, holders).map(({ userId }) => userId),
    );
    expect(asked).toEqual([
      ["owner", "inviter"],
      ["owner", "remover"],
      ["owner", "editor"],
      ["owner", "editor"],
    ]);
  });
});

describe("ready texts", () => {
  const step = {
    action: "add",
    platform: "telegram",
    groupName: "Acme <> BitSafe",
    personName: "Ann Example",
    after: null,
  } as const;

  test("name the person, the group and the link", () => {
    expect(linkText(step, "https://t.me/+x")).toBe(
      "Hi Ann, could you please join the Telegram group “Acme <> BitSafe”? This link lets you in: https://t.me/+x",
    );
  });

  test("ask a colleague for what was refused", () => {
    expect(colleagueText({ ...step, action: "rename", after: "Acme" }, "Bob Example")).toBe(
      "Hi Bob, could you please rename the Telegram group “Acme <> BitSafe” to “Acme”? My account may not. Thank you!",
    );
  });

  test("say whom else to ask where nobody of the team can", () => {
    expect(nobodyText({ ...step, action: "remove" }, "Ask the owner.", ["Zed (@zed)"])).toBe(
      "Nobody of the team is known who could remove Ann Example from the Telegram group “Acme <> BitSafe”. Outside the team, these may: Zed (@zed). Ask one of them. Ask the owner.",
    );
  });
});

test("a message greets who is of the team as the team calls them, and strangers as they call themselves there", () => {
  const { team } = smallTeam({ "Long Nguyen": { userId: "U1" }, Ada: { userId: null } });
  const slack = { platform: "slack", workspaceId: "T1" } as const;
  const telegram = { platform: "telegram", workspaceId: null } as const;
  expect([
    greetingOf({ userId: "U1", name: "~long~ (@long)" }, slack, team),
    greetingOf({ userId: "U2", name: "Long Nguyen (@long)" }, slack, team),
    greetingOf({ userId: "U1", name: "The Boss" }, telegram, team),
  ]).toEqual(["Long", "Long Nguyen", "The Boss"]);
});
