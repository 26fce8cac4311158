import type { Overview } from "#shared/contract/coverage.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { DAY_MS } from "#shared/lib/time.ts";
import { paths } from "#renderer/api/paths.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { totalsOf } from "./rates.ts";

export interface NextAction {
  readonly title: string;
  readonly detail: string;
  /** The screen where it is done. */
  readonly to: string;
}

/** After this long people will have come and gone. */
const STALE_AFTER_MS = 7 * DAY_MS;

/** What is open, most urgent first: what stops an audit, then gaps, then doubts, then tidying up. */
export function nextActionsOf(
  overview: Overview,
  connections: readonly Connection[],
  nowMs: number,
): NextAction[] {
  const actions: NextAction[] = connections
    .filter(({ state }) => state === "signed-out")
    .map(({ label, failure }) => ({
      title: `Sign in to ${label} again`,
      detail: failure?.message ?? "The connection is signed out.",
      to: paths.connections(),
    }));
  const { absent, unknown } = totalsOf(overview.categories);
  actions.push(...unfinished(overview));
  if (absent > 0) {
    actions.push({
      title: `Close ${formatNoun(absent, "gap")}`,
      detail: "Required members who are not in their groups",
      to: paths.coverageOf({ finding: "missing-required" }),
    });
  }
  if (unknown > 0) {
    actions.push({
      title: `Settle ${formatNoun(unknown, "unknown")}`,
      detail: "Presence that could not be proven either way",
      to: paths.coverageOf({ presence: "unknown" }),
    });
  }
  if (overview.deprecatedNames.groups > 0) {
    actions.push({
      title: `Rename ${formatNoun(overview.deprecatedNames.groups, "group")}`,
      detail: "Their names hold a deprecated term",
      to: paths.coverageOf({ finding: "deprecated-name" }),
    });
  }
  const stale = overview.sources.filter(({ atMs }) => nowMs - atMs > STALE_AFTER_MS);
  if (stale.length > 0) {
    actions.push({
      title: stale.length === overview.sources.length ? "Audit again" : `Audit ${namesOf(stale)} again`,
      detail: "The newest result is more than a week old",
      to: paths.runs(),
    });
  }
  return actions;
}

/** The last audit, if it did not end well, and every run behind the numbers that left something unread. */
function unfinished({ recentRuns, sources }: Overview): NextAction[] {
  const [last] = recentRuns;
  const actions: NextAction[] = [];
  if (last?.state === "failed" || last?.state === "cancelled") {
    actions.push({
      title: last.state === "failed" ? "See why the last audit failed" : "Finish the last audit",
      detail: last.failure?.message ?? "It ended before everything was read.",
      to: paths.run(last.id),
    });
  }
  for (const runId of new Set(sources.map((source) => source.runId))) {
    const own = sources.filter((source) => source.runId === runId);
    if (own.every(({ state }) => state !== "partial")) continue;
    actions.push({
      title: `Finish the last ${own.length === sources.length ? "" : `${namesOf(own)} `}audit`,
      detail: "It ended before everything was read.",
      to: paths.run(runId),
    });
  }
  return actions;
}

function namesOf(sources: Overview["sources"]): string {
  return [...new Set(sources.map(({ platform }) => PLATFORM_WORDS[platform]))].join(" and ");
}
