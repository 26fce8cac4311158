import { useInfiniteQuery } from "@tanstack/react-query";
import { GitCompareArrows, History } from "lucide-react";
import type { Run } from "#shared/domain/coverage.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { AuditStrip, StartAuditButton } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { DataTable } from "#renderer/ui/data-table.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { navigate } from "#renderer/ui/router.ts";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { RUN_COLUMNS } from "./run-columns.tsx";

const RUNS_A_PAGE = 100;

/** Every run kept, newest first. */
export function RunList() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    orpc.coverage.listRuns.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: RUNS_A_PAGE }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  const runs = data?.pages.flatMap(({ items }) => items) ?? [];
  const total = data?.pages[0]?.total ?? null;
  return (
    <Page
      title="Runs"
      subtitle={total ? formatNoun(total, "run") : null}
      layout="fill"
      actions={
        <>
          {runs.length > 1 ? (
            <LinkButton to={paths.compare(null, null)} icon={<GitCompareArrows aria-hidden="true" />}>
              Compare
            </LinkButton>
          ) : null}
          {data && runs.length === 0 ? null : <StartAuditButton />}
        </>
      }
      toolbar={<AuditStrip />}
    >
      {error && !data ? (
        <ErrorState error={toFailure(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows label="Loading the runs" rows={12} />
      ) : runs.length === 0 ? (
        <EmptyState icon={<History />} title="No run yet" action={<StartAuditButton />}>
          Every audit is kept here with all its results, so that two can be compared.
        </EmptyState>
      ) : (
        <DataTable<Run>
          label="Runs"
          columns={RUN_COLUMNS}
          rows={runs}
          rowKey={(run) => run.id}
          initialSort={{ id: "started", desc: true }}
          onOpen={(run) => navigate(paths.run(run.id))}
          footer={
            hasNextPage ? (
              <div className="p-3 text-center">
                <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                  Show older runs
                </Button>
              </div>
            ) : null
          }
        />
      )}
    </Page>
  );
}
