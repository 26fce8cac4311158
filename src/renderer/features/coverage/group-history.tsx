import type { GroupPage } from "#shared/contract/coverage.ts";
import { paths } from "#renderer/api/paths.ts";
import { formatCount, formatDateTime } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { StackedBar } from "#renderer/ui/stacked-bar.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";

/** What earlier runs found in a group, newest first, and what it was called then. */
export function GroupHistory({ history }: { history: GroupPage["history"] }) {
  return (
    <Section title="History" aside={<span className="text-xs text-fg-muted">Newest first</span>} isFlush>
      <ol className="divide-y divide-line">
        {history.map((entry, at) => {
          const older = history[at + 1];
          return (
            <li key={entry.runId} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
              <span className="w-44 shrink-0">
                <TextLink to={paths.run(entry.runId)}>{formatDateTime(entry.atMs)}</TextLink>
              </span>
              <span className="w-32 shrink-0">
                <StackedBar
                  label={`Results of ${formatDateTime(entry.atMs)}`}
                  parts={[
                    { tone: "ok", count: entry.present, name: "present" },
                    { tone: "danger", count: entry.absent, name: "absent" },
                    { tone: "unsure", count: entry.unknown, name: "unknown" },
                  ]}
                />
              </span>
              <span className="tabular text-xs text-fg-muted">
                {formatCount(entry.present)} present, {formatCount(entry.absent)} absent,{" "}
                {formatCount(entry.unknown)} unknown
                {entry.memberCount === null ? "" : `, ${formatCount(entry.memberCount)} members`}
              </span>
              {older && older.name !== entry.name ? (
                <span className="basis-full text-xs text-fg-muted">Renamed; before: {older.name}</span>
              ) : null}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
