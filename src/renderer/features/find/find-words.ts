import type { FoundGroup } from "#shared/domain/offboarding.ts";
import { OWN_RIGHT_WORDS } from "#renderer/api/words.ts";

type Right = FoundGroup["ownRight"];

/** From the most one may do to the least. */
export const RIGHTS: readonly Right[] = ["owner", "rename", "admin", "member", "none"];

export const RIGHT_WORDS: Readonly<Record<Right, { readonly short: string; readonly sentence: string }>> = {
  ...OWN_RIGHT_WORDS,
  none: { short: "Not in it", sentence: "Our account is not in this group" },
};

/** What an account of ours could do in a group, as far as that is known. */
export interface Allowed {
  readonly remove: boolean;
  readonly rename: boolean;
  readonly history: boolean;
  /** Why nothing, or not more. */
  readonly words: string;
}

/**
 * What can be said before a plan asks: on Telegram what our rights, and what the group leaves open to every member, allow;
 * Slack does not tell who may remove or rename, so a member of the channel may be able to. The plan decides, group by group.
 */
export function allowedIn(group: FoundGroup): Allowed {
  const { platform, ownRight, isArchived, isGeneral, may } = group;
  const nothing = { remove: false, rename: false, history: false };
  if (isArchived) return { ...nothing, words: "Nothing: archived" };
  if (ownRight === "none") return { ...nothing, words: "Nothing: not in it" };
  if (isGeneral) return { ...nothing, rename: true, words: "Rename; nobody can be removed" };
  if (platform === "slack")
    return { remove: true, rename: true, history: false, words: "As Slack's settings allow" };
  const hasHistory = !isBasic(group);
  const known = [
    ["add", may.add],
    ["remove", may.remove],
    ["rename", may.rename],
    ["history", hasHistory && may.rename],
  ] as const;
  const saying = (what: boolean | null) =>
    known.flatMap(([name, is]) => (is === what ? [name] : [])).join(", ");
  const maybe = saying(null);
  const words = [saying(true), maybe === "" ? "" : `maybe ${maybe}`].filter((part) => part !== "").join("; ");
  return {
    remove: may.remove !== false,
    rename: may.rename !== false,
    history: hasHistory && may.rename !== false,
    words: words === "" ? "Nothing: ask an admin" : `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
  };
}

/** New members of a basic group never see its history: there is nothing to set. */
function isBasic({ groupKey, platform }: FoundGroup): boolean {
  return platform === "telegram" && groupKey.startsWith("telegram:-:-");
}
