import type {
  OperationDetail,
  OperationState,
  OperationStep,
  StepCounts,
  StepState,
} from "#shared/domain/operation.ts";
import { table } from "../terminal.ts";
import { formatDuration, formatLimitTime } from "./time-words.ts";

/** So many rows of one kind are printed; `--json` and the operation's files have them all. */
const ROWS = 100;

const ENDED: readonly OperationState[] = ["done", "partial", "cancelled", "failed"];
const PLANS: readonly OperationState[] = ["planning", "planned", "awaiting-approval"];

/** What the states of a step are called; before the run two of them mean something else. In the order of interest. */
const WORDS: Readonly<Record<StepState, { readonly plan: string; readonly run: string }>> = {
  planned: { plan: "Will change", run: "To do" },
  acting: { plan: "Under way", run: "Under way" },
  done: { plan: "Done", run: "Done" },
  unclear: { plan: "Unclear", run: "Unclear" },
  failed: { plan: "Failed", run: "Failed" },
  refused: { plan: "Cannot be done", run: "Refused" },
  skipped: { plan: "Left out", run: "Not done" },
  "already-so": { plan: "Already so", run: "Already so" },
};
const STATES = Object.keys(WORDS) as StepState[];

export function hasEnded(state: OperationState): boolean {
  return ENDED.includes(state);
}

/** Whether nothing of it was done yet: its steps say what will happen, not what became of them. */
export function isPlan(state: OperationState): boolean {
  return PLANS.includes(state);
}

/** `will change 3, already so 4`, without what there is none of. */
export function describeCounts(counts: StepCounts, isOfPlan: boolean): string {
  const parts = STATES.filter((state) => counts[state] > 0).map(
    (state) => `${WORDS[state][isOfPlan ? "plan" : "run"].toLowerCase()} ${counts[state]}`,
  );
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

/** Connections work side by side, so the slowest one decides. */
export function endsAfterMs({ costs }: Pick<OperationDetail, "costs">): number {
  return Math.max(0, ...costs.map(({ durationMs }) => durationMs));
}

/** What an operation is, how far it is and what it takes, without its steps. */
export function describeOperation(operation: OperationDetail, nowMs: number): string[] {
  const { id, title, state, counts, costs, overlaps, problems, failure, logs } = operation;
  const isOfPlan = isPlan(state);
  return [
    `${title}: ${state}`,
    `  ${id}`,
    `  ${describeCounts(counts, isOfPlan)}`,
    ...(isOfPlan && counts.planned > 0
      ? [
          ...costs.map(
            ({ label, steps, calls, durationMs, because }) =>
              `  ${label}: ${steps} changes, about ${calls} calls, ${formatDuration(durationMs)}. ${because}`,
          ),
          `  ends about ${formatLimitTime(nowMs + endsAfterMs(operation), nowMs)} if begun now`,
        ]
      : []),
    ...problems.map(
      ({ label, failure: why }) =>
        `  ${label} could not be asked, what is stored counts there: ${why.message} [${why.code}]`,
    ),
    ...overlaps.map(
      (other) => `  ${other.groups} of its groups are also part of “${other.title}” (${other.id})`,
    ),
    ...(failure === null ? [] : [`  ${failure.message} ${failure.todo} [${failure.code}]`]),
    ...(logs === null
      ? []
      : logs.state === "written"
        ? [`  log: ${logs.log}`, `  workbook: ${logs.workbook}`]
        : [`  its log is not written yet${logs.failure === null ? "" : `: ${logs.failure.message}`}`]),
  ];
}

/** Steps as tables, a table for each state. */
export function describeSteps(steps: readonly OperationStep[], state: OperationState): string[] {
  const isOfPlan = isPlan(state);
  const shown = (step: OperationStep): StepState =>
    step.state === "planned" && !step.isChosen ? "skipped" : step.state;
  return STATES.flatMap((one) => {
    const own = steps.filter((step) => shown(step) === one);
    if (own.length === 0) return [];
    const rows = own.slice(0, ROWS).map(rowOf);
    const more = own.length - rows.length;
    return [
      `${WORDS[one][isOfPlan ? "plan" : "run"]} (${own.length}):`,
      ...table(rows).map((line) => `  ${line}`),
      ...(more > 0 ? [`  and ${more} more; --json has them all`] : []),
    ];
  });
}

function rowOf(step: OperationStep): string[] {
  const where = step.platform === "slack" ? `#${step.groupName}` : step.groupName;
  const why = step.failure === null ? "" : `${step.failure.message} ${step.failure.todo}`;
  const stored = step.evidence === "stored" && step.state === "planned" ? "by stored results" : "";
  return [step.platform, step.groupName === "" ? "" : where, whatOf(step), why === "" ? stored : why];
}

/** What a step does to its group. */
function whatOf(step: OperationStep): string {
  const who = step.personName ?? "somebody";
  switch (step.action) {
    case "add":
      return `add ${who}`;
    case "remove":
      return `remove ${who}`;
    case "rename":
      return `rename to ${step.after ?? "nothing"}`;
    case "show-history":
      return "show the history to new members";
    case "hide-history":
      return "hide the history from new members";
    case "create":
      return "create the group";
    case "describe":
      return `describe it: ${step.after ?? ""}`;
    case "welcome":
      return "post and pin the welcome";
    case "send":
      return step.personName === null ? "send a message" : `send a message to ${step.personName}`;
  }
}
