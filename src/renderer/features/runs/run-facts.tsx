import type { Run } from "#shared/domain/coverage.ts";
import { STRATEGY_WORDS, TRIGGER_WORDS } from "#renderer/api/words.ts";
import { howAsked, platformNames } from "#renderer/features/audit/screen.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { formatCount, formatDateTime, formatDuration } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";

/** How a run was made, and what it cost. */
export function RunFacts({ run }: { run: Run }) {
  const strategy = run.strategy ? STRATEGY_WORDS[run.strategy] : null;
  return (
    <Section title="How it was asked">
      <Facts
        entries={[
          ["Platform", platformNames(run)],
          [
            "Strategy",
            strategy
              ? `${strategy.name}: ${strategy.explanation.toLowerCase()}`
              : (howAsked(run) ?? "Not decided"),
          ],
          ["Calls", formatCount(run.calls)],
          ["Took", formatDuration(run.elapsedMs)],
          [
            "Waited",
            run.waitedMs > 0 ? `${formatDuration(run.waitedMs)} of it, for rate limits` : "Not at all",
          ],
          [
            "Started",
            `${formatDateTime(run.startedAtMs)}, from the ${TRIGGER_WORDS[run.trigger].toLowerCase()}`,
          ],
          ["Finished", run.finishedAtMs === null ? "Not yet" : formatDateTime(run.finishedAtMs)],
          ["World", run.isSandbox ? "Sandbox: simulated data" : null],
          [
            "Id",
            <code key="id" className="font-mono text-xs">
              {run.id}
            </code>,
          ],
        ]}
      />
    </Section>
  );
}
