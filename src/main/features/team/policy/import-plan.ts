import type { ImportPreview, TeamAndRules } from "#shared/contract/team.ts";
import type { Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import type { LegacyGroups } from "./legacy-groups.ts";
import { mergeLegacyGroups } from "./legacy-groups.ts";
import { tidyMember } from "./member.ts";
import { forgetStrangers } from "./rules.ts";

/** What a file asks for. A part that it does not hold stays as it is. */
export type ImportContent =
  | ({ readonly shape: "team-and-rules"; readonly team?: readonly TeamMember[] } & Partial<Rules>)
  | { readonly shape: "legacy-categories"; readonly groups: LegacyGroups };

export interface ImportPlan extends TeamAndRules {
  readonly summary: NonNullable<ImportPreview["summary"]>;
}

/**
 * Team and rules as they would be after the import. What platforms said about accounts that stay is kept, and so are
 * members whom the file describes as they are.
 */
export function planImport(current: TeamAndRules, content: ImportContent): ImportPlan {
  const before = new Map(current.team.map((member) => [member.id, member]));
  const imported = content.shape === "team-and-rules" ? content.team : undefined;
  const team = imported?.map((member) => keepIfSame(member, before.get(member.id))) ?? current.team;
  const rules = planRules(current.rules, content);
  const kept = new Set(team.map(({ id }) => id));
  return {
    team,
    rules: forgetStrangers(rules, team),
    summary: {
      membersAdded: team.filter(({ id }) => !before.has(id)).length,
      membersChanged: team.filter((member) => before.has(member.id) && before.get(member.id) !== member)
        .length,
      membersRemoved: current.team.filter(({ id }) => !kept.has(id)).length,
      categories: rules.categories.length,
      deprecatedTerms: rules.deprecatedTerms.length,
    },
  };
}

function planRules(current: Rules, content: ImportContent): Rules {
  if (content.shape === "legacy-categories") {
    return { ...current, categories: mergeLegacyGroups(current.categories, content.groups) };
  }
  const scope = content.telegramScope ?? current.telegramScope;
  return {
    customerGroups: content.customerGroups ?? current.customerGroups,
    categories: content.categories ?? current.categories,
    deprecatedTerms: content.deprecatedTerms ?? current.deprecatedTerms,
    ...(scope && { telegramScope: scope }),
  };
}

function keepIfSame(imported: TeamMember, before: TeamMember | undefined): TeamMember {
  const member = tidyMember(imported, before ?? null);
  return before && fingerprint(member) === fingerprint(before) ? before : member;
}

/** The order of identities means nothing. */
function fingerprint(member: TeamMember): string {
  const identities = member.identities.map((identity) => JSON.stringify(identity)).sort();
  return JSON.stringify([member.id, member.name, member.role, member.status, member.email, identities]);
}
