import { nameConnection } from "#shared/domain/connection-name.ts";
import type {
  OperationDetail,
  OperationState,
  OperationStep,
  StepCounts,
  StepState,
} from "#shared/domain/operation.ts";
import { isPlan } from "#shared/domain/operation-phase.ts";
import { table } from "../terminal.ts";
import { formatDuration, formatLimitTime, formatNoun } from "./time-words.ts";

/** So many rows of one kind are printed; `--json` and the operation's files have them all. */
const ROWS = 100;

const UNCONFIRMED: readonly OperationState[] = ["planning", "planned"];

/** What `--json` calls by one word. */
export const OPERATION_STATES: Readonly<Record<OperationState, string>> = {
  planning: "being planned",
  planned: "planned, not confirmed",
  "awaiting-approval": "waits for an approval",
  running: "running",
  waiting: "running, waits for a limit",
  paused: "paused, needs you",
  done: "done",
  partial: "partly done",
  cancelled: "cancelled",
  failed: "failed",
};

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
    `${title}: ${OPERATION_STATES[state]}`,
    `  ${id}`,
    `  ${describeCounts(counts, isOfPlan)}`,
    ...(isOfPlan && counts.planned > 0
      ? [
          ...costs.map(
            ({ label, steps, calls, durationMs, because }) =>
              `  ${label}: ${formatNoun(steps, "change")}, about ${formatNoun(calls, "call")}, ${formatDuration(durationMs)}. ${because}`,
          ),
          `  ends about ${formatLimitTime(nowMs + endsAfterMs(operation), nowMs)} if begun now`,
        ]
      : []),
    ...problems.map(
      ({ failure: why, ...connection }) =>
        `  ${nameConnection(connection)} could not be asked, what is stored counts there: ${why.message} [${why.code}]`,
    ),
    ...describeOverlaps(overlaps),
    ...(failure === null ? [] : [`  ${failure.message} ${failure.todo} [${failure.code}]`]),
    ...(logs === null
      ? []
      : logs.state === "written"
        ? [`  log: ${logs.log}`, `  workbook: ${logs.workbook}`]
        : [`  its log is not written yet${logs.failure === null ? "" : `: ${logs.failure.message}`}`]),
  ];
}

/** Operations that were confirmed and share groups with it, each; plans that only might be, together. */
function describeOverlaps(overlaps: OperationDetail["overlaps"]): string[] {
  const confirmed = overlaps.filter(({ state }) => !UNCONFIRMED.includes(state));
  const plans = overlaps.length - confirmed.length;
  return [
    ...confirmed.map(
      ({ title, id, state, groups }) =>
        `  “${title}” (${id}), ${OPERATION_STATES[state]}, is about ${formatNoun(groups, "group")} of these, too`,
    ),
    ...(plans > 0
      ? [
          `  ${formatNoun(plans, "other plan")}, not confirmed, ${plans === 1 ? "shares" : "share"} groups with it`,
        ]
      : []),
  ];
}

/** Steps as tables, a table for each state; why they are not done stands once above those of whom it is true. */
export function describeSteps(steps: readonly OperationStep[], state: OperationState): string[] {
  const isOfPlan = isPlan(state);
  const shown = (step: OperationStep): StepState =>
    step.state === "planned" && !step.isChosen ? "skipped" : step.state;
  return STATES.flatMap((one) => {
    const own = steps.filter((step) => shown(step) === one);
    if (own.length === 0) return [];
    const listed = own.slice(0, ROWS);
    const more = own.length - listed.length;
    const rows = table(listed.map(rowOf));
    const byReason = Map.groupBy(listed.keys(), (at) => reasonOf(listed[at]));
    return [
      `${WORDS[one][isOfPlan ? "plan" : "run"]} (${own.length}):`,
      ...[...byReason].flatMap(([reason, places]) => [
        ...(reason === "" ? [] : [`  ${reason}`]),
        ...places.map((at) => `${reason === "" ? "  " : "    "}${rows[at] ?? ""}`),
      ]),
      ...(more > 0 ? [`  and ${more} more; --json has them all`] : []),
    ];
  });
}

/** Why a step is not done, and what to do; nothing for one that is, or is still to be. */
function reasonOf(step: OperationStep | undefined): string {
  return step?.failure ? `${step.failure.message} ${step.failure.todo}` : "";
}

function rowOf(step: OperationStep): string[] {
  // A name that fits no group, or several, is of no platform yet.
  const isGroup = step.groupKey !== null || step.action !== "rename";
  const where = step.platform === "slack" && isGroup ? `#${step.groupName}` : step.groupName;
  const stored = step.evidence === "stored" && step.state === "planned" ? "by stored results" : "";
  return [isGroup ? step.platform : "", step.groupName === "" ? "" : where, whatOf(step), stored];
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
