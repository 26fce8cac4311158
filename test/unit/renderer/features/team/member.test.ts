import { describe, expect, test } from "vitest";
import { teamMember } from "./sample-member.ts";
import {
  changeIdentity,
  emptyIdentity,
  findTroubled,
  listWorkspaces,
  parseHandle,
} from "#renderer/features/team/identity-words.ts";
import { findMemberProblems } from "#renderer/features/team/member-problems.ts";
import { searchMembers } from "#renderer/features/team/member-search.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { Identity } from "#shared/domain/team.ts";

const known: Identity = {
  platform: "slack",
  workspaceId: "T1",
  userId: "U1",
  username: "ana.f",
  state: "resolved",
  checkedAtMs: 5,
};

describe("an identity", () => {
  test("has not been looked up any more once it names somebody else", () => {
    expect(changeIdentity(known, { userId: "U2" })).toEqual({
      ...known,
      userId: "U2",
      state: "unresolved",
      checkedAtMs: null,
    });
  });

  test("takes a handle as people type it", () => {
    expect([" @ana ", "bo", "  ", "@"].map(parseHandle)).toEqual(["ana", "bo", null, null]);
  });

  test("is trouble only when the platform said so", () => {
    const states = ["resolved", "unresolved", "not-found", "ambiguous", "deactivated"] as const;
    const member = teamMember("ana", { identities: states.map((state) => ({ ...known, state })) });
    expect(findTroubled(member).map(({ state }) => state)).toEqual(["not-found", "ambiguous", "deactivated"]);
  });

  test("can name a workspace that is not connected, which is then shown as such", () => {
    const connections = [
      { workspaceId: "T1", label: "Acme" },
      { workspaceId: "T1", label: "Acme" },
      { workspaceId: null, label: "Telegram" },
    ] as Connection[];
    expect(listWorkspaces(connections, [known, { ...known, workspaceId: "T9" }])).toEqual([
      { id: "T1", name: "Acme" },
      { id: "T9", name: "T9 (not connected)" },
    ]);
  });
});

describe("findMemberProblems", () => {
  test("finds nothing wrong with a member who has a name and accounts that can be looked up", () => {
    expect(findMemberProblems(teamMember("ana", { email: "ana@x.example", identities: [known] }))).toBeNull();
  });

  test("names each field that cannot be kept", () => {
    const draft = teamMember("ana", {
      name: "  ",
      email: "ana@",
      identities: [known, emptyIdentity("telegram")],
    });
    expect(findMemberProblems(draft)).toEqual({
      name: "Give the member a name.",
      email: "Write a whole address, such as ana@example.com.",
      identities: { 1: "Enter a username or a user id." },
    });
  });
});

describe("searchMembers", () => {
  const team = [
    teamMember("ana", { name: "Ana Ferreira", role: "BD", identities: [known] }),
    teamMember("bo", { name: "Bo Lindqvist", email: "bo@x.example" }),
  ];

  test("looks for every word, anywhere, with or without an @", () => {
    const found = (search: string) => searchMembers(team, search).map(({ id }) => id);
    expect(["", "ferr bd", "@ana.f", "x.example", "u1", "bo bd"].map(found)).toEqual([
      ["ana", "bo"],
      ["ana"],
      ["ana"],
      ["bo"],
      ["ana"],
      [],
    ]);
  });
});
