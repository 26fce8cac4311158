import type { RunGroup } from "#shared/domain/coverage.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Group, OwnRight, TelegramGroupKind } from "#shared/domain/group.ts";
import type { CategoryId, GroupKey } from "#shared/domain/ids.ts";
import type { Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { compileNameCheck } from "./deprecated-names.ts";
import { requiresFullTeam } from "./requirements.ts";

/** A group as it was stored. */
export interface StoredGroup extends Omit<Group, "telegram"> {
  readonly kind: TelegramGroupKind | null;
  readonly ownRight: OwnRight | null;
  readonly historyHidden: boolean | null;
  readonly categoryId: CategoryId | null;
  readonly unreadable: Failure | null;
}

/**
 * Compiles the run's own team and rules once, and adds to each stored group what they say about it. `migrations` name,
 * by a group's key, the one it had before.
 */
export function compileJudgement(
  team: readonly TeamMember[],
  rules: Rules,
  migrations: ReadonlyMap<GroupKey, GroupKey>,
): (stored: StoredGroup) => RunGroup {
  const checkName = compileNameCheck(rules.deprecatedTerms);
  const categories = new Map(
    rules.categories.map((category) => [
      category.id,
      { category, fullTeam: requiresFullTeam(category, team) },
    ]),
  );
  return (stored) => {
    const known = stored.categoryId === null ? undefined : categories.get(stored.categoryId);
    const verdict = checkName(stored.name, stored.platform);
    return {
      key: stored.key,
      platform: stored.platform,
      workspaceId: stored.workspaceId,
      groupId: stored.groupId,
      name: stored.name,
      privacy: stored.privacy,
      isArchived: stored.isArchived,
      isShared: stored.isShared,
      memberCount: stored.memberCount,
      categoryId: stored.categoryId,
      categoryName: known?.category.name ?? null,
      requiresFullTeam: known?.fullTeam ?? false,
      telegram:
        stored.kind === null || stored.ownRight === null
          ? null
          : { kind: stored.kind, ownRight: stored.ownRight, isHistoryHidden: stored.historyHidden },
      migratedFrom: migrations.get(stored.key) ?? null,
      expectPrivate: known?.category.expectPrivate ?? false,
      expectHistoryVisible: known?.category.expectHistoryVisible ?? false,
      expectAdminRight: known?.category.expectAdminRight ?? false,
      deprecatedTerms: [...verdict.terms],
      suggestedName: verdict.suggestedName,
      unreadable: stored.unreadable,
    };
  };
}
