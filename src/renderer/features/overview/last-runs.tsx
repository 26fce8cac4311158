import type { Run } from "#shared/domain/coverage.ts";
import { paths } from "#renderer/api/paths.ts";
import { TRIGGER_WORDS } from "#renderer/api/words.ts";
import { PlatformMark, RunStateBadge } from "#renderer/features/audit/screen.tsx";
import {
  formatCount,
  formatDateTime,
  formatDuration,
  formatNoun,
  formatRelative,
} from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";

/** The newest runs in short. */
export function LastRuns({ runs, nowMs }: { runs: readonly Run[]; nowMs: number }) {
  return (
    <Section title="Last runs" aside={<TextLink to={paths.runs()}>All runs</TextLink>} isFlush>
      {runs.length === 0 ? (
        <p className="p-4 text-sm text-fg-muted">No run yet.</p>
      ) : (
        <ul className="divide-y divide-line">
          {runs.map((run) => (
            <li key={run.id} className="flex min-h-row flex-wrap items-center gap-x-3 px-4 py-1 text-sm">
              <span className="w-24">
                <RunStateBadge state={run.state} />
              </span>
              <span className="w-32" title={formatDateTime(run.startedAtMs)}>
                <TextLink to={paths.run(run.id)}>{formatRelative(run.startedAtMs, nowMs)}</TextLink>
              </span>
              <span className="flex w-38 items-center gap-2">
                {run.platforms.map((platform) => (
                  <PlatformMark key={platform} platform={platform} isNamed />
                ))}
              </span>
              <span className="tabular min-w-40 flex-1 text-fg-muted">
                {run.finishedAtMs === null
                  ? "Not finished"
                  : run.present + run.absent + run.unknown > 0
                    ? `${formatCount(run.absent)} absent in ${formatNoun(run.groups, "group")}`
                    : (run.failure?.message ?? "No result")}
              </span>
              <span className="tabular text-xs text-fg-muted">
                {TRIGGER_WORDS[run.trigger]} · {formatDuration(run.elapsedMs)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
