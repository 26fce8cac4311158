import type { ConnectionId, Platform } from "#shared/domain/ids.ts";
import type { ChangeBudgets, OperationCost, StepAction } from "#shared/domain/operation.ts";
import { type EpochMs, MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";
import { type ActionBudget, type BudgetWindow, budgetOf } from "./budget.ts";
import type { DraftStep } from "./draft-step.ts";

/** The steps of one connection that are to be taken, and what its account did before. */
export interface CostedSteps {
  readonly connectionId: ConnectionId;
  readonly label: string;
  readonly platform: Platform;
  readonly steps: readonly Pick<
    DraftStep,
    "action" | "batch" | "groupKey" | "newGroup" | "userId" | "groupKind"
  >[];
  readonly budgets: ChangeBudgets;
  /** When earlier steps that count against the same budget were begun, oldest first. */
  spent(budget: ActionBudget): readonly EpochMs[];
  readonly nowMs: EpochMs;
}

/** Calls of one method, and how many of it a minute may have. */
interface Lane {
  readonly method: string;
  readonly aMinute: number;
  readonly calls: number;
}

/** Time one answered call takes where no limit holds it back; experience, as in the audit's estimates. */
const CALL_MS = 100;

/** Slack's batches at once. */
const SLACK_AT_ONCE = 4;

/**
 * Calls a minute that Slack grants each method at least ("Rate limits" of each page under docs.slack.dev/reference/methods,
 * checked 2026-11).
 */
const SLACK_A_MINUTE = {
  "conversations.invite": 50,
  "conversations.kick": 50,
  "conversations.rename": 20,
  "conversations.create": 20,
  "conversations.setTopic": 20,
  "conversations.info": 50,
  "conversations.members": 100,
  "users.conversations": 50,
  "chat.postMessage": 100,
  "pins.add": 20,
} as const;

type SlackMethod = keyof typeof SLACK_A_MINUTE;

/** What each step asks of Slack; who is where is read back separately, for all steps together. */
const SLACK_CALLS: Readonly<Record<StepAction, readonly SlackMethod[]>> = {
  add: ["conversations.invite"],
  remove: ["conversations.kick"],
  // Looked at before and after.
  rename: ["conversations.info", "conversations.rename", "conversations.info"],
  create: ["conversations.create"],
  describe: ["conversations.setTopic"],
  welcome: ["chat.postMessage", "pins.add"],
  send: ["chat.postMessage"],
  "show-history": [],
  "hide-history": [],
};

/** Calls of each step on Telegram: the look before, the change, and the look after. */
const TELEGRAM_CALLS: Readonly<Record<StepAction, number>> = {
  add: 3,
  remove: 3,
  rename: 3,
  "show-history": 2,
  "hide-history": 2,
  create: 1,
  describe: 1,
  welcome: 2,
  send: 1,
};

/** Telegram is asked about one thing a second in the long run, thirty at once (users report, checked 2026-11). */
const TELEGRAM_A_MINUTE = 60;
const TELEGRAM_WINDOW_MS = 30 * SECOND_MS;
const TELEGRAM_AT_ONCE = (TELEGRAM_A_MINUTE * TELEGRAM_WINDOW_MS) / MINUTE_MS;

/** What the steps take under the known limits, with the limit that decides. No steps take nothing. */
export function estimateCost(costed: CostedSteps): OperationCost {
  const { connectionId, label, steps } = costed;
  const { calls, durationMs, because } =
    costed.platform === "slack" ? slackCost(steps) : telegramCost(costed);
  return { connectionId, label, steps: steps.length, calls, durationMs: Math.round(durationMs), because };
}

type Estimate = Pick<OperationCost, "calls" | "durationMs" | "because">;

function slackCost(steps: CostedSteps["steps"]): Estimate {
  const lanes = new Map<SlackMethod, number>();
  const count = (method: SlackMethod, calls = 1) => lanes.set(method, (lanes.get(method) ?? 0) + calls);
  const batches = new Map(steps.map((step) => [step.batch, step]));
  for (const { action } of batches.values()) for (const method of SLACK_CALLS[action]) count(method);
  // Who is in before is looked at once, the cheaper way; nobody is in a channel that is yet to be made.
  for (const each of ["add", "remove"] as const) {
    const moved = steps.filter(({ action, newGroup }) => action === each && newGroup === null);
    const [movedPeople, movedGroups] = [countPeople(moved), countGroups(moved)];
    if (movedPeople < movedGroups) count("users.conversations", movedPeople);
    else if (movedGroups > 0) count("conversations.members", movedGroups);
  }
  const people = steps.filter(({ action }) => action === "add" || action === "remove");
  const groups = countGroups(people);
  // Read back by everything one person is in, or by the members of each channel.
  if (countPeople(people) === 1 && groups > 1) count("users.conversations");
  else if (groups > 0) count("conversations.members", groups);
  return slowest([...lanes].map(([method, calls]) => ({ method, calls, aMinute: SLACK_A_MINUTE[method] })));
}

function countPeople(steps: CostedSteps["steps"]): number {
  return new Set(steps.map(({ userId }) => userId)).size;
}

function countGroups(steps: CostedSteps["steps"]): number {
  return new Set(steps.map(({ groupKey, newGroup }) => groupKey ?? newGroup)).size;
}

function slowest(lanes: readonly Lane[]): Estimate {
  const calls = lanes.reduce((sum, lane) => sum + lane.calls, 0);
  const [first] = lanes.toSorted((left, right) => right.calls / right.aMinute - left.calls / left.aMinute);
  if (first === undefined) return { calls, durationMs: 0, because: "There is nothing to do." };
  const { method, aMinute } = first;
  const limit = `Slack allows ${aMinute} ${method} calls a minute, and it takes ${first.calls}.`;
  return {
    calls,
    durationMs:
      timeOfCalls(first.calls, aMinute, MINUTE_MS) + ((calls - first.calls) * CALL_MS) / SLACK_AT_ONCE,
    because: first.calls > aMinute ? limit : `No limit holds it up: ${limit}`,
  };
}

function telegramCost({ platform, steps, budgets, spent, nowMs }: CostedSteps): Estimate {
  const calls = steps.reduce((sum, { action }) => sum + TELEGRAM_CALLS[action], 0);
  const paceMs = timeOfCalls(calls, TELEGRAM_A_MINUTE, TELEGRAM_WINDOW_MS);
  const kinds = new Map<string, { readonly budget: ActionBudget; count: number }>();
  for (const { action } of steps) {
    const budget = budgetOf(platform, action, budgets);
    if (budget === null) continue;
    const key = budget.actions.join();
    const kind = kinds.get(key) ?? { budget, count: 0 };
    kind.count++;
    kinds.set(key, kind);
  }
  const [longest] = [...kinds.values()]
    .map(({ budget, count }) => ({
      because: budget.because,
      durationMs: lastSlotMs(count, spent(budget), budget.windows, nowMs) - nowMs,
    }))
    .toSorted((left, right) => right.durationMs - left.durationMs);
  if (longest !== undefined && longest.durationMs > paceMs)
    return { calls, durationMs: longest.durationMs + CALL_MS, because: longest.because };
  if (steps.length === 0) return { calls, durationMs: 0, because: "There is nothing to do." };
  const because =
    calls > TELEGRAM_AT_ONCE
      ? "Telegram is asked for about one thing a second."
      : `No limit holds it up: Telegram answers ${TELEGRAM_AT_ONCE} calls at once, and about one a second after that.`;
  return { calls, durationMs: paceMs, because };
}

/** What a connection has left of an operation. */
export interface Left {
  readonly steps: number;
  /** Until its account's budget lets the last change begin; 0 where none holds it up. */
  readonly budgetMs: number;
}

/**
 * How long the rest takes by the plan: the slowest connection decides, each by its budget where that holds it up, and
 * otherwise by what was expected of it, in proportion to what it has left.
 */
export function expectedLeftMs(
  costs: readonly Pick<OperationCost, "connectionId" | "steps" | "durationMs">[],
  left: ReadonlyMap<ConnectionId, Left>,
): number {
  const each = costs.map(({ connectionId, steps, durationMs }) => {
    const own = left.get(connectionId);
    if (own === undefined) return 0;
    return own.budgetMs > 0 ? own.budgetMs : durationMs * Math.min(1, own.steps / Math.max(1, steps));
  });
  return Math.max(0, ...each, ...[...left.values()].map(({ budgetMs }) => budgetMs));
}

/**
 * When the last of so many changes begins, if each begins as soon as every window allows. `intents` are those of earlier
 * ones, oldest first.
 */
export function lastSlotMs(
  count: number,
  intents: readonly EpochMs[],
  windows: readonly BudgetWindow[],
  nowMs: EpochMs,
): EpochMs {
  const slots = [...intents];
  let atMs = nowMs;
  for (let change = 0; change < count; change++) {
    for (const { changes, withinMs } of windows) {
      const blocking = slots[slots.length - changes];
      if (blocking !== undefined) atMs = Math.max(atMs, blocking + withinMs);
    }
    slots.push(atMs);
  }
  return atMs;
}

/** What a window allows goes at once; every further lot waits for the window to pass. */
function timeOfCalls(calls: number, aMinute: number, windowMs: number): number {
  if (calls === 0) return 0;
  const aWindow = Math.max(1, Math.floor((aMinute * windowMs) / MINUTE_MS));
  const fullWindows = Math.floor((calls - 1) / aWindow);
  return fullWindows * windowMs + ((calls - fullWindows * aWindow) * CALL_MS) / SLACK_AT_ONCE;
}
