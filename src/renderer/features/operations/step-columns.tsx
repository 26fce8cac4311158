import type { OperationStep } from "#shared/domain/operation.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import type { DataColumn } from "#renderer/ui/data-table.tsx";
import { RowCheckbox } from "#renderer/ui/row-checkbox.tsx";
import { shownState, skippedWords, STEP_WORDS, stepParts, stepWords } from "./operation-words.ts";
import { StepStateMark } from "./step-state-mark.tsx";

interface StepColumnsOptions {
  readonly isPlan: boolean;
  /** Null where nothing is to be chosen any more. */
  readonly onChoose: ((step: OperationStep, isChosen: boolean) => void) | null;
  /** Whether any step shown has something to say there: a column of nothing takes the room of the names. */
  readonly hasWhy: boolean;
  /** Messages are sent to somebody; everything else is done in a group. */
  readonly isMessage: boolean;
  readonly onOpen: (step: OperationStep) => void;
}

/** What the table tells about each step. */
export function stepColumns({
  isPlan,
  onChoose,
  hasWhy,
  isMessage,
  onOpen,
}: StepColumnsOptions): readonly DataColumn<OperationStep>[] {
  const choice: DataColumn<OperationStep> = {
    id: "choice",
    header: "In the plan",
    isHeaderHidden: true,
    width: "2.75rem",
    cell: (step) =>
      onChoose && step.state === "planned" ? (
        <RowCheckbox
          label={`${stepWords(step)} in ${step.groupName}`}
          isChecked={step.isChosen}
          onCheckedChange={(isChosen) => onChoose(step, isChosen)}
        />
      ) : null,
  };
  const why: DataColumn<OperationStep> = {
    id: "why",
    header: "Why, and what to do",
    width: isMessage ? "22%" : "32%",
    sortBy: (step) => step.failure?.message ?? skippedWords(step) ?? "",
    cell: (step) => <Why step={step} isPlan={isPlan} />,
  };
  return [
    ...(onChoose ? [choice] : []),
    {
      id: "group",
      header: isMessage ? "To" : "Group",
      width: hasWhy || isMessage ? "26%" : "38%",
      sortBy: ({ groupName }) => groupName,
      cell: (step) => (
        <span className="flex min-w-0 items-center gap-2">
          <PlatformMark platform={step.platform} />
          <button
            type="button"
            data-step={step.ordinal}
            title={step.groupName}
            onClick={() => onOpen(step)}
            className="w-0 min-w-24 flex-1 truncate rounded-sm text-left hover:underline"
          >
            {step.before !== null && step.action === "rename" ? step.before : step.groupName}
          </button>
        </span>
      ),
    },
    {
      id: "change",
      header: isMessage ? "Message" : "Change",
      width: hasWhy ? (isMessage ? "38%" : "28%") : isMessage ? "56%" : "44%",
      sortBy: stepWords,
      cell: (step) => <Change step={step} />,
    },
    {
      id: "state",
      header: isPlan ? "What will happen" : "Outcome",
      width: "9.5rem",
      sortBy: (step) => STEP_WORDS[shownState(step)][isPlan ? "plan" : "run"],
      cell: (step) => <StepStateMark state={shownState(step)} isPlan={isPlan} />,
    },
    ...(hasWhy ? [why] : []),
  ];
}

/** Cut off at its own end: one that is written from right to left would lose its beginning. */
function Change({ step }: { step: OperationStep }) {
  const { verb, what } = stepParts(step);
  // Messages differ in what they say last.
  if (step.action === "send")
    return <span className="line-clamp-3 min-w-28 py-1 text-xs whitespace-pre-line">{what ?? verb}</span>;
  return (
    <span title={stepWords(step)} className="flex min-w-28 gap-1">
      <span className={what === null ? "w-0 flex-1 truncate" : "shrink-0"}>{verb}</span>
      {what === null ? null : (
        <span className="flex w-0 flex-1">
          <bdi className="truncate">{what}</bdi>
        </span>
      )}
    </span>
  );
}

/** Whether there is something to say about a step besides what becomes of it. */
export function hasReason(step: OperationStep, isPlan: boolean): boolean {
  return (
    step.failure !== null ||
    (isPlan
      ? step.evidence === "stored"
      : skippedWords(step) !== null || (step.state === "done" && step.verifiedAtMs !== null))
  );
}

function Why({ step, isPlan }: { step: OperationStep; isPlan: boolean }) {
  if (step.failure) {
    const words = `${step.failure.message} ${step.failure.todo}`;
    return (
      // As wide as the column, however long the words.
      <span className="block w-0 min-w-full truncate text-fg-muted" title={words}>
        {words}
      </span>
    );
  }
  // A plan's own word for it says as much.
  const skipped = isPlan ? null : skippedWords(step);
  if (skipped !== null) return <span className="text-fg-muted">{skipped}</span>;
  if (isPlan && step.evidence === "stored")
    return <span className="text-fg-muted">As of the last audit</span>;
  if (step.state === "done" && step.verifiedAtMs !== null)
    return <span className="text-fg-muted">Read back and confirmed</span>;
  return null;
}
