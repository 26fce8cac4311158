import type { RunGroup } from "#shared/domain/coverage.ts";
import type { OperationDraft } from "./operation-draft.ts";

type Choice = Pick<OperationDraft, "groupsBy" | "groupKeys" | "categoryIds" | "listKeys" | "platforms">;

/** Those of the known groups that a draft is about, in their order. */
export function chosenGroups(draft: Choice, groups: readonly RunGroup[]): RunGroup[] {
  const keys = new Set<string>(draft.groupsBy === "list" ? draft.listKeys : draft.groupKeys);
  return groups.filter(({ key, platform, categoryId }) => {
    if (!draft.platforms.includes(platform)) return false;
    if (draft.groupsBy === "all") return true;
    if (draft.groupsBy === "category") return categoryId !== null && draft.categoryIds.includes(categoryId);
    return keys.has(key);
  });
}
