import type {
  GroupsChoice,
  OperationRequest,
  PeopleChoice,
  RenameRule,
  Targets,
} from "#shared/domain/operation.ts";
import { readMapping } from "./name-mapping.ts";
import type { OperationDraft } from "./operation-draft.ts";

/** What the draft asks for, or what is still missing from it, as a sentence. */
export type DraftResult = { readonly request: OperationRequest } | { readonly missing: string };

/** Turns the form into what the main process is asked. Checks only that everything is there, not what is true outside. */
export function requestOf(draft: OperationDraft): DraftResult {
  switch (draft.kind) {
    case "add":
    case "remove":
      return membershipRequest(draft, draft.kind);
    case "rename":
      return renameRequest(draft);
    case "history": {
      const groups = groupsOf(draft);
      if ("missing" in groups) return groups;
      return { request: { kind: "history", visible: draft.isVisible, groups: groups.groups } };
    }
    case "create":
      return createRequest(draft);
  }
}

function membershipRequest(draft: OperationDraft, kind: "add" | "remove"): DraftResult {
  const people = peopleOf(draft);
  if ("missing" in people) return people;
  const groups = groupsOf(draft);
  if ("missing" in groups) return groups;
  if (draft.platforms.length === 0) return { missing: "Choose a platform." };
  const both = { people: people.people, groups: groups.groups };
  const targets: Targets =
    kind === "remove" || draft.which === "cross"
      ? { by: "cross", ...both }
      : { by: "gap", ...both, optional: draft.which === "gap-optional" };
  return { request: { kind, targets, platforms: [...draft.platforms] } };
}

function renameRequest(draft: OperationDraft): DraftResult {
  const rule = ruleOf(draft);
  if ("missing" in rule) return rule;
  const groups = groupsOf(draft);
  if ("missing" in groups) return groups;
  if (draft.platforms.length === 0) return { missing: "Choose a platform." };
  return {
    request: {
      kind: "rename",
      rule: rule.rule,
      groups: groups.groups,
      platforms: [...draft.platforms],
    },
  };
}

function createRequest(draft: OperationDraft): DraftResult {
  if (draft.connectionId === null) return { missing: "Choose where the groups are created." };
  const customers = customersOf(draft.customersText);
  if (customers.length === 0) return { missing: "Name at least one customer." };
  if (customers.length > 200) return { missing: "At most 200 groups can be created at once." };
  if (draft.namePattern.trim() === "") return { missing: "Write how the groups are named." };
  if (customers.length > 1 && !draft.namePattern.includes("{customer}"))
    return { missing: "The name needs {customer}, or all groups would be called the same." };
  const people = peopleOf(draft);
  if ("missing" in people) return people;
  return {
    request: {
      kind: "create",
      template: {
        connectionId: draft.connectionId,
        namePattern: draft.namePattern.trim(),
        customers,
        people: people.people,
        about: draft.about.trim(),
        isPrivate: draft.isPrivate,
        isHistoryVisible: draft.isHistoryVisible,
        welcome: draft.welcome.trim(),
      },
    },
  };
}

/** The customers written one a line, each once, in their order. */
export function customersOf(text: string): string[] {
  const names = text.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(names.filter(Boolean))];
}

type Missing = { readonly missing: string };

function peopleOf(
  draft: Pick<OperationDraft, "peopleBy" | "personIds" | "role">,
): { people: PeopleChoice } | Missing {
  if (draft.peopleBy === "everyone") return { people: { by: "everyone" } };
  if (draft.peopleBy === "role")
    return draft.role === "" ? { missing: "Choose a role." } : { people: { by: "role", role: draft.role } };
  return draft.personIds.length === 0
    ? { missing: "Choose at least one person." }
    : { people: { by: "person", personIds: [...draft.personIds] } };
}

function groupsOf(draft: OperationDraft): { groups: GroupsChoice } | Missing {
  switch (draft.groupsBy) {
    case "all":
      return { groups: { by: "all" } };
    case "category":
      return draft.categoryIds.length === 0
        ? { missing: "Choose at least one category." }
        : { groups: { by: "category", categoryIds: [...draft.categoryIds] } };
    case "key":
      return draft.groupKeys.length === 0
        ? { missing: "Choose at least one group." }
        : { groups: { by: "key", groupKeys: [...draft.groupKeys] } };
    case "list":
      return draft.listKeys.length === 0
        ? { missing: "Paste a list of groups, or choose a file." }
        : { groups: { by: "key", groupKeys: [...draft.listKeys] } };
  }
}

function ruleOf(draft: OperationDraft): { rule: RenameRule } | Missing {
  const { renameBy, find, replacement, isRegularExpression, ignoreCase, mappingText } = draft;
  if (renameBy === "deprecated") return { rule: { by: "deprecated" } };
  if (renameBy === "pattern") {
    if (find === "") return { missing: "Write what is to be found in the names." };
    if (isRegularExpression && !isReadable(find))
      return { missing: "The regular expression cannot be read; the preview says why." };
    return { rule: { by: "pattern", find, replacement, isRegularExpression, ignoreCase } };
  }
  const mapping = readMapping(mappingText);
  if ("problem" in mapping) return { missing: mapping.problem };
  return { rule: { by: "mapping", names: mapping.names } };
}

function isReadable(expression: string): boolean {
  try {
    return new RegExp(expression, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
