import type { RunGroup } from "#shared/domain/coverage.ts";
import type { Platform } from "#shared/domain/ids.ts";
import type { OperationDraft } from "./operation-draft.ts";

type Choice = Pick<
  OperationDraft,
  "kind" | "groupsBy" | "groupKeys" | "categoryIds" | "listKeys" | "platforms"
>;

/** Those of the known groups that a draft is about, in their order. */
export function chosenGroups(draft: Choice, groups: readonly RunGroup[]): RunGroup[] {
  const keys = new Set<string>(draft.groupsBy === "list" ? draft.listKeys : draft.groupKeys);
  const platforms = platformsOf(draft);
  return groups.filter(({ key, platform, categoryId }) => {
    if (!platforms.includes(platform)) return false;
    if (draft.groupsBy === "all") return true;
    if (draft.groupsBy === "category") return categoryId !== null && draft.categoryIds.includes(categoryId);
    return keys.has(key);
  });
}

const TELEGRAM_ONLY: readonly Platform[] = ["telegram"];

/** Where a draft works: the history that new members see is a matter of Telegram alone. */
export function platformsOf({
  kind,
  platforms,
}: Pick<OperationDraft, "kind" | "platforms">): readonly Platform[] {
  return kind === "history" ? TELEGRAM_ONLY : platforms;
}
