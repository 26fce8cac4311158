import { failure, type Failure } from "#shared/domain/failure.ts";
import { viewFor } from "./ability.ts";
import type { DraftStep } from "./draft-step.ts";
import { aboutGroup, stateOf } from "./group-step.ts";
import type { Candidate, GroupView, PlanAccount, PlanFacts, PlanGroup } from "./plan-facts.ts";
import { rightRefusal } from "./right-refusal.ts";

/**
 * What it takes to have a person in a group: one step. Any account of theirs that is in it makes it so already; the first
 * one in use is added, and named where there are several. What is unknown is planned: the run looks before it acts.
 */
export function draftAdd({ group, person, accounts }: Candidate, facts: PlanFacts): DraftStep {
  const known = accounts.map((account) => ({
    account,
    ...facts.presenceOf(group, account.userId, person.personId),
  }));
  const there = known.find((each) => each.presence === "present" && isAsked(each));
  const inUse = known.find(({ account }) => account.state === "active");
  const [view] = group.views;
  const base = {
    ...aboutGroup(group, view),
    action: "add" as const,
    stage: 0,
    personId: person.personId,
    batch: group.platform === "slack" ? `add ${group.key}` : `add ${group.key} ${person.personId}`,
  };
  if (group.obstacle !== null || view === undefined)
    return { ...base, personName: person.name, ...stateOf(obstacleOf(group)) };
  if (there) {
    return {
      ...base,
      ...named(there.account, person.name, accounts),
      evidence: there.evidence,
      state: "already-so",
      failure: null,
    };
  }
  if (inUse === undefined)
    return { ...base, personName: person.name, ...stateOf(accountRefusal(group, person.name, accounts)) };
  const chosen = viewOn("add", group, group.views, inUse.account, facts);
  return {
    ...base,
    ...named(inUse.account, person.name, accounts),
    connectionId: (chosen.view ?? view).connectionId,
    evidence: inUse.evidence,
    ...stateOf(archivedRefusal(group) ?? chosen.refusal),
  };
}

/**
 * The view to act by on one account, and why it cannot. The best right is of no use to a connection that cannot address the
 * account: where only such a one has the right, that is what has to change.
 */
function viewOn(
  action: "add" | "remove",
  group: PlanGroup,
  views: readonly GroupView[],
  { userId }: PlanAccount,
  facts: PlanFacts,
): { readonly view: GroupView | undefined; readonly refusal: Failure | null } {
  const refusalBy = (view: GroupView | undefined) =>
    view && rightRefusal(action, group, view, action === "remove" ? facts.whoCould(group.key) : []);
  const inReach = views.filter(({ connectionId }) => facts.canAddress(connectionId, userId));
  const view = viewFor(action, { ...group, views: inReach });
  const refusal = refusalBy(view);
  if (view !== undefined && refusal === null) return { view, refusal };
  const able = viewFor(action, { ...group, views });
  const isOutOfReach = refusalBy(able) === null;
  return {
    view: view ?? able,
    refusal: isOutOfReach ? outOfReach(group, userId) : (refusal ?? refusalBy(able) ?? null),
  };
}

/** Slack knows everybody of a workspace; on Telegram somebody has to be met first. */
function outOfReach({ platform }: Pick<PlanGroup, "platform">, userId: string): Failure {
  return failure(platform === "slack" ? "slack/user-not-found" : "telegram/not-met", { userId });
}

/**
 * What it takes to have a person out of a group: a step for each account of theirs that is in it, or may be; one that is
 * so already where none is. Steps that we may not take are refused, with the names of those who could where they are
 * known.
 */
export function draftRemove({ group, person, accounts }: Candidate, facts: PlanFacts): DraftStep[] {
  const [best] = group.views;
  const base = (view: GroupView | undefined, account: PlanAccount | null) => ({
    ...aboutGroup(group, view),
    action: "remove" as const,
    stage: 0,
    personId: person.personId,
    batch: `remove ${group.key} ${account?.userId ?? person.personId}`,
    ...(account === null ? { personName: person.name } : named(account, person.name, accounts)),
  });
  if (group.obstacle !== null || best === undefined)
    return [{ ...base(best, null), ...stateOf(obstacleOf(group)) }];
  // What cannot be asked about, and cannot be taken out either, is not passed over.
  const unmet = accounts
    .filter(({ state }) => state === "not-met")
    .map((account) => ({ ...base(best, account), ...stateOf(outOfReach(group, account.userId)) }));
  const known = accounts
    .filter(({ state }) => state !== "not-found" && state !== "not-met")
    .map((account) => ({ account, ...facts.presenceOf(group, account.userId, person.personId) }));
  const [first] = known;
  if (first === undefined && unmet.length > 0) return unmet;
  if (first === undefined)
    return [{ ...base(best, null), ...stateOf(accountRefusal(group, person.name, accounts)) }];
  const inside = known.filter((each) => each.presence !== "absent" || !isAsked(each));
  if (inside.length === 0) {
    const { account, evidence } = first;
    return [{ ...base(best, account), evidence, state: "already-so", failure: null }, ...unmet];
  }
  const steps = inside.map(({ account, evidence }) => {
    // Nobody takes themselves out of a channel; another account of ours may, if it can address them.
    const others = group.views
      .filter((each) => facts.ownUserIdOf(each.connectionId) !== account.userId)
      .map((each) => asInviter(each, group, account, facts));
    const { view, refusal } = viewOn("remove", group, others, account, facts);
    return {
      ...base(view ?? best, account),
      evidence,
      ...stateOf(removalObstacle(group, account, view) ?? refusal),
    };
  });
  return [...steps, ...unmet];
}

/** In a basic group, whoever put somebody in may take them out again (core.telegram.org/method/messages.deleteChatUser). */
function asInviter(view: GroupView, group: PlanGroup, { userId }: PlanAccount, facts: PlanFacts): GroupView {
  if (group.kind !== "basic" || view.right !== "member") return view;
  return { ...view, may: { ...view.may, remove: facts.putIn(view.connectionId, group.key, userId) } };
}

/** Stored results may be of before our own last operation: nothing is so already by them, and the run finds out. */
function isAsked({ evidence }: { readonly evidence: "stored" | "live" }): boolean {
  return evidence === "live";
}

/** What keeps them in, whoever tries. */
function removalObstacle(
  group: PlanGroup,
  account: PlanAccount,
  view: GroupView | undefined,
): Failure | null {
  // Slack takes them out by itself; Telegram keeps them until somebody does.
  if (group.platform === "slack" && account.state === "deactivated")
    return failure("membership/account-deactivated", { userId: account.userId });
  if (view === undefined && !group.isGeneral) {
    return failure(
      group.platform === "slack" ? "slack/cannot-remove" : "telegram/cannot-remove",
      { group: group.name, userId: account.userId },
      "It is the connected account itself.",
    );
  }
  return (
    archivedRefusal(group) ??
    (group.isGeneral ? failure("slack/general-channel", { group: group.name }) : null)
  );
}

/** Why nothing can be done in a group that is gone, or that no account of ours sees. */
export function obstacleOf(group: PlanGroup): Failure {
  return group.obstacle ?? failure("membership/no-connection", { group: group.name });
}

/** Only Slack has archived groups. */
export function archivedRefusal(group: PlanGroup): Failure | null {
  return group.isArchived ? failure("slack/archived", { group: group.name }) : null;
}

/** Why nobody can be added by these accounts, none of which is in use. */
export function accountRefusal(
  { platform }: Pick<PlanGroup, "platform">,
  name: string,
  accounts: readonly PlanAccount[],
): Failure {
  const [first] = accounts;
  if (first === undefined) return failure("membership/no-account", { name, platform });
  const { userId } = first;
  if (accounts.every(({ state }) => state === "not-found"))
    return failure(platform === "slack" ? "slack/user-not-found" : "telegram/user-not-found", { userId });
  const unmet = accounts.find(({ state }) => state === "not-met");
  if (unmet !== undefined) return outOfReach({ platform }, unmet.userId);
  const guest = accounts.find(({ state }) => state === "full");
  if (guest !== undefined) return failure("slack/guest-limit", { userId: guest.userId });
  return failure("membership/account-deactivated", { userId });
}

/** Of several accounts, the step says which one it is about. */
function named(account: PlanAccount, name: string, accounts: readonly PlanAccount[]) {
  const which = account.username === null ? account.userId : `@${account.username}`;
  return { userId: account.userId, personName: accounts.length > 1 ? `${name} (${which})` : name };
}
