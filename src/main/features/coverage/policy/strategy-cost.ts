import type { Strategy, StrategyChoice, StrategyCost } from "#shared/domain/coverage.ts";

/** How often one kind of call may be made, and how much one call brings. */
export interface CallAllowance {
  readonly perMinute: number;
  /** The stretch of time in which a burst may use its share of them; a minute when left out. */
  readonly windowMs?: number;
  readonly pageSize: number;
}

/** The kinds of call an audit makes, each limited by itself. */
export type CallKind = "list-groups" | "groups-of-person" | "members-of-group";
export type CallAllowances = Readonly<Record<CallKind, CallAllowance>>;

/** What is known, or guessed, of one connection before its groups are read. */
export interface AuditSize {
  /** Every group the connection can list, not only customers' groups; null before the first listing. */
  readonly listedGroups: number | null;
  /**
   * Members of each customer group in which somebody is asked for, null where unknown; null before the first listing.
   */
  readonly groupSizes: readonly (number | null)[] | null;
  /** Distinct accounts to ask about. */
  readonly accounts: number;
  /** Groups whose rosters an inverse audit has to read because no person's listing can speak for them. */
  readonly unprovableGroupSizes: readonly (number | null)[];
}

/** Customer groups assumed before anything was listed: an ordinary book of customers. */
const GUESSED_GROUPS = 100;

/** Time one answered call takes where no limit holds it back, measured against nothing better than experience. */
const CALL_MS = 100;

const MINUTE_MS = 60_000;

/** Costs of both strategies, inverse first. Calls are exact when the sizes are; otherwise they are an estimate. */
export function estimateCosts(size: AuditSize, allowances: CallAllowances): StrategyCost[] {
  const listing = pages(size.listedGroups ?? 0, allowances["list-groups"].pageSize);
  const rosterPages = (sizes: readonly (number | null)[]) =>
    sizes.reduce(
      (sum: number, members) => sum + pages(members ?? 1, allowances["members-of-group"].pageSize),
      0,
    );
  const guessed = Array.from({ length: GUESSED_GROUPS }, () => null);
  return [
    costOf("inverse", allowances, {
      "list-groups": listing,
      "groups-of-person": size.accounts,
      "members-of-group": rosterPages(size.unprovableGroupSizes),
    }),
    costOf("roster", allowances, {
      "list-groups": listing,
      "groups-of-person": 0,
      "members-of-group": rosterPages(size.groupSizes ?? guessed),
    }),
  ];
}

/** The strategy to use: the one asked for, or the faster one; with equal times the one with fewer calls. */
export function chooseStrategy(choice: StrategyChoice, costs: readonly StrategyCost[]): Strategy {
  if (choice !== "auto") return choice;
  const best = costs.toSorted(
    (left, right) => left.durationMs - right.durationMs || left.calls - right.calls,
  )[0];
  return best?.strategy ?? "inverse";
}

/**
 * How long `calls` of one kind take when bursts are tolerated: what a window (a minute, as a rule) allows goes at once,
 * every further lot waits for the window to pass.
 */
export function durationOfCalls(calls: number, perMinute: number, windowMs: number = MINUTE_MS): number {
  if (calls === 0) return 0;
  const perWindow = Math.max(1, Math.floor((perMinute * windowMs) / MINUTE_MS));
  const fullWindows = Math.floor((calls - 1) / perWindow);
  return fullWindows * windowMs + (calls - fullWindows * perWindow) * CALL_MS;
}

/** Calls it takes to read a list of `items`; an empty list takes one, too. */
export function pages(items: number, pageSize: number): number {
  return Math.max(1, Math.ceil(items / pageSize));
}

function costOf(
  strategy: Strategy,
  allowances: CallAllowances,
  calls: Readonly<Record<CallKind, number>>,
): StrategyCost {
  const kinds = Object.keys(calls) as CallKind[];
  return {
    strategy,
    calls: kinds.reduce((sum, kind) => sum + calls[kind], 0),
    durationMs: kinds.reduce(
      (sum, kind) =>
        sum + durationOfCalls(calls[kind], allowances[kind].perMinute, allowances[kind].windowMs),
      0,
    ),
  };
}
