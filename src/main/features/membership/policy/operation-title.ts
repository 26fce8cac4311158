import type { CategoryId, PersonId } from "#shared/domain/ids.ts";
import type {
  GroupsChoice,
  OperationRequest,
  PeopleChoice,
  RenameRule,
  Targets,
} from "#shared/domain/operation.ts";

/** What a title is made of besides the request. */
export interface TitleFacts {
  nameOf(personId: PersonId): string;
  categoryNameOf(categoryId: CategoryId): string;
  /** The title of the operation that is taken back, or gone on with. */
  readonly earlierTitle: string | null;
}

/** More names than this are counted instead. */
const NAMED = 2;

/** How many things of a kind are told of. */
type Count = (number: number, noun: string) => string;

interface Wording extends TitleFacts {
  readonly count: Count;
}

/** One line that says what an operation is for, as far as the request tells. */
export function titleOf(request: OperationRequest, facts: TitleFacts): string {
  return phrase(request, { ...facts, count: counted });
}

/**
 * The same for an operation that is planned again and again: without the numbers, which would say of every turn what was
 * true of the first.
 */
export function lastingNameOf(request: OperationRequest, facts: TitleFacts): string {
  return phrase(request, { ...facts, count: chosen });
}

function phrase(request: OperationRequest, facts: Wording): string {
  switch (request.kind) {
    case "add":
      return request.targets.by === "gap"
        ? `Fill ${gapsOf(request.targets, facts)}`
        : `Add ${targetsOf(request.targets, "to", facts)}`;
    case "remove":
      return `Remove ${targetsOf(request.targets, "from", facts)}`;
    case "rename":
      return `Rename ${groupsOf(request.groups, facts)}${ruleOf(request.rule, facts)}`;
    case "history":
      return `${request.visible ? "Show" : "Hide"} the history of ${groupsOf(request.groups, facts)}`;
    case "create":
      return request.template.customers.length === 1
        ? `Create a group for ${request.template.customers[0] ?? ""}`
        : `Create groups for ${facts.count(request.template.customers.length, "customer")}`;
    case "message":
      return `Send ${facts.count(request.messages.length, "message")}`;
    case "undo":
      return `Undo: ${facts.earlierTitle ?? "an operation"}`;
    case "rest":
      return `Rest of: ${facts.earlierTitle ?? "an operation"}`;
  }
}

function targetsOf(targets: Targets, way: "to" | "from", facts: Wording): string {
  if (targets.by !== "pair")
    return `${peopleOf(targets.people, facts)} ${way} ${groupsOf(targets.groups, facts)}`;
  const people = new Set(targets.pairs.map(({ personId }) => personId));
  const groups = new Set(targets.pairs.map(({ groupKey }) => groupKey));
  return `${peopleOf({ by: "person", personIds: [...people] }, facts)} ${way} ${facts.count(groups.size, "group")}`;
}

function gapsOf({ people, groups }: Extract<Targets, { by: "gap" }>, facts: Wording): string {
  const whose = people.by === "everyone" ? "all gaps" : `the gaps of ${peopleOf(people, facts)}`;
  return groups.by === "all" ? whose : `${whose} in ${groupsOf(groups, facts)}`;
}

function peopleOf(choice: PeopleChoice, facts: Wording): string {
  switch (choice.by) {
    case "everyone":
      return "everyone";
    case "role":
      return `everyone of ${choice.role}`;
    case "person": {
      const people = [...new Set(choice.personIds)];
      return people.length > NAMED
        ? facts.count(people.length, "person")
        : people.map(facts.nameOf).join(" and ");
    }
  }
}

function groupsOf(choice: GroupsChoice, facts: Wording): string {
  switch (choice.by) {
    case "all":
      return "all customer groups";
    case "key":
      return facts.count(new Set(choice.groupKeys).size, "group");
    case "category":
      return choice.categoryIds.length > NAMED
        ? facts.count(choice.categoryIds.length, "category")
        : choice.categoryIds.map((id) => `“${facts.categoryNameOf(id)}”`).join(" and ");
  }
}

function ruleOf(rule: RenameRule, { count }: Wording): string {
  switch (rule.by) {
    case "pattern":
      return `: “${rule.find}” becomes “${rule.replacement}”`;
    case "mapping":
      return ` by a mapping of ${count(rule.names.length, "name")}`;
    case "deprecated":
      return ": deprecated terms";
  }
}

const PLURALS: Readonly<Record<string, string>> = { person: "people", category: "categories" };

function counted(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number.toLocaleString("en-US")} ${pluralOf(noun)}`;
}

function chosen(number: number, noun: string): string {
  return number === 1 ? `a chosen ${noun}` : `chosen ${pluralOf(noun)}`;
}

function pluralOf(noun: string): string {
  return PLURALS[noun] ?? `${noun}s`;
}
