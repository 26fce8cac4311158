import { formatCount } from "#renderer/ui/format.ts";
import type { ImportPreview } from "#shared/contract/team.ts";

/** What an import would do, in numbers. */
export function ImportSummary({ summary }: { summary: NonNullable<ImportPreview["summary"]> }) {
  const figures = [
    { label: "Members added", count: summary.membersAdded, tone: "text-ok-fg" },
    { label: "Members changed", count: summary.membersChanged, tone: "text-fg" },
    { label: "Members removed", count: summary.membersRemoved, tone: "text-danger-fg" },
    { label: "Categories afterwards", count: summary.categories, tone: "text-fg" },
    { label: "Deprecated terms afterwards", count: summary.deprecatedTerms, tone: "text-fg" },
  ];
  return (
    <dl className="overflow-hidden rounded-md border border-line text-sm">
      {figures.map(({ label, count, tone }) => (
        <div
          key={label}
          className="flex justify-between gap-4 border-t border-line px-3 py-1.5 first:border-t-0"
        >
          <dt className={count === 0 ? "text-fg-muted" : ""}>{label}</dt>
          <dd className={`tabular font-medium ${count === 0 ? "text-fg-muted" : tone}`}>
            {formatCount(count)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
