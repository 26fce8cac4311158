import { useMemo } from "react";
import { toFailure } from "#renderer/api/to-failure.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { PlatformMark, StartAuditButton } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { Notice } from "#renderer/ui/notice.tsx";
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
  if (known.error !== null)
    return (
      <ErrorNotice error={toFailure(known.error)} action={<Button onClick={known.retry}>Try again</Button>} />
    );
  if (known.groups.length === 0)
    return (
      <Notice tone="info" title="No audit has results yet." action={<StartAuditButton />}>
        Groups, and who is missing from them, are known from an audit. It only reads.
      </Notice>
    );
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
            ? "The last audit knows no customer group there."
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
