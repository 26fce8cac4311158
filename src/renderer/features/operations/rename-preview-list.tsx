import { ArrowRight, CircleAlert } from "lucide-react";
import { useMemo } from "react";
import type { RunGroup } from "#shared/domain/coverage.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import { formatCount, formatNoun } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { useSettled } from "#renderer/ui/use-settled.ts";
import { chosenGroups } from "./chosen-groups.ts";
import { useOperationDraft } from "./operation-draft.ts";
import { useRenamePreview } from "./use-rename-preview.ts";

/** Enough to see what a rule does; the plan shows every one. */
const SHOWN = 100;
const REST_MS = 150;

/** What the rule makes of the names, while it is written. */
export function RenamePreviewList({ groups }: { groups: readonly RunGroup[] }) {
  const draft = useSettled(useOperationDraft(), REST_MS);
  const chosen = useMemo(() => chosenGroups(draft, groups), [draft, groups]);
  const preview = useRenamePreview(draft, chosen);
  const renamed = "problem" in preview ? [] : preview.renamed;
  const wrong = renamed.filter(({ problem }) => problem !== null).length;
  return (
    <Section
      title="Preview"
      aside={
        "problem" in preview ? null : (
          <span role="status" className="tabular">
            {formatNoun(renamed.length, "group")}
            {wrong > 0 ? `, ${formatCount(wrong)} not possible` : ""}
          </span>
        )
      }
      isFlush
    >
      {"problem" in preview ? (
        <p className="p-4 text-sm text-fg-muted">{preview.problem}</p>
      ) : renamed.length === 0 ? (
        <p className="p-4 text-sm text-fg-muted">No name of the chosen groups would change.</p>
      ) : (
        <ul
          // Scrolls, so the keyboard has to get there.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          className="max-h-96 divide-y divide-line overflow-y-auto -outline-offset-2"
          aria-label="New names"
        >
          {renamed
            .toSorted((a, b) => Number(b.problem !== null) - Number(a.problem !== null))
            .slice(0, SHOWN)
            .map(({ key, platform, before, after, problem }) => (
              <li key={key} className="px-4 py-1.5 text-sm">
                <div className="flex min-w-0 items-center gap-2">
                  <PlatformMark platform={platform} />
                  <span className="min-w-0 flex-1 truncate text-fg-muted" title={before}>
                    {before}
                  </span>
                  <ArrowRight aria-label="becomes" className="size-3.5 shrink-0 text-fg-faint" />
                  <span className="min-w-0 flex-1 truncate font-medium" title={after}>
                    {after || "(empty)"}
                  </span>
                </div>
                {problem ? (
                  <p className="mt-0.5 flex items-center gap-1 text-xs text-danger-fg">
                    <CircleAlert aria-hidden="true" className="size-3.5 shrink-0" />
                    {problem}
                  </p>
                ) : null}
              </li>
            ))}
        </ul>
      )}
      {renamed.length > SHOWN ? (
        <p className="border-t border-line px-4 py-2 text-xs text-fg-muted">
          and {formatCount(renamed.length - SHOWN)} more; the plan shows every one.
        </p>
      ) : null}
    </Section>
  );
}
