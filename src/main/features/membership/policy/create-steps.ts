import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, Platform } from "#shared/domain/ids.ts";
import type { GroupTemplate } from "#shared/domain/operation.ts";
import { escapeForSlack } from "#shared/domain/slack-text.ts";
import type { DraftStep } from "./draft-step.ts";
import { foldText } from "./folded-text.ts";
import { nameOn } from "./group-name.ts";
import { stateOf } from "./group-step.ts";
import { accountRefusal } from "./membership-steps.ts";
import type { PlanAccount, PlanPerson } from "./plan-facts.ts";

/** Stages: the group, then what makes it up, so that whoever is added finds the welcome. */
const CREATE = 0;
const FURNISH = 1;
const ADD = 2;

/** What is known where the new groups are to be. */
export interface CreateFacts {
  readonly connectionId: ConnectionId;
  readonly platform: Platform;
  /** The account that creates them, and is their first member. */
  readonly ownUserId: string;
  /** Names that are taken there; on Slack archived ones count. */
  readonly takenNames: ReadonlySet<string>;
  /** The members of the template, in the team's order. */
  readonly people: readonly { readonly person: PlanPerson; readonly accounts: readonly PlanAccount[] }[];
}

/**
 * What it takes to create the template's groups: for each customer the group, then its history setting, topic and
 * welcome, then the members. A customer named twice gets one group. A group that cannot be created is refused, and has no
 * further steps.
 */
export function draftGroups(template: GroupTemplate, facts: CreateFacts): DraftStep[] {
  const taken = new Map([...facts.takenNames].map((name) => [foldText(name), name]));
  const customers = new Map(
    template.customers.flatMap((text) => {
      const customer = text.normalize("NFC").trim();
      return customer === "" ? [] : [[foldText(customer), customer] as const];
    }),
  );
  return [...customers.values()].flatMap((customer, at) => {
    const fill = (text: string) => text.replaceAll("{customer}", () => customer);
    const name = nameOn(facts.platform, fill(template.namePattern));
    const wanted = name.ok ? name.value : fill(template.namePattern).trim();
    const holder = taken.get(foldText(wanted));
    const refusal: Failure | null = !name.ok
      ? name.error
      : holder !== undefined
        ? failure("membership/name-collision", { name: wanted, group: holder })
        : null;
    const welcome = template.welcome.replaceAll("{customer}", () => asText(facts.platform, customer)).trim();
    const about: NewGroup = { newGroup: `new ${at + 1}`, name: wanted, welcome, facts };
    const create: DraftStep = {
      ...newGroupStep(about, "create", CREATE),
      before: facts.platform === "slack" && template.isPrivate ? "private" : null,
      after: wanted,
      ...stateOf(refusal),
    };
    if (refusal !== null) return [create];
    taken.set(foldText(wanted), wanted);
    return [create, ...furnish(about, template, fill), ...addEveryone(about)];
  });
}

interface NewGroup {
  readonly newGroup: string;
  readonly name: string;
  /** Empty for none. */
  readonly welcome: string;
  readonly facts: CreateFacts;
}

/** A name inside a message; on Slack messages are mark-up. */
function asText(platform: Platform, name: string): string {
  return platform === "telegram" ? name : escapeForSlack(name);
}

function furnish(about: NewGroup, template: GroupTemplate, fill: (text: string) => string): DraftStep[] {
  const steps: DraftStep[] = [];
  const { platform } = about.facts;
  if (platform === "telegram" && template.isHistoryVisible)
    steps.push(newGroupStep(about, "show-history", FURNISH));
  const description = fill(template.about).trim();
  if (description !== "") steps.push({ ...newGroupStep(about, "describe", FURNISH), after: description });
  const welcome = about.welcome;
  if (welcome !== "") steps.push({ ...newGroupStep(about, "welcome", FURNISH), after: welcome });
  return steps;
}

function addEveryone(about: NewGroup): DraftStep[] {
  const { platform, people, ownUserId } = about.facts;
  return people.map(({ person, accounts }) => {
    const base = {
      ...newGroupStep(about, "add", ADD),
      personId: person.personId,
      personName: person.name,
      batch: `add ${about.newGroup}${platform === "slack" ? "" : ` ${person.personId}`}`,
    };
    const own = accounts.find(({ userId }) => userId === ownUserId);
    if (own) return { ...base, userId: own.userId, state: "already-so" as const };
    const account = accounts.find(({ state }) => state === "active");
    if (account) return { ...base, userId: account.userId };
    return { ...base, ...stateOf(accountRefusal(about.facts, person.name, accounts)) };
  });
}

function newGroupStep(about: NewGroup, action: DraftStep["action"], stage: number): DraftStep {
  const { connectionId, platform } = about.facts;
  return {
    action,
    stage,
    batch: `${action} ${about.newGroup}`,
    connectionId,
    platform,
    groupKey: null,
    groupId: null,
    groupName: about.name,
    groupKind: platform === "telegram" ? "supergroup" : null,
    newGroup: about.newGroup,
    personId: null,
    personName: null,
    userId: null,
    before: null,
    after: null,
    evidence: "live",
    state: "planned",
    failure: null,
  };
}
