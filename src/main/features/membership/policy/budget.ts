import type { Platform } from "#shared/domain/ids.ts";
import type { ChangeBudgets, StepAction } from "#shared/domain/operation.ts";
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from "#shared/lib/time.ts";

/** At most so many changes within any span of this length. */
export interface BudgetWindow {
  readonly changes: number;
  readonly withinMs: number;
}

/** What an account may do of some kinds of change, which are counted together. */
export interface ActionBudget {
  readonly actions: readonly StepAction[];
  readonly windows: readonly BudgetWindow[];
  /** Why a change waits, as a sentence for the operator. */
  readonly because: string;
}

/**
 * The account-safety budget that an action counts against; null where the platform's own published limits are all there
 * is (Slack), and for the history setting, which is no contact with anybody. A new group counts with the renames:
 * Telegram limits both by what they do to a group's list of changes.
 */
export function budgetOf(
  platform: Platform,
  action: StepAction,
  budgets: ChangeBudgets,
): ActionBudget | null {
  if (platform === "slack") return null;
  switch (action) {
    case "add":
      return {
        actions: ["add"],
        windows: [
          { changes: budgets.invitesAnHour, withinMs: HOUR_MS },
          { changes: budgets.invitesADay, withinMs: DAY_MS },
        ],
        because: `To keep the account safe: at most ${budgets.invitesAnHour} people added an hour and ${budgets.invitesADay} a day.`,
      };
    case "remove":
      return {
        actions: ["remove"],
        windows: [{ changes: budgets.removalsAnHour, withinMs: HOUR_MS }],
        because: `To keep the account safe: at most ${budgets.removalsAnHour} people removed an hour.`,
      };
    case "rename":
    case "create":
    case "describe":
      return {
        actions: ["rename", "create", "describe"],
        windows: [{ changes: budgets.renamesInFifteenMinutes, withinMs: 15 * MINUTE_MS }],
        because: `To keep the account safe: at most ${budgets.renamesInFifteenMinutes} groups made, renamed or described in 15 minutes.`,
      };
    case "send":
    case "welcome":
      return {
        actions: ["send", "welcome"],
        windows: [{ changes: budgets.messagesAnHour, withinMs: HOUR_MS }],
        because: `To keep the account safe: at most ${budgets.messagesAnHour} messages an hour.`,
      };
    case "show-history":
    case "hide-history":
      return null;
  }
}

/** How far back changes have to be known for a budget. */
export function budgetReachMs({ windows }: ActionBudget): number {
  return Math.max(...windows.map(({ withinMs }) => withinMs));
}

/**
 * When the next change may be made: `nowMs` when at once. `intents` are the times of earlier ones, oldest first. Times
 * more than a day ahead are of a clock that was wrong, and are left out.
 */
export function nextSlotMs(
  intents: readonly EpochMs[],
  windows: readonly BudgetWindow[],
  nowMs: EpochMs,
): EpochMs {
  const believable = intents.filter((atMs) => atMs <= nowMs + DAY_MS);
  return windows.reduce((latest, { changes, withinMs }) => {
    const within = believable.filter((atMs) => atMs > nowMs - withinMs);
    const blocking = within[within.length - changes];
    return blocking === undefined ? latest : Math.max(latest, blocking + withinMs);
  }, nowMs);
}
