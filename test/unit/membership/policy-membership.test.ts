import { expect, test } from "vitest";
import { accountsIn } from "#main/features/membership/policy/account-choice.ts";
import { sortViews } from "#main/features/membership/policy/best-views.ts";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import { draftAdd, draftRemove } from "#main/features/membership/policy/membership-steps.ts";
import type { PlanAccount, PlanGroup } from "#main/features/membership/policy/plan-facts.ts";
import { failure } from "#shared/domain/failure.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import type { Identity } from "#shared/domain/team.ts";
import { AMY, channel, chat, factsOf, OURS, PHONE, THEIRS, seenBy } from "./plan-samples.ts";

const active = (userId: string, username: string | null = null): PlanAccount => {
  return { userId, username, state: "active" };
};

const told = ({ state, failure: why, userId, connectionId }: DraftStep) =>
  `${state} ${why?.code ?? userId ?? "-"} by ${connectionId}`;

const add = (group: PlanGroup, accounts: PlanAccount[], facts = factsOf()) =>
  told(draftAdd({ group, person: AMY, accounts }, facts));

const remove = (group: PlanGroup, accounts: PlanAccount[], facts = factsOf()) =>
  draftRemove({ group, person: AMY, accounts }, facts).map(told);

test("whoever is absent, or not known to be there, is planned to be added", () => {
  expect([
    add(channel("C1"), [active("U1")]),
    add(channel("C1"), [active("U1")], factsOf({ "C1 U1": "unknown" })),
    add(channel("C1"), [active("U1")], factsOf({ "C1 U1": "present" })),
  ]).toEqual([`planned U1 by ${OURS}`, `planned U1 by ${OURS}`, `already-so U1 by ${OURS}`]);
});

test("people of one Slack channel go to the platform together, those of a Telegram group one by one", () => {
  const batchOf = (group: PlanGroup) =>
    draftAdd({ group, person: AMY, accounts: [active("1")] }, factsOf()).batch;
  expect([batchOf(channel("C1")), batchOf(chat("7"))]).toEqual(["add slack:T1:C1", "add telegram:-:7 amy"]);
});

test("nobody is added where it cannot be done, and the step says why", () => {
  const unseen = channel("C1", { views: [] });
  const gone = chat("7", { obstacle: failure("telegram/group-not-found") });
  const outside = channel("C1", { views: [seenBy(OURS, "none")] });
  expect([
    add(unseen, [active("U1")]),
    add(gone, [active("U1")]),
    add(outside, [active("U1")]),
    add(channel("C1", { isArchived: true }), [active("U1")]),
    add(channel("C1"), []),
    add(channel("C1"), [{ ...active("U1"), state: "deactivated" }]),
    add(channel("C1"), [{ ...active("U1"), state: "not-found" }]),
    add(channel("C1"), [{ ...active("U1"), state: "full" }]),
  ]).toEqual([
    "refused membership/no-connection by none",
    `refused telegram/group-not-found by ${PHONE}`,
    `refused slack/not-in-channel by ${OURS}`,
    `refused slack/archived by ${OURS}`,
    `refused membership/no-account by ${OURS}`,
    `refused membership/account-deactivated by ${OURS}`,
    `refused slack/user-not-found by ${OURS}`,
    `refused slack/guest-limit by ${OURS}`,
  ]);
});

test("of several accounts the first in use is added, by its own name", () => {
  const accounts = [
    { ...active("U0", "amy.old"), state: "deactivated" as const },
    active("U1", "amy"),
    active("U2"),
  ];
  expect(draftAdd({ group: channel("C1"), person: AMY, accounts }, factsOf())).toMatchObject({
    userId: "U1",
    personName: "Amy (@amy)",
  });
});

test("somebody who is there by any account is there", () => {
  const accounts = [active("U1"), active("U2", "amy2")];
  expect(
    draftAdd({ group: channel("C1"), person: AMY, accounts }, factsOf({ "C1 U2": "present" })),
  ).toMatchObject({
    state: "already-so",
    userId: "U2",
    personName: "Amy (@amy2)",
  });
});

test("every account of a person is taken out of a group", () => {
  const facts = factsOf({ "C1 U1": "present", "C1 U2": "unknown" });
  expect([
    remove(channel("C1"), [active("U1"), active("U2"), active("U3")], facts),
    remove(channel("C1"), [active("U3")], facts),
  ]).toEqual([[`planned U1 by ${OURS}`, `planned U2 by ${OURS}`], [`already-so U3 by ${OURS}`]]);
});

test("nothing is removed by an account that may not, and who could is named", () => {
  const asMember = (id: string) => chat(id, { views: [seenBy(PHONE, "member")] });
  const facts = { ...factsOf({ "7 5": "present", "8 5": "absent" }), whoCould: () => ["Olga (owner)"] };
  const [step] = draftRemove({ group: asMember("7"), person: AMY, accounts: [active("5")] }, facts);
  expect([step && told(step), step?.failure?.message, remove(asMember("8"), [active("5")], facts)]).toEqual([
    `refused telegram/admin-needed by ${PHONE}`,
    "Only an admin of the group with the right for it may do this. These can: Olga (owner).",
    [`already-so 5 by ${PHONE}`],
  ]);
});

test("an account is taken out of a channel by another of ours, never by itself", () => {
  const facts = factsOf({ "C1 UOURS": "present" });
  const both = channel("C1", {
    views: [seenBy(OURS, "member"), seenBy(THEIRS, "member")],
  });
  expect([
    remove(both, [active("UOURS")], facts),
    remove(channel("C1"), [active("UOURS")], facts),
    remove(chat("7"), [active("900")], factsOf({ "7 900": "present" })),
  ]).toEqual([
    [`planned UOURS by ${THEIRS}`],
    [`refused slack/cannot-remove by ${OURS}`],
    [`refused telegram/cannot-remove by ${PHONE}`],
  ]);
});

test("nobody is taken out of Slack's general channel, by whomever, and the refusal says what does it", () => {
  const general = channel("C1", { isGeneral: true });
  const facts = factsOf({ "C1 U1": "present", "C1 UOURS": "present" });
  const [step] = draftRemove({ group: general, person: AMY, accounts: [active("U1")] }, facts);
  expect([
    remove(general, [active("U1")], facts),
    remove(general, [active("UOURS")], facts),
    remove(general, [active("U2")], facts),
    add(general, [active("U2")]),
    step?.failure?.todo,
  ]).toEqual([
    [`refused slack/general-channel by ${OURS}`],
    [`refused slack/general-channel by ${OURS}`],
    [`already-so U2 by ${OURS}`],
    `planned U2 by ${OURS}`,
    "Only deactivating the person's account in Slack takes them out of it; leave it out of the plan.",
  ]);
});

test("a person is left to an account that can address them, as far as its right allows", () => {
  const other = ConnectionId.parse("telegram:-:901");
  const withOther = (right: "admin" | "member") =>
    chat("7", {
      views: [seenBy(PHONE, "owner"), seenBy(other, right)],
    });
  const facts = {
    ...factsOf({ "7 5": "present" }),
    canAddress: (id: ConnectionId) => id === other,
  };
  // Nobody who sees this one has the right, nor has met them.
  const ofOthers = chat("7", { views: [seenBy(PHONE, "member")] });
  expect([
    add(withOther("admin"), [active("6")], facts),
    remove(withOther("admin"), [active("5")], facts),
    remove(withOther("member"), [active("5")], facts),
    remove(ofOthers, [active("5")], facts),
  ]).toEqual([
    `planned 6 by ${other}`,
    [`planned 5 by ${other}`],
    [`refused telegram/not-met by ${other}`],
    [`refused telegram/admin-needed by ${PHONE}`],
  ]);
});

test("Slack takes a deactivated account out by itself, Telegram does not", () => {
  const dead = { ...active("5"), state: "deactivated" as const };
  expect([
    remove(channel("C1"), [dead], factsOf({ "C1 5": "unknown" })),
    remove(chat("7"), [dead], factsOf({ "7 5": "present" })),
  ]).toEqual([[`refused membership/account-deactivated by ${OURS}`], [`planned 5 by ${PHONE}`]]);
});

test("a member's accounts: those of the workspace, confirmed ones first, without mere names", () => {
  const identity = (change: Partial<Identity>): Identity => ({
    platform: "slack",
    workspaceId: "T1",
    userId: null,
    username: null,
    state: "unresolved",
    checkedAtMs: null,
    ...change,
  });
  const identities = [
    identity({ userId: "U0", state: "deactivated" }),
    identity({ username: "only-a-name" }),
    identity({ userId: "U2" }),
    identity({ userId: "U1", state: "resolved" }),
    identity({ userId: "U1", state: "resolved" }),
    identity({ userId: "U9", workspaceId: null }),
    identity({ userId: "77", workspaceId: null, platform: "telegram" }),
  ];
  const idsIn = (workspaceId: string | null) =>
    accountsIn({ identities }, workspaceId === null ? "telegram" : "slack", workspaceId).map(
      ({ userId, state }) => `${userId} ${state}`,
    );
  expect([idsIn("T1"), idsIn("T2"), idsIn(null)]).toEqual([
    ["U1 active", "U2 active", "U0 deactivated"],
    ["U9 active"],
    ["77 active"],
  ]);
});

test("of several connections the one with the best right acts, then the one asked just now, then the oldest", () => {
  const view = (
    connectionId: typeof OURS,
    right: "owner" | "admin" | "none",
    evidence: "live" | "stored" = "live",
  ) => {
    return { ...seenBy(connectionId, right), evidence };
  };
  const order = [OURS, THEIRS, PHONE];
  expect([
    sortViews([view(OURS, "none"), view(THEIRS, "admin"), view(PHONE, "owner")], order)[0]?.connectionId,
    sortViews([view(OURS, "admin", "stored"), view(THEIRS, "admin")], order)[0]?.connectionId,
    sortViews([view(THEIRS, "admin"), view(OURS, "admin")], order)[0]?.connectionId,
  ]).toEqual([PHONE, THEIRS, OURS]);
});
