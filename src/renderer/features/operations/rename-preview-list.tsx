import { ArrowRight, CircleAlert } from "lucide-react";
import type { RenamePreview } from "#shared/contract/membership.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { formatCount, formatNoun } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { useOperationDraft } from "./operation-draft.ts";
import { useRenamePreview } from "./use-rename-preview.ts";

/** What the rule makes of the names, while it is written. */
export function RenamePreviewList() {
  const shown = useRenamePreview(useOperationDraft());
  const preview = "preview" in shown ? shown.preview : null;
  return (
    <Section
      title="Preview"
      aside={
        preview ? (
          <span role="status" className="tabular">
            {formatNoun(preview.total ?? preview.items.length, "group")}
            {preview.impossible > 0 ? `, ${formatCount(preview.impossible)} not possible` : ""}
          </span>
        ) : null
      }
      isFlush
    >
      {"failure" in shown ? (
        <div className="p-3">
          <ErrorNotice error={shown.failure} />
        </div>
      ) : "missing" in shown ? (
        <p className="p-4 text-sm text-fg-muted">{shown.missing ?? "Trying the rule…"}</p>
      ) : (
        <div aria-busy={shown.isStale}>
          <Names preview={shown.preview} />
          <Rest preview={shown.preview} />
        </div>
      )}
    </Section>
  );
}

function Names({ preview }: { preview: RenamePreview }) {
  if (preview.items.length === 0)
    return <p className="p-4 text-sm text-fg-muted">No name of the chosen groups would change.</p>;
  return (
    <ul
      // Scrolls, so the keyboard has to get there.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="max-h-96 divide-y divide-line overflow-y-auto -outline-offset-2"
      aria-label="New names"
    >
      {preview.items.map(({ groupKey, platform, before, after, problem }) => (
        <li key={groupKey ?? `${before}\n${after}`} className="px-4 py-1.5 text-sm">
          <div className="flex min-w-0 items-center gap-2">
            {platform ? <PlatformMark platform={platform} /> : null}
            <span className="min-w-0 flex-1 truncate text-fg-muted" title={before}>
              {before}
            </span>
            <ArrowRight aria-label="becomes" className="size-3.5 shrink-0 text-fg-faint" />
            <span className="min-w-0 flex-1 truncate font-medium" title={after}>
              {after || "(empty)"}
            </span>
          </div>
          {problem ? (
            <p
              className="mt-0.5 flex items-center gap-1 text-xs text-danger-fg"
              title={`${problem.message} ${problem.todo}`}
            >
              <CircleAlert aria-hidden="true" className="size-3.5 shrink-0" />
              {problem.message}
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** What is not shown, so that nobody takes the list for all of it. */
function Rest({ preview }: { preview: RenamePreview }) {
  const { items, total, notStored } = preview;
  const more = (total ?? items.length) - items.length;
  const words = [
    more > 0 ? `and ${formatCount(more)} more; the plan shows every one.` : null,
    notStored > 0
      ? `${formatNoun(notStored, "chosen group is", "chosen groups are")} not in the last audit; the plan asks for the name.`
      : null,
  ].filter((each) => each !== null);
  return words.length === 0 ? null : (
    <p className="border-t border-line px-4 py-2 text-xs text-fg-muted">{words.join(" ")}</p>
  );
}
