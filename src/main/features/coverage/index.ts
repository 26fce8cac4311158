/** Coverage: who of the team is in which customer group, settled by audits. */
import { listCellHistory } from "#main/store/queries/coverage-results.ts";
import { findRun } from "#main/store/queries/coverage-runs.ts";
import type {
  AuditInput,
  GroupPage,
  Overview,
  PersonPage,
  ReportFormat,
  RunDetail,
} from "#shared/contract/coverage.ts";
import type { AuditPlan, Run, RunComparison, RunProgress } from "#shared/domain/coverage.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { Group } from "#shared/domain/group.ts";
import type { ConnectionId, GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import type { CellHistoryEntry, Matrix } from "#shared/domain/matrix.ts";
import type { Page, PageRequest } from "#shared/domain/page.ts";
import { assert } from "#shared/lib/assert.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import type { CoverageDeps } from "./audit/audit-deps.ts";
import { createAuditJob } from "./audit/audit-job.ts";
import { createProgressBoard } from "./audit/progress-board.ts";
import { createExclusions, type Exclusions } from "./exclusions.ts";
import { findGroupAddresses, readGroupPage } from "./group-page.ts";
import { readMatrix } from "./matrix.ts";
import { listNewestRuns } from "./newest-runs.ts";
import { readOverview } from "./overview.ts";
import { readPersonPage } from "./person-page.ts";
import { compileNameCheck } from "./policy/deprecated-names.ts";
import type { GroupAddresses } from "./policy/group-address.ts";
import { compileGroupRules } from "./policy/group-rules.ts";
import type { SingleRunReport } from "./report/run-report.ts";
import { createRunActions, notFound, type RunActions } from "./run-actions.ts";
import { readRunDetail } from "./run-detail.ts";
import { findUnfinishedRun, readCurrentRun, readRunPage } from "./run-list.ts";
import { chosenConnections, planAudit } from "./run-plan.ts";
import { streamProgress } from "./run-progress.ts";
import { readComparison, readNewestReport, readReport } from "./run-reports.ts";
import { createSavedViews, type SavedViews } from "./saved-views.ts";

export { createReportWriter } from "./report/report-writer.ts";
export type { RunReport, SingleRunReport } from "./report/run-report.ts";
export { type GroupEvidence, listingSpeaksFor, settlePresence } from "./policy/settle-presence.ts";

/** The door of the feature, procedure by procedure as in the contract, and what only the command line asks. */
export interface Coverage extends RunActions, Exclusions, SavedViews {
  overview(): Promise<Overview>;
  plan(input: AuditInput): Promise<AuditPlan>;
  /** The present moment first; ends when the run has ended or the signal aborts. */
  progress(
    input: { runId: RunId },
    signal: AbortSignal,
  ): Promise<Result<AsyncIterable<RunProgress>, Failure>>;
  listRuns(request: PageRequest): Promise<Page<Run>>;
  getRun(input: { runId: RunId }): Promise<Result<RunDetail, Failure>>;
  compareRuns(input: { beforeRunId: RunId; afterRunId: RunId }): Promise<Result<RunComparison, Failure>>;
  matrix(input: { runId: RunId | null }): Promise<Matrix | null>;
  getPerson(input: { personId: PersonId }): Promise<Result<PersonPage, Failure>>;
  getGroup(input: { groupKey: GroupKey }): Promise<Result<GroupPage, Failure>>;
  /** Where a group opens; null when it is not known or has no address. */
  findGroupAddresses(groupKey: GroupKey): Promise<GroupAddresses | null>;
  cellHistory(input: { groupKey: GroupKey; personId: PersonId }): Promise<CellHistoryEntry[]>;
  /** Everything about one run: what `--json` prints and a report is made of. */
  getReport(runId: RunId): Promise<Result<SingleRunReport, Failure>>;
  /** When the results were asked for that `writeReport` would write: of several runs, when the newest started. */
  findReportDate(input: { readonly runId: RunId | null }): Promise<Result<EpochMs, Failure>>;
  /** Of one run, or of the newest results of each platform when `runId` is null. */
  writeReport(request: {
    readonly runId: RunId | null;
    readonly format: ReportFormat;
    readonly path: string;
  }): Promise<Result<{ path: string; bytes: number }, Failure>>;
  /** The newest run of these connections that has not ended or, when asked for, was cancelled; null without one. */
  findUnfinishedRun(wanted: {
    readonly connectionIds: readonly ConnectionId[];
    readonly orCancelled: boolean;
  }): Promise<Run | null>;
  /** Whether the rules of now call a group a customer's by its name, for groups that were seen outside an audit. */
  compileNameJudgement(): Promise<(group: Pick<Group, "platform" | "groupId" | "name">) => boolean>;
  /** By the deprecated terms of now, what a name should be instead; null for a name that is as it should be. */
  compileNameSuggestion(): Promise<(group: Pick<Group, "platform" | "name">) => string | null>;
  /** Resolves with the run once its job is done, cancelled, paused or dead. */
  waitForEnd(runId: RunId): Promise<Run>;
}

const RECENT_RUNS = 10;
const HISTORY_ENTRIES = 50;

/** A report is short work, and nobody can take it back once asked for. */
const NEVER = new AbortController().signal;

/** Registers the audit with the job runner, so it is made before the runner starts. */
export function createCoverage(deps: CoverageDeps): Coverage {
  const { store, clock, jobs } = deps;
  const board = createProgressBoard(clock);
  const kind = createAuditJob(deps, board);
  jobs.register(kind);

  async function getReport(runId: RunId): Promise<Result<SingleRunReport, Failure>> {
    const report = await readReport(store.read, runId, clock.nowMs());
    return report === null ? notFound(runId) : ok(report);
  }

  return {
    ...createRunActions(deps, kind),
    ...createExclusions(deps),
    ...createSavedViews(deps),

    async overview() {
      const recent = await readRunPage(store.read, jobs, { cursor: null, limit: RECENT_RUNS });
      return readOverview(store.read, clock.nowMs(), recent.items);
    },

    async plan(input) {
      const chosen = chosenConnections(await deps.connections.listAuditable(), input);
      return planAudit(store.read, chosen, await deps.team.get(), input);
    },

    async progress({ runId }, signal) {
      const run = await findRun(store.read, runId);
      if (run === null) return notFound(runId);
      return ok(streamProgress({ read: store.read, jobs, board, clock }, runId, signal));
    },

    listRuns: (request) => readRunPage(store.read, jobs, request),

    async getRun({ runId }) {
      const run = await readCurrentRun(store.read, jobs, runId);
      const detail = run === null ? null : await readRunDetail(store.read, run);
      return detail === null ? notFound(runId) : ok(detail);
    },

    async compareRuns(pair) {
      const comparison = await readComparison(store.read, pair);
      return comparison === null ? err(failure("input/not-found", { ...pair })) : ok(comparison);
    },

    matrix: ({ runId }) => readMatrix(store.read, runId, clock.nowMs()),

    async getPerson({ personId }) {
      const { team } = await deps.team.get();
      const page = await readPersonPage(store.read, personId, team, clock.nowMs());
      return page === null ? err(failure("input/not-found", { personId })) : ok(page);
    },

    async getGroup({ groupKey }) {
      const page = await readGroupPage(store.read, groupKey, clock.nowMs());
      return page === null ? err(failure("input/not-found", { groupKey })) : ok(page);
    },

    findGroupAddresses: (groupKey) => findGroupAddresses(store.read, groupKey),

    cellHistory: (cell) => listCellHistory(store.read, { ...cell, limit: HISTORY_ENTRIES }),

    getReport,

    async findReportDate({ runId }) {
      const runs =
        runId === null
          ? (await listNewestRuns(store.read)).map(({ run }) => run)
          : [await findRun(store.read, runId)];
      const times = runs.flatMap((run) => run?.startedAtMs ?? []);
      return times.length === 0
        ? err(failure("input/not-found", { runId: runId ?? "newest" }))
        : ok(Math.max(...times));
    },

    async writeReport({ runId, format, path }) {
      const nowMs = clock.nowMs();
      const report =
        runId === null
          ? await readNewestReport(store.read, nowMs)
          : await readReport(store.read, runId, nowMs);
      if (report === null) return err(failure("input/not-found", { runId: runId ?? "newest" }));
      return deps.reports.write({ report, format, path, signal: NEVER });
    },

    findUnfinishedRun: (wanted) => findUnfinishedRun(store.read, jobs, wanted),

    async compileNameJudgement() {
      const { rules } = await deps.team.get();
      return compileGroupRules(rules).isCustomerGroup;
    },

    async compileNameSuggestion() {
      const { rules } = await deps.team.get();
      const check = compileNameCheck(rules.deprecatedTerms);
      return ({ name, platform }) => check(name, platform).suggestedName;
    },

    async waitForEnd(runId) {
      const run = await findRun(store.read, runId);
      assert(run !== null, `no run ${runId}`);
      await jobs.settled(run.jobId);
      const ended = await findRun(store.read, runId);
      assert(ended !== null, `run ${runId} was removed while it was waited for`);
      return ended;
    },
  };
}
