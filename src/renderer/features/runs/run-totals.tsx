import type { Run } from "#shared/domain/coverage.ts";
import { cx } from "#renderer/ui/class-names.ts";
import { formatCount } from "#renderer/ui/format.ts";
import { StackedBar } from "#renderer/ui/stacked-bar.tsx";

/** What a run found, in numbers. They count results, before exclusions. */
export function RunTotals({ run }: { run: Run }) {
  const figures = [
    { name: "Groups", value: run.groups, tone: "text-fg" },
    { name: "People", value: run.people, tone: "text-fg" },
    { name: "Present", value: run.present, tone: "text-ok-fg" },
    { name: "Absent", value: run.absent, tone: "text-danger-fg" },
    { name: "Unknown", value: run.unknown, tone: "text-warn-fg" },
  ];
  return (
    <section
      aria-label="Totals"
      className="space-y-3 rounded-lg border border-line bg-raised p-4 shadow-panel"
    >
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        {figures.map(({ name, value, tone }) => (
          <div key={name} className="flex min-w-16 flex-col-reverse">
            <dd className={cx("tabular text-xl font-semibold", value === 0 ? "text-fg-faint" : tone)}>
              {formatCount(value)}
            </dd>
            <dt className="text-sm text-fg-muted">{name}</dt>
          </div>
        ))}
      </dl>
      {run.present + run.absent + run.unknown > 0 ? (
        <StackedBar
          label="Results"
          parts={[
            { tone: "ok", count: run.present, name: "present" },
            { tone: "danger", count: run.absent, name: "absent" },
            { tone: "unsure", count: run.unknown, name: "unknown" },
          ]}
        />
      ) : null}
    </section>
  );
}
