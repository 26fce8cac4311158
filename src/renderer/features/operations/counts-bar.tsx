import { isPlan } from "#shared/domain/operation-phase.ts";
import type { OperationState, StepCounts } from "#shared/domain/operation.ts";
import { formatCount } from "#renderer/ui/format.ts";
import { type BarPart, StackedBar } from "#renderer/ui/stacked-bar.tsx";

/** The steps of an operation by what became of them, as a small bar with the numbers that matter. */
export function CountsBar({
  label,
  counts,
  state,
}: {
  label: string;
  counts: StepCounts;
  state: OperationState;
}) {
  const words = countWords(counts, state);
  const parts: BarPart[] = [
    { tone: "ok", count: counts.done, name: "done" },
    { tone: "excused", count: counts["already-so"], name: "already so" },
    { tone: "danger", count: counts.failed, name: "failed" },
    { tone: "unsure", count: counts.refused + counts.unclear, name: "refused or unclear" },
  ];
  return (
    <span className="flex w-full items-center gap-2.5">
      <span className="w-16 shrink-0">
        <StackedBar label={label} parts={parts} rest={counts.planned + counts.acting + counts.skipped} />
      </span>
      <span title={words} className="tabular w-0 min-w-32 flex-1 truncate text-xs text-fg-muted">
        {words}
      </span>
    </span>
  );
}

/** The counts in words, leaving out what there is none of. */
export function countWords(counts: StepCounts, state: OperationState): string {
  const planned = isPlan(state);
  const parts: [number, string][] = [
    [counts.planned, planned ? "to change" : "to do"],
    [counts.acting, "under way"],
    [counts.done, "done"],
    [counts["already-so"], "already so"],
    [counts.refused, planned ? "not possible" : "refused"],
    [counts.failed, "failed"],
    [counts.unclear, "unclear"],
    [counts.skipped, planned ? "left out" : "not done"],
  ];
  const shown = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  return shown.length > 0 ? shown.join(", ") : "Nothing yet";
}
