import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import {
  AuditPlan,
  Exclusion,
  FactsChoice,
  Run,
  RunComparison,
  RunGroup,
  RunPerson,
  RunProgress,
  StrategyChoice,
} from "../domain/coverage.ts";
import { Failure } from "../domain/failure.ts";
import {
  ConnectionId,
  EpochMs,
  ExclusionId,
  GroupKey,
  PersonId,
  Platform,
  RunId,
  SavedViewId,
} from "../domain/ids.ts";
import {
  CategoryCoverage,
  CellHistoryEntry,
  Matrix,
  MatrixCell,
  MatrixRow,
  PlatformCoverage,
  PlatformSource,
  SavedView,
} from "../domain/matrix.ts";
import { PageRequest, pageOf } from "../domain/page.ts";
import { TeamMember } from "../domain/team.ts";
import { failing, storeFailures } from "./failures.ts";

export const AuditInput = z.object({
  /** Empty means every connection. */
  connectionIds: z.array(ConnectionId).default([]),
  strategy: StrategyChoice.default("auto"),
  /** Left out means `needed`. */
  facts: FactsChoice.optional(),
});
export type AuditInput = z.infer<typeof AuditInput>;

export const ReportFormat = z.enum(["xlsx", "csv", "json"]);
export type ReportFormat = z.infer<typeof ReportFormat>;

/** A run with what is needed to read it without its matrix. */
export const RunDetail = z.object({
  run: Run,
  people: z.array(RunPerson),
  /** Groups whose members could not be read. */
  unreadable: z.array(RunGroup),
  /** Unknown results by reason. */
  unknownByReason: z.record(z.string(), z.number().int()),
  /** What stopped single items, most recent first. */
  problems: z.array(z.object({ item: z.string(), failure: Failure })),
  /** The newest earlier run with results that read the same platforms, else any of them. */
  previousRunId: RunId.nullable(),
});
export type RunDetail = z.infer<typeof RunDetail>;

export const Overview = z.object({
  /** By platform, the newest run with results: what all numbers here are counted from. Empty before the first. */
  sources: z.array(PlatformSource),
  categories: z.array(CategoryCoverage),
  /** Of the same runs, by platform. */
  platforms: z.array(PlatformCoverage),
  deprecatedNames: z.object({ total: z.number().int(), groups: z.number().int() }),
  /**
   * After each recent run with results, oldest first: the coverage rate of what was then the newest of every platform.
   * Rate is 0..1, null without requirements.
   */
  trend: z.array(z.object({ runId: RunId, atMs: z.number().int(), rate: z.number().nullable() })),
  recentRuns: z.array(Run),
});
export type Overview = z.infer<typeof Overview>;

/** The run that a page tells of. */
const PageRun = z.object({ runId: RunId, atMs: EpochMs });

/** One person over all platforms: on each, as the newest run with results that read it saw them. */
export const PersonPage = RunPerson.extend({
  /** The record as it is now; null when the person has left the team. */
  member: TeamMember.nullable(),
  /** By platform, the run that tells of it; none before its first results. */
  runs: z.array(PageRun.extend({ platform: Platform })),
  /** Every group in which a requirement asks for the person. */
  groups: z.array(z.object({ group: RunGroup, cell: MatrixCell })),
  /** Groups the person was seen in although nothing asks for it. */
  alsoIn: z.array(RunGroup),
  /** Expired ones too, newest first. */
  exclusions: z.array(Exclusion),
});
export type PersonPage = z.infer<typeof PersonPage>;

/** One group, as the newest run with results for it saw it. */
export const GroupPage = z.object({
  run: PageRun,
  /** The last listing of its connection that was read to its end did not name it any more. */
  isGone: z.boolean(),
  row: MatrixRow,
  /** Those the row has cells for, in the team's order. */
  people: z.array(RunPerson),
  /** Team members who were seen in it although nothing asks for it. */
  alsoPresent: z.array(RunPerson),
  /** Expired ones too, newest first; those of the group it was before a migration as well. */
  exclusions: z.array(Exclusion),
  /** Runs with results, newest first, at most 50; counted before exclusions. */
  history: z.array(
    PageRun.extend({
      groupKey: GroupKey,
      name: z.string(),
      memberCount: z.number().int().nullable(),
      present: z.number().int(),
      absent: z.number().int(),
      unknown: z.number().int(),
    }),
  ),
  /** `app.openGroup` has an address for it. */
  canOpen: z.boolean(),
});
export type GroupPage = z.infer<typeof GroupPage>;

export const coverageContract = {
  overview: oc.output(Overview),
  plan: oc.input(AuditInput).output(AuditPlan),
  /** Starts an audit and answers at once. */
  start: oc
    .input(AuditInput)
    .output(z.object({ runId: RunId }))
    .errors(failing("input/nothing-to-audit", ...storeFailures)),
  cancel: oc
    .input(z.object({ runId: RunId }))
    .output(z.void())
    .errors(failing("input/not-found")),
  /** Goes on with a run that is paused, or was cancelled or cut off before its end. */
  resume: oc
    .input(z.object({ runId: RunId }))
    .output(z.void())
    .errors(failing("input/not-found", "job/not-resumable", ...storeFailures)),
  /** Progress of one run, at most ten times a second; ends when the run does. */
  progress: oc
    .input(z.object({ runId: RunId }))
    .output(eventIterator(RunProgress))
    .errors(failing("input/not-found")),
  listRuns: oc.input(PageRequest).output(pageOf(Run)),
  getRun: oc
    .input(z.object({ runId: RunId }))
    .output(RunDetail)
    .errors(failing("input/not-found")),
  compareRuns: oc
    .input(z.object({ beforeRunId: RunId, afterRunId: RunId }))
    .output(RunComparison)
    .errors(failing("input/not-found")),
  removeRun: oc
    .input(z.object({ runId: RunId }))
    .output(z.void())
    .errors(failing("input/not-found", ...storeFailures)),
  /** The matrix of a run; of the newest results of each platform when `runId` is null. Null when there is none. */
  matrix: oc.input(z.object({ runId: RunId.nullable() })).output(Matrix.nullable()),
  getPerson: oc
    .input(z.object({ personId: PersonId }))
    .output(PersonPage)
    .errors(failing("input/not-found")),
  /** Asked for by any key it has or had. */
  getGroup: oc
    .input(z.object({ groupKey: GroupKey }))
    .output(GroupPage)
    .errors(failing("input/not-found")),
  cellHistory: oc
    .input(z.object({ groupKey: GroupKey, personId: PersonId }))
    .output(z.array(CellHistoryEntry)),
  listExclusions: oc.output(z.array(Exclusion)),
  addExclusion: oc
    .input(Exclusion.omit({ id: true, createdAtMs: true }))
    .output(Exclusion)
    .errors(failing(...storeFailures)),
  removeExclusion: oc
    .input(z.object({ exclusionId: ExclusionId }))
    .output(z.void())
    .errors(failing("input/not-found", ...storeFailures)),
  listViews: oc.output(z.array(SavedView)),
  saveView: oc
    .input(SavedView.extend({ id: SavedViewId.nullable() }))
    .output(SavedView)
    .errors(failing("input/name-taken", ...storeFailures)),
  removeView: oc
    .input(z.object({ viewId: SavedViewId }))
    .output(z.void())
    .errors(failing("input/not-found", ...storeFailures)),
  /**
   * Writes a report where the operator chooses: of one run, or of the newest results of each platform when `runId` is
   * null. Null when nothing was chosen.
   */
  exportReport: oc
    .input(z.object({ runId: RunId.nullable(), format: ReportFormat }))
    .output(z.object({ path: z.string(), bytes: z.number().int() }).nullable())
    .errors(failing("input/not-found", "input/file-unwritable")),
};
