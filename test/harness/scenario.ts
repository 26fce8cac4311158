/** The states of the product that can be looked at. */
export const SCENARIOS = [
  /** Several finished runs, everything connected. */
  "normal",
  /** Nothing connected, nothing stored. */
  "first-run",
  /** The same, and no keychain answers. */
  "no-keychain",
  /** Connected, never audited. */
  "no-runs",
  "running",
  "waiting",
  "paused",
  /** The last run ended with groups unread. */
  "partial",
  "failed",
  /** Workspaces do not answer. */
  "offline",
  /** The main process goes away after a moment. */
  "lost",
  /** No answer ever: every screen keeps loading. */
  "slow",
  /** Every question but the window's own ends in a failure. */
  "error",
  /** 1,000 groups × 40 people. */
  "huge",
  /** News from the start. */
  "notices",
] as const;

export type Scenario = (typeof SCENARIOS)[number];

export function scenarioOf(name: string | null): Scenario {
  return SCENARIOS.find((known) => known === name) ?? "normal";
}
