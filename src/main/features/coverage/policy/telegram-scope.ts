import type { PersonId } from "#shared/domain/ids.ts";
import type { Rules, TelegramScope } from "#shared/domain/rules.ts";
import type { GroupRules, NamedGroup } from "./group-rules.ts";

/** Where the groups of a Telegram audit are taken from. */
export type ListingPlan =
  /** The account's own list of chats. */
  | { readonly from: "own-list" }
  /** What the account shares with these accounts of one person; none when the person has none recorded. */
  | { readonly from: "person"; readonly userIds: readonly string[] }
  | { readonly from: "folder"; readonly title: string };

const DEFAULT: TelegramScope = { kind: "shared-with", personId: null };

/** The rules' scope; rules from before there was one mean the account's own groups. */
export function telegramScopeOf(rules: Pick<Rules, "telegramScope">): TelegramScope {
  return rules.telegramScope ?? DEFAULT;
}

/** Decides where to list from. A person whose account is the connection's own shares all of its groups. */
export function planListing(
  scope: TelegramScope,
  accountIds: ReadonlyMap<PersonId, readonly string[]>,
  ownerUserId: string,
): ListingPlan {
  switch (scope.kind) {
    case "shared-with": {
      if (scope.personId === null) return { from: "own-list" };
      const userIds = accountIds.get(scope.personId) ?? [];
      return userIds.includes(ownerUserId) ? { from: "own-list" } : { from: "person", userIds };
    }
    case "folder":
      return { from: "folder", title: scope.title };
    case "pattern":
    case "all":
      return { from: "own-list" };
  }
}

/**
 * Whether a listed group counts. What was chosen group by group (a folder) or whole (`all`) needs no customer's name,
 * but the names that are never customers' stay out.
 */
export function countsInScope(scope: TelegramScope, rules: GroupRules, group: NamedGroup): boolean {
  switch (scope.kind) {
    case "shared-with":
    case "pattern":
      return rules.isCustomerGroup(group);
    case "folder":
    case "all":
      return !rules.isExcluded(group);
  }
}
