import type { implement } from "@orpc/server";
import type { Contract } from "#shared/contract/index.ts";
import type { Exclusion, Run } from "#shared/domain/coverage.ts";
import { failure } from "#shared/domain/failure.ts";
import { ExclusionId, Platform, RunId, SavedViewId } from "#shared/domain/ids.ts";
import type { Matrix, PlatformSource, SavedView } from "#shared/domain/matrix.ts";
import { type Fake, refusal } from "../fake-router.ts";
import { nowMs } from "../fixture/clock.ts";
import { connectionsOf } from "../fixture/connections.ts";
import { matrixOf, rowOf } from "../fixture/matrix.ts";
import { groupPageOf, personPageOf } from "../fixture/pages.ts";
import { comparisonOf, overviewOf, planOf } from "../fixture/reports.ts";
import { runsOf } from "../fixture/runs.ts";
import { teamOf } from "../fixture/team.ts";
import { watchProgress } from "./progress.ts";

type Os = ReturnType<typeof implement<Contract>>["coverage"];

export function fakeCoverage(os: Os, fake: Fake) {
  const isHuge = fake.scenario === "huge";
  const team = teamOf(isHuge ? 44 : 13);
  const base = matrixOf(RunId.parse("run-20"), team, isHuge ? 1_000 : 72 + 402, fake.scenario === "partial");
  let runs: Run[] = runsOf(fake.scenario, base);
  let exclusions = exclusionsOf(base);
  let views: SavedView[] = [];

  const find = (runId: string): Run => {
    const run = runs.find(({ id }) => id === runId);
    if (!run) throw refusal("input/not-found");
    return run;
  };
  const update = (runId: string, change: Partial<Run>): void => {
    find(runId);
    runs = runs.map((run) => (run.id === runId ? { ...run, ...change } : run));
    fake.announce("runs");
  };
  const finish = (runId: string): void => {
    const results = base.rows.flatMap(({ cells }) => cells);
    const count = (presence: string) => results.filter((cell) => cell.presence === presence).length;
    update(runId, {
      state: "completed",
      finishedAtMs: Date.now(),
      present: count("present"),
      absent: count("absent"),
      unknown: count("unknown"),
    });
  };
  /** Of one run, or of the newest results of each platform. */
  const matrixNow = (runId: RunId | null): Matrix => ({
    ...base,
    runId,
    sources: Platform.options.flatMap((platform): PlatformSource[] => {
      const run = (runId === null ? withResults() : [find(runId)]).find(({ platforms }) =>
        platforms.includes(platform),
      );
      return run
        ? [
            {
              platform,
              connectionIds: [],
              label: platform,
              runId: run.id,
              atMs: run.startedAtMs,
              state: run.state,
            },
          ]
        : [];
    }),
    rows: base.rows.map(({ group, cells }) =>
      rowOf(
        group,
        cells.map((cell) => ({
          ...cell,
          exclusionId:
            exclusions.find(
              (exclusion) => exclusion.groupKey === group.key && exclusion.personId === cell.personId,
            )?.id ?? null,
        })),
      ),
    ),
  });
  /** Runs that ended with something to show. */
  const withResults = (): Run[] => runs.filter(({ state }) => state === "completed" || state === "partial");

  const world = () => ({
    matrix: matrixNow(null),
    team,
    runs: withResults(),
    exclusions,
  });

  return {
    overview: os.overview.handler(async () => {
      await fake.weather();
      return overviewOf(runs, withResults().length > 0 ? matrixNow(null) : null);
    }),
    plan: os.plan.handler(({ input }) => planOf(connectionsOf(fake.scenario), input, base)),
    start: os.start.handler(() => {
      const [last] = runsOf("running", base);
      if (!last) throw refusal("input/nothing-to-audit");
      const started = { ...last, id: RunId.parse(`run-${runs.length + 50}`), startedAtMs: Date.now() };
      runs = [started, ...runs];
      fake.announce("runs");
      return { runId: started.id };
    }),
    cancel: os.cancel.handler(({ input }) =>
      update(input.runId, { state: "cancelled", finishedAtMs: Date.now() }),
    ),
    resume: os.resume.handler(({ input }) => update(input.runId, { state: "running", failure: null })),
    progress: os.progress.handler(({ input, signal }) =>
      watchProgress(() => find(input.runId), signal, finish),
    ),
    listRuns: os.listRuns.handler(async ({ input }) => {
      await fake.weather();
      const from = Number(input.cursor ?? 0);
      const next = from + input.limit;
      return {
        items: runs.slice(from, next),
        nextCursor: next < runs.length ? String(next) : null,
        total: runs.length,
      };
    }),
    getRun: os.getRun.handler(async ({ input }) => {
      await fake.weather();
      const run = find(input.runId);
      const older = runs.slice(runs.indexOf(run) + 1).find(({ state }) => state === "completed");
      return {
        run,
        people: base.people,
        unreadable: base.rows.map(({ group }) => group).filter(({ unreadable }) => unreadable !== null),
        unknownByReason: { "no-identity": 9, "not-readable": 22, "person-listing-incomplete": 4 },
        problems:
          run.state === "completed"
            ? []
            : [{ item: "acme-bitsafe", failure: failure("slack/channel-not-found") }],
        previousRunId: older?.id ?? null,
      };
    }),
    compareRuns: os.compareRuns.handler(({ input }) => ({
      ...comparisonOf(input, base),
      platforms: find(input.afterRunId).platforms.filter((platform) =>
        find(input.beforeRunId).platforms.includes(platform),
      ),
    })),
    removeRun: os.removeRun.handler(({ input }) => {
      find(input.runId);
      runs = runs.filter(({ id }) => id !== input.runId);
      fake.announce("runs");
    }),
    matrix: os.matrix.handler(async ({ input }) => {
      await fake.weather();
      return withResults().length > 0 ? matrixNow(input.runId) : null;
    }),
    getPerson: os.getPerson.handler(async ({ input }) => {
      await fake.weather();
      const page = personPageOf(input.personId, world());
      if (page === null) throw refusal("input/not-found");
      return page;
    }),
    getGroup: os.getGroup.handler(async ({ input }) => {
      await fake.weather();
      const page = groupPageOf(input.groupKey, world());
      if (page === null) throw refusal("input/not-found");
      return page;
    }),
    cellHistory: os.cellHistory.handler(({ input }) => {
      const row = base.rows.find(({ group }) => group.key === input.groupKey);
      const cell = row?.cells.find(({ personId }) => personId === input.personId);
      if (!cell) return [];
      return runs
        .filter(({ state }) => state === "completed" || state === "partial")
        .map((run, at) => ({
          runId: run.id,
          atMs: run.finishedAtMs ?? run.startedAtMs,
          strategy: run.strategy,
          presence: at < 3 ? cell.presence : at % 4 === 3 ? ("unknown" as const) : ("present" as const),
          reason: at < 3 ? cell.reason : at % 4 === 3 ? ("roster-incomplete" as const) : null,
        }));
    }),
    listExclusions: os.listExclusions.handler(() => exclusions),
    addExclusion: os.addExclusion.handler(({ input }) => {
      const added = { ...input, id: ExclusionId.parse(crypto.randomUUID()), createdAtMs: Date.now() };
      exclusions = [added, ...exclusions];
      fake.announce("exclusions");
      return added;
    }),
    removeExclusion: os.removeExclusion.handler(({ input }) => {
      exclusions = exclusions.filter(({ id }) => id !== input.exclusionId);
      fake.announce("exclusions");
    }),
    listViews: os.listViews.handler(() => views),
    saveView: os.saveView.handler(({ input }) => {
      if (views.some(({ id, name }) => name === input.name && id !== input.id))
        throw refusal("input/name-taken");
      const saved = { ...input, id: input.id ?? SavedViewId.parse(crypto.randomUUID()) };
      views = [...views.filter(({ id }) => id !== saved.id), saved];
      fake.announce("views");
      return saved;
    }),
    removeView: os.removeView.handler(({ input }) => {
      views = views.filter(({ id }) => id !== input.viewId);
      fake.announce("views");
    }),
    exportReport: os.exportReport.handler(async ({ input }) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return { path: `/home/ana/Documents/coverage.${input.format}`, bytes: 48_213 };
    }),
  };
}

function exclusionsOf(matrix: Matrix): Exclusion[] {
  return matrix.rows.flatMap(({ group, cells }) =>
    cells.flatMap((cell) =>
      cell.exclusionId === null
        ? []
        : {
            id: cell.exclusionId,
            groupKey: group.key,
            personId: cell.personId,
            reason: "Hands over through the shared inbox",
            owner: "Ana Ferreira",
            createdAtMs: nowMs() - 12 * 86_400_000,
            expiresAtMs: nowMs() + 30 * 86_400_000,
          },
    ),
  );
}
