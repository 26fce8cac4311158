import { useMemo } from "react";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { PickList } from "#renderer/ui/pick-list.tsx";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { platformsOf } from "./chosen-groups.ts";
import { GroupLineList } from "./group-line-list.tsx";
import type { KnownGroups } from "./use-known-groups.ts";
import { changeDraft, useOperationDraft } from "./operation-draft.ts";

const WAYS = [
  { value: "all", label: "All customer groups" },
  { value: "category", label: "By category" },
  { value: "key", label: "Chosen groups" },
  { value: "list", label: "From a list" },
] as const;

/** Which groups an operation is about. */
export function GroupsChoiceFields({ known }: { known: KnownGroups }) {
  const draft = useOperationDraft();
  const { groupsBy, groupKeys, categoryIds } = draft;
  const platforms = platformsOf(draft);
  const fitting = useMemo(
    () => known.groups.filter(({ platform }) => platforms.includes(platform)),
    [known.groups, platforms],
  );
  const options = useMemo(
    () =>
      fitting.map((group) => ({
        value: group.key,
        label: group.name,
        detail: `${group.categoryName ?? "No category"} · ${PLATFORM_WORDS[group.platform]}`,
        icon: <PlatformMark platform={group.platform} />,
      })),
    [fitting],
  );
  const categories = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { categoryId } of fitting)
      if (categoryId) counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
    return known.categories.map(({ id, name }) => ({
      value: id,
      label: name,
      detail: formatNoun(counts.get(id) ?? 0, "group"),
    }));
  }, [fitting, known.categories]);
  if (known.isLoading) return <SkeletonRows label="Loading the groups" rows={3} />;
  return (
    <div className="space-y-3">
      <RadioGroup
        label="Groups"
        value={groupsBy}
        onValueChange={(value) => changeDraft({ groupsBy: value })}
        options={WAYS}
      />
      {groupsBy === "all" ? (
        <p className="text-sm text-fg-muted">
          {fitting.length === 0
            ? "No audit has results yet, so no customer group is known."
            : `${formatNoun(fitting.length, "customer group")}, as of the last audit.`}
        </p>
      ) : null}
      {groupsBy === "category" ? (
        <PickList
          label="Categories"
          searchLabel="Search categories"
          options={categories}
          chosen={categoryIds}
          onChange={(chosen) => changeDraft({ categoryIds: chosen })}
        />
      ) : null}
      {groupsBy === "key" ? (
        <PickList
          label="Groups to choose from"
          searchLabel="Search groups"
          options={options}
          chosen={groupKeys}
          onChange={(chosen) => changeDraft({ groupKeys: chosen })}
        />
      ) : null}
      {groupsBy === "list" ? <GroupLineList groups={known.groups} /> : null}
    </div>
  );
}
