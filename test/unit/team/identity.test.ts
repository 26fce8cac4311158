import { describe, expect, test } from "vitest";
import type { Directory, SeenAccount } from "#main/features/team/policy/identity.ts";
import { decideIdentity, resolveMember } from "#main/features/team/policy/identity.ts";
import { sampleIdentity, sampleMember } from "#test/unit/team/sample-team.ts";

function account(id: string, username: string, changes: Partial<SeenAccount> = {}): SeenAccount {
  return { id, username, displayName: username, email: null, isDeactivated: false, isBot: false, ...changes };
}

function directory(accounts: SeenAccount[], changes: Partial<Directory> = {}): Directory {
  return { workspaceId: "T1", accounts, isComplete: true, missingIds: new Set(), ...changes };
}

const people = directory([
  account("U1", "ada", { displayName: "Nadia Weber" }),
  account("U2", "bo", { displayName: "Nadia Weber" }),
  account("U3", "gone", { isDeactivated: true }),
  account("U4", "twin", { isDeactivated: true }),
  account("U5", "twin", { displayName: "Only One" }),
  account("B1", "robot", { displayName: "Only One", isBot: true }),
]);

describe("who an identity is", () => {
  test.each([
    [
      "an id, whose username is brought up to date",
      { userId: "U1", username: "old" },
      "resolved",
      "U1",
      "ada",
    ],
    ["an id of a deactivated account", { userId: "U3" }, "deactivated", "U3", "gone"],
    ["an id that nobody has", { userId: "U404", username: "ada" }, "not-found", "U404", "ada"],
    ["the exact handle", { username: "ADA" }, "resolved", "U1", "ada"],
    ["a handle of two, one in use", { username: "twin" }, "resolved", "U5", "twin"],
    ["a deactivated handle", { username: "gone" }, "deactivated", "U3", "gone"],
    ["a display name of one person", { username: "only one" }, "resolved", "U5", "twin"],
    ["a display name of two people", { username: "Nadia Weber" }, "ambiguous", null, "Nadia Weber"],
    ["a name that nobody has", { username: "zed" }, "not-found", null, "zed"],
  ] as const)("by %s", (_, asked, state, userId, username) => {
    expect(decideIdentity(sampleIdentity(asked), people)).toEqual({ state, userId, username });
  });

  test("stays open when too little was seen", () => {
    const partly = directory([account("U1", "ada")], { isComplete: false, missingIds: new Set(["U9"]) });
    expect(
      [{ userId: "U2" }, { userId: "U9" }, { username: "bo" }, { username: "ada" }].map(
        (asked) => decideIdentity(sampleIdentity(asked), partly)?.state ?? null,
      ),
    ).toEqual([null, "not-found", null, "resolved"]);
  });
});

describe("a member's identities", () => {
  const everywhere = { isEverywhere: true, atMs: 9 };
  const second = directory([account("V1", "ada")], { workspaceId: "T2" });
  const settled = { state: "resolved", checkedAtMs: 9 } as const;

  test("by name become one for each workspace that knows the name", () => {
    const member = sampleMember("ada", { identities: [sampleIdentity({ username: "ada" })] });
    expect(resolveMember(member, [people, second], everywhere)).toEqual([
      sampleIdentity({ workspaceId: "T1", userId: "U1", username: "ada", ...settled }),
      sampleIdentity({ workspaceId: "T2", userId: "V1", username: "ada", ...settled }),
    ]);
  });

  test("by id stay one, found wherever it is", () => {
    const member = sampleMember("ada", { identities: [sampleIdentity({ userId: "V1" })] });
    expect(resolveMember(member, [people, second], everywhere)).toEqual([
      sampleIdentity({ userId: "V1", username: "ada", ...settled }),
    ]);
  });

  test("are found by e-mail address where there is none yet", () => {
    const mailing = directory([account("U7", "ada", { email: "Ada@Example.com" })]);
    const member = sampleMember("ada", {
      email: "ada@example.com",
      identities: [sampleIdentity({ workspaceId: "T2", userId: "V1" })],
    });
    expect(resolveMember(member, [mailing], everywhere)).toEqual([
      member.identities[0],
      sampleIdentity({ workspaceId: "T1", userId: "U7", username: "ada", ...settled }),
    ]);
  });

  test("are not called missing while a workspace could not be read", () => {
    const member = sampleMember("zed", {
      identities: [
        sampleIdentity({ username: "zed" }),
        sampleIdentity({ workspaceId: "T1", userId: "U404" }),
      ],
    });
    expect(resolveMember(member, [people], { isEverywhere: false, atMs: 9 })).toEqual([
      member.identities[0],
      sampleIdentity({ workspaceId: "T1", userId: "U404", state: "not-found", checkedAtMs: 9 }),
    ]);
  });

  test("of other platforms and workspaces are left alone", () => {
    const identities = [
      sampleIdentity({ platform: "telegram", userId: "1" }),
      sampleIdentity({ workspaceId: "T3", username: "ada" }),
    ];
    expect(resolveMember(sampleMember("ada", { identities }), [people], everywhere)).toEqual(identities);
  });
});
