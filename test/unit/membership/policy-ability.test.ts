import { expect, test } from "vitest";
import { abilitiesAsStored, mayDo, viewFor } from "#main/features/membership/policy/ability.ts";
import { draftAdd, draftRemove } from "#main/features/membership/policy/membership-steps.ts";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import type { PlanAccount } from "#main/features/membership/policy/plan-facts.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import { AMY, channel, chat, factsOf, PHONE, seenBy } from "./plan-samples.ts";

const OTHER = ConnectionId.parse("telegram:-:901");
const account = (userId: string, state: PlanAccount["state"]): PlanAccount => ({
  userId,
  username: null,
  state,
});
const told = ({ userId, state, failure }: DraftStep) =>
  `${userId} ${state}${failure ? ` ${failure.code}` : ""}`;

test("what may be done follows from what the platform says; the history is set with the name, and not in basic groups", () => {
  const open = seenBy(PHONE, "member", { rename: true, add: true });
  const decide = (group = chat("7"), view = open) =>
    (["rename", "add", "remove", "show-history", "send"] as const).map((action) =>
      mayDo(action, group, view),
    );
  expect({
    open: decide(),
    basic: decide(chat("7", { kind: "basic" })),
    "not in it": decide(chat("7"), seenBy(PHONE, "none")),
    slack: decide(channel("C1"), channel("C1").views[0]),
  }).toEqual({
    open: [true, true, false, true, null],
    basic: [true, true, false, false, null],
    "not in it": [false, false, false, false, false],
    slack: [null, null, null, null, null],
  });
});

test("of a stored rank only what it surely brings is known", () => {
  const rights = ["owner", "rename", "admin", "member", "none"] as const;
  expect(rights.map((right) => Object.values(abilitiesAsStored(right)))).toEqual([
    [true, true, true],
    [true, null, null],
    [null, null, null],
    [null, null, null],
    [false, false, false],
  ]);
});

test("the connection that may do it acts, else one that may be able to, else the one with the best rank", () => {
  const closed = seenBy(PHONE, "admin");
  const unsure = seenBy(OTHER, "member", { rename: null });
  const open = { ...unsure, may: { ...unsure.may, rename: true } };
  const chosen = (...views: (typeof closed)[]) => viewFor("rename", chat("7", { views }))?.may.rename;
  expect([chosen(closed, unsure, open), chosen(closed, unsure), chosen(closed)]).toEqual([true, null, false]);
});

test("in a basic group a member takes out whom they put in; where that was not read, the run finds out", () => {
  const group = chat("7", { kind: "basic", views: [seenBy(PHONE, "member", { remove: null })] });
  const remove = (putIn: boolean | null) => {
    const facts = { ...factsOf({ "7 5": "present" }), putIn: () => putIn };
    return draftRemove({ group, person: AMY, accounts: [account("5", "active")] }, facts).map(told);
  };
  expect([true, false, null].map(remove)).toEqual([
    ["5 planned"],
    ["5 refused telegram/admin-needed"],
    ["5 planned"],
  ]);
});

test("an account that was not met is told by a step of its own, whatever becomes of the others", () => {
  const accounts = [account("5", "active"), account("6", "not-met")];
  const remove = (known: Parameters<typeof factsOf>[0], own = accounts) =>
    draftRemove({ group: chat("7"), person: AMY, accounts: own }, factsOf(known)).map(told);
  const add = (own: readonly PlanAccount[]) =>
    draftAdd({ group: chat("7"), person: AMY, accounts: own }, factsOf());
  expect([
    remove({ "7 5": "present" }),
    remove({}),
    remove({}, accounts.slice(1)),
    told(add(accounts)),
    told(add(accounts.slice(1))),
  ]).toEqual([
    ["5 planned", "6 refused telegram/not-met"],
    ["5 already-so", "6 refused telegram/not-met"],
    ["6 refused telegram/not-met"],
    "5 planned",
    "null refused telegram/not-met",
  ]);
});
