import { useQuery } from "@tanstack/react-query";
import { ArrowRight, GitCompareArrows } from "lucide-react";
import type { Run, RunComparison } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { navigate } from "#renderer/ui/router.ts";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { Toolbar } from "#renderer/ui/toolbar.tsx";
import { ComparedRun } from "./compared-run.tsx";
import { Comparison } from "./comparison.tsx";

const OFFERED_RUNS = { cursor: null, limit: 200 };

/** What changed between two runs. Without a choice: the newest that has results, and the one it compares with best. */
export function CompareRuns(given: { beforeRunId: RunId | null; afterRunId: RunId | null }) {
  const list = useQuery(orpc.coverage.listRuns.queryOptions({ input: OFFERED_RUNS }));
  const runs = (list.data?.items ?? []).filter(
    ({ finishedAtMs, present, absent, unknown }) => finishedAtMs !== null && present + absent + unknown > 0,
  );
  const afterRunId = given.afterRunId ?? runs[0]?.id ?? null;
  const afterAt = runs.findIndex(({ id }) => id === afterRunId);
  const beforeRunId = given.beforeRunId ?? suggestBefore(runs, afterAt);
  const isPair = beforeRunId !== null && afterRunId !== null && beforeRunId !== afterRunId;
  const compared = useQuery({
    ...orpc.coverage.compareRuns.queryOptions({
      input: {
        beforeRunId: beforeRunId ?? ("" as RunId),
        afterRunId: afterRunId ?? ("" as RunId),
      },
    }),
    enabled: isPair,
  });
  const choose = (before: RunId | null, after: RunId | null): void =>
    navigate(paths.compare(before, after), { replace: true });
  const error = list.error ?? compared.error;

  return (
    <Page
      title="Compare runs"
      subtitle={<TextLink to={paths.runs()}>All runs</TextLink>}
      toolbar={
        runs.length > 1 ? (
          <Toolbar label="Runs to compare">
            <ComparedRun
              label="Before"
              runs={runs}
              value={beforeRunId}
              onChange={(id) => choose(id, afterRunId)}
            />
            <ArrowRight aria-hidden="true" className="size-4 text-fg-faint" />
            <ComparedRun
              label="After"
              runs={runs}
              value={afterRunId}
              onChange={(id) => choose(beforeRunId, id)}
            />
          </Toolbar>
        ) : null
      }
    >
      {error && !compared.data ? (
        <ErrorState error={toFailure(error)} onRetry={() => void compared.refetch()} />
      ) : list.isPending ? (
        <SkeletonRows label="Loading the runs" />
      ) : !isPair ? (
        <EmptyState
          icon={<GitCompareArrows />}
          title={runs.length > 1 ? "Choose two different runs" : "Two runs with results are needed"}
        >
          The comparison names new and closed gaps, and groups that came, went or changed their name.
        </EmptyState>
      ) : compared.data ? (
        <Compared comparison={compared.data} runs={runs} />
      ) : (
        <SkeletonRows label="Comparing" />
      )}
    </Page>
  );
}

/** The newest earlier run that read the same platforms, else the one before. Runs are newest first. */
function suggestBefore(runs: readonly Run[], afterAt: number): RunId | null {
  const wanted = runs[afterAt]?.platforms ?? [];
  const earlier = runs.slice(afterAt + 1);
  const same = earlier.find(({ platforms }) => wanted.every((platform) => platforms.includes(platform)));
  return (same ?? earlier[0])?.id ?? null;
}

/** The changes, and of which platforms nothing is said because only one of the runs read them. */
function Compared({ comparison, runs }: { comparison: RunComparison; runs: readonly Run[] }) {
  const pair = [comparison.beforeRunId, comparison.afterRunId];
  const read = new Set(runs.filter(({ id }) => pair.includes(id)).flatMap(({ platforms }) => platforms));
  const left = [...read].filter((platform) => !comparison.platforms.includes(platform));
  const names = left.map((platform) => PLATFORM_WORDS[platform]).join(" and ");
  return (
    <div className="flex flex-col gap-4">
      {left.length > 0 ? (
        <Notice
          tone="info"
          title={`${names} ${left.length > 1 ? "are" : "is"} left out: only one of these runs read ${left.length > 1 ? "each" : "it"}.`}
        />
      ) : null}
      {comparison.platforms.length > 0 ? <Comparison comparison={comparison} /> : null}
    </div>
  );
}
