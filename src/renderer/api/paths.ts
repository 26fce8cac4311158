/**
 * Where each screen lives. Kept here, below the features, because screens link to each other while a feature may
 * only enter another through its screen.
 */
import type { FindingKind } from "#shared/domain/coverage.ts";
import type { CategoryId, GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import type { OffboardingId } from "#shared/domain/offboarding.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import type { PresenceKind } from "#shared/domain/presence.ts";

export const paths = {
  overview: () => "/overview",
  /** The matrix of a run, the newest when null; `cell` opens the side panel on it. */
  coverage: (runId: RunId | null = null, cell?: { groupKey: GroupKey; personId?: PersonId | undefined }) =>
    withQuery("/coverage", { run: runId, group: cell?.groupKey, person: cell?.personId }),
  /** The newest matrix, narrowed to one thing. */
  coverageOf: (only: { category?: CategoryId; finding?: FindingKind; presence?: PresenceKind }) =>
    withQuery("/coverage", only),
  /** Everything about one team member, over all platforms. */
  person: (personId: PersonId) => `/coverage/people/${encodeURIComponent(personId)}`,
  /** Everything about one group, over all runs. */
  group: (groupKey: GroupKey) => `/coverage/groups/${encodeURIComponent(groupKey)}`,
  runs: () => "/runs",
  run: (runId: RunId) => `/runs/${encodeURIComponent(runId)}`,
  compare: (beforeRunId: RunId | null, afterRunId: RunId | null) =>
    withQuery("/runs/compare", { before: beforeRunId, after: afterRunId }),
  /** Where somebody is now; with null, our rights in every group. */
  find: (personId: PersonId | null = null) => withQuery("/find", { person: personId }),
  operations: () => "/operations",
  newOperation: () => "/operations/new",
  operation: (operationId: OperationId) => `/operations/${encodeURIComponent(operationId)}`,
  offboardings: () => "/offboarding",
  /** Everybody who was, or is to be, asked for something. */
  helpRequests: () => "/offboarding?show=requests",
  offboarding: (offboardingId: OffboardingId) => `/offboarding/${encodeURIComponent(offboardingId)}`,
  schedules: () => "/schedules",
  team: () => "/team",
  connections: () => "/connections",
  activity: () => "/activity",
  settings: () => "/settings",
} as const;

function withQuery(path: string, query: Record<string, string | null | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
