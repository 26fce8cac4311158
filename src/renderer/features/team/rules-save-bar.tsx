import type { ShownFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorNotice } from "#renderer/ui/error-notice.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { KeyboardHint } from "#renderer/ui/keyboard-hint.tsx";
import { useShortcut } from "#renderer/ui/use-shortcut.ts";
import type { RulesProblem } from "./rules-problems.ts";

interface RulesSaveBarProps {
  readonly isSaving: boolean;
  readonly failure: ShownFailure | null;
  /** What stands against saving, once it was tried. */
  readonly problems: readonly RulesProblem[];
  readonly onSave: () => void;
  readonly onShowProblem: (problem: RulesProblem) => void;
  readonly onDiscard: () => void;
}

/** Says that something is not saved yet, on every tab, with the way to keep it or not. */
export function RulesSaveBar(props: RulesSaveBarProps) {
  const { isSaving, failure, problems, onSave, onShowProblem, onDiscard } = props;
  useShortcut("mod+s", onSave);
  const [first] = problems;
  return (
    <div
      role="region"
      aria-label="Unsaved changes"
      className="shrink-0 space-y-2 border-t border-line bg-raised px-5 py-2.5 shadow-overlay"
    >
      {failure && <ErrorNotice error={failure} />}
      <div className="flex flex-wrap items-center gap-2">
        <div role="status" className="min-w-48 flex-1 text-sm">
          {first ? (
            <span className="text-danger-fg">
              {formatNoun(problems.length, "problem")} to put right before saving.
            </span>
          ) : (
            <span className="text-fg-muted">The rules have unsaved changes. Audits use the saved ones.</span>
          )}
        </div>
        {first && <Button onClick={() => onShowProblem(first)}>Show the first</Button>}
        <Button variant="ghost" disabled={isSaving} onClick={onDiscard}>
          Discard
        </Button>
        <Button variant="primary" isBusy={isSaving} onClick={onSave}>
          Save rules
          <KeyboardHint keys="mod+S" />
        </Button>
      </div>
    </div>
  );
}
