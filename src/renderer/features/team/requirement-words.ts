import { PersonId } from "#shared/domain/ids.ts";
import type { Category, RequirementTarget, Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";

/** A choice of whom a requirement names, as a select offers it. */
export interface TargetChoice {
  readonly value: string;
  readonly label: string;
}

export interface TargetChoices {
  readonly everyone: TargetChoice;
  readonly roles: readonly TargetChoice[];
  readonly people: readonly TargetChoice[];
}

/** One text per target, for selects: `everyone`, `role:Sales`, `person:p-1`. */
export function targetValue(target: RequirementTarget): string {
  switch (target.kind) {
    case "everyone":
      return "everyone";
    case "role":
      return `role:${target.role}`;
    case "person":
      return `person:${target.personId}`;
  }
}

/** The inverse of `targetValue`. */
export function parseTarget(value: string): RequirementTarget {
  if (value.startsWith("role:")) return { kind: "role", role: value.slice("role:".length) };
  if (value.startsWith("person:"))
    return { kind: "person", personId: PersonId.parse(value.slice("person:".length)) };
  return { kind: "everyone" };
}

/** Whom a requirement names, in words. Someone who left the team stays visible as such. */
export function describeTarget(target: RequirementTarget, team: readonly TeamMember[]): string {
  switch (target.kind) {
    case "everyone":
      return "Everyone";
    case "role":
      return hasRole(team, target.role) ? target.role : `${target.role} (nobody has this role)`;
    case "person":
      return team.find((member) => member.id === target.personId)?.name ?? "Someone no longer in the team";
  }
}

/** Every target that can be chosen: those the team offers, and those the rules already name. */
export function listTargetChoices(team: readonly TeamMember[], rules: Rules): TargetChoices {
  const named = rules.categories.flatMap((category) => category.requirements.map(({ target }) => target));
  const choice = (target: RequirementTarget) => ({
    value: targetValue(target),
    label: describeTarget(target, team),
  });
  const roles = listRoles(team).map((role): RequirementTarget => ({ kind: "role", role }));
  const people = team.map((member): RequirementTarget => ({ kind: "person", personId: member.id }));
  return {
    everyone: choice({ kind: "everyone" }),
    roles: uniqueChoices([...roles, ...named.filter(({ kind }) => kind === "role")].map(choice)),
    people: uniqueChoices([...people, ...named.filter(({ kind }) => kind === "person")].map(choice)),
  };
}

/** The roles in use, sorted. */
export function listRoles(team: readonly TeamMember[]): string[] {
  return [...new Set(team.flatMap((member) => member.role ?? []))].sort((a, b) => a.localeCompare(b, "en"));
}

function hasRole(team: readonly TeamMember[], role: string): boolean {
  // As the audit compares roles: without regard to case.
  const fold = (text: string) => text.trim().normalize("NFC").toLowerCase();
  return team.some((member) => member.role !== null && fold(member.role) === fold(role));
}

function uniqueChoices(choices: readonly TargetChoice[]): TargetChoice[] {
  return [...new Map(choices.map((choice) => [choice.value, choice])).values()].sort((a, b) =>
    a.label.localeCompare(b.label, "en"),
  );
}

/** A category in one line: how many matchers, and whom it asks for. */
export function summarizeCategory(category: Category, team: readonly TeamMember[]): string {
  const matchers = category.matchers.length === 1 ? "1 matcher" : `${category.matchers.length} matchers`;
  const required = category.requirements
    .filter(({ level }) => level === "required")
    .map(({ target }) => describeTarget(target, team));
  return `${matchers} · ${required.length === 0 ? "nobody required" : required.join(", ")}`;
}
