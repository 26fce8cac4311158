import { hasEnded } from "#shared/domain/operation-phase.ts";
import type { OperationState, StepCounts, StepState } from "#shared/domain/operation.ts";
import { cx } from "#renderer/ui/class-names.ts";
import { formatCount } from "#renderer/ui/format.ts";
import { STEP_WORDS } from "./operation-words.ts";

const ALWAYS: readonly StepState[] = ["done", "refused", "failed"];
const ORDER: readonly StepState[] = [
  "done",
  "planned",
  "acting",
  "already-so",
  "refused",
  "failed",
  "unclear",
  "skipped",
];

const TONES: Partial<Record<StepState, string>> = {
  done: "text-ok-fg",
  refused: "text-warn-fg",
  unclear: "text-warn-fg",
  failed: "text-danger-fg",
};

/** The outcomes in numbers. */
export function RunTotals({ counts, state }: { counts: StepCounts; state: OperationState }) {
  const shown = ORDER.filter(
    (name) => counts[name] > 0 || (ALWAYS.includes(name) && (hasEnded(state) || name === "done")),
  );
  return (
    <dl
      aria-label="Outcomes"
      className="flex shrink-0 flex-wrap gap-x-8 gap-y-2 border-b border-line px-5 py-2.5"
    >
      {shown.map((name) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-xs text-fg-muted">{STEP_WORDS[name].run}</dt>
          <dd
            className={cx(
              "tabular text-lg leading-tight font-semibold",
              counts[name] === 0 ? "text-fg-faint" : (TONES[name] ?? "text-fg"),
            )}
          >
            {formatCount(counts[name])}
          </dd>
        </div>
      ))}
    </dl>
  );
}
