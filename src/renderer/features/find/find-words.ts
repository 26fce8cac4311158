import type { FoundGroup } from "#shared/domain/offboarding.ts";
import { OWN_RIGHT_WORDS } from "#renderer/api/words.ts";

type Right = FoundGroup["ownRight"];

/** From the most one may do to the least. */
export const RIGHTS: readonly Right[] = ["owner", "rename", "admin", "member", "none"];

export const RIGHT_WORDS: Readonly<Record<Right, { readonly short: string; readonly sentence: string }>> = {
  ...OWN_RIGHT_WORDS,
  none: { short: "Not in it", sentence: "Our account is not in this group" },
};

/** What an account of ours could do in a group, as far as its right tells. */
export interface Allowed {
  readonly remove: boolean;
  readonly rename: boolean;
  readonly history: boolean;
  /** Why nothing, or not more. */
  readonly words: string;
}

/**
 * What can be said before a plan asks: Slack does not tell who may remove or rename, so a member of the channel may be
 * able to. The plan decides, group by group.
 */
export function allowedIn({ platform, ownRight, isArchived, isGeneral }: FoundGroup): Allowed {
  const nothing = { remove: false, rename: false, history: false };
  if (isArchived) return { ...nothing, words: "Nothing: archived" };
  if (ownRight === "none") return { ...nothing, words: "Nothing: not in it" };
  if (isGeneral) return { ...nothing, rename: true, words: "Rename; nobody can be removed" };
  if (platform === "slack")
    return { remove: true, rename: true, history: false, words: "As Slack's settings allow" };
  if (ownRight === "member") return { ...nothing, words: "Nothing: ask an admin" };
  if (ownRight === "admin") return { ...nothing, remove: true, words: "Remove people" };
  return { remove: true, rename: true, history: true, words: "Remove, rename, history" };
}
