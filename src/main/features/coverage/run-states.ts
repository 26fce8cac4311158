import type { RunState } from "#shared/domain/coverage.ts";

/** Runs whose results cover everything that could be read: what screens show unless asked for another. */
export const RUNS_WITH_RESULTS: RunState[] = ["completed", "partial"];

/** Runs that will not go on by themselves. A paused one may: signing in wakes it. */
export function hasEnded(state: RunState): boolean {
  switch (state) {
    case "completed":
    case "partial":
    case "cancelled":
    case "failed":
      return true;
    case "running":
    case "waiting":
    case "paused":
      return false;
  }
}
