import { useQuery } from "@tanstack/react-query";
import { Grid3x3 } from "lucide-react";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { AuditStrip, ResultAges, StartAuditButton } from "#renderer/features/audit/screen.tsx";
import { NoticedCard } from "#renderer/features/schedules/screen.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { CategoryBars } from "./category-bars.tsx";
import { Headline } from "./headline.tsx";
import { LastRuns } from "./last-runs.tsx";
import { NextActions } from "./next-actions.tsx";
import { RenameProgress } from "./rename-progress.tsx";

/** How well the groups are covered now, and what to do next. */
export function OverviewScreen() {
  const { data, error, refetch } = useQuery(orpc.coverage.overview.queryOptions());
  const nowMs = useNow(60_000);
  const shown = data !== undefined && data.sources.length > 0;
  const isEmpty = data !== undefined && data.recentRuns.length === 0;
  return (
    <Page
      title="Overview"
      subtitle={shown ? <ResultAges sources={data.sources} nowMs={nowMs} /> : null}
      actions={isEmpty ? null : <StartAuditButton />}
      toolbar={<AuditStrip />}
      // Nothing but a notice stands in the middle, as on the other screens.
      layout={isEmpty || (error && !data) ? "fill" : "scroll"}
    >
      {error && !data ? (
        <ErrorState error={toFailure(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <OverviewSkeleton />
      ) : isEmpty ? (
        <EmptyState icon={<Grid3x3 />} title="No audit yet" action={<StartAuditButton />}>
          An audit asks who of your team is in which customer group. Its result appears here: the coverage of
          each category, and what is left to do.
        </EmptyState>
      ) : (
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-4">
            {shown ? (
              <>
                <Headline overview={data} />
                <CategoryBars categories={data.categories} />
              </>
            ) : (
              <NoResults />
            )}
            <LastRuns runs={data.recentRuns} nowMs={nowMs} />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <NoticedCard nowMs={nowMs} />
            <NextActions overview={data} nowMs={nowMs} />
            {shown ? <RenameProgress deprecatedNames={data.deprecatedNames} /> : null}
          </div>
        </div>
      )}
    </Page>
  );
}

function NoResults() {
  return (
    <p className="rounded-lg border border-line bg-raised p-4 text-sm text-fg-muted">
      No run has ended with results yet. The coverage of each category appears here as soon as one has.
    </p>
  );
}

function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading the overview" className="grid gap-4 lg:grid-cols-[1fr_20rem]">
      <div className="space-y-4">
        <Skeleton className="h-32 rounded-lg" />
        <Skeleton className="h-52 rounded-lg" />
        <Skeleton className="h-44 rounded-lg" />
      </div>
      <div className="space-y-4">
        <Skeleton className="h-56 rounded-lg" />
        <Skeleton className="h-28 rounded-lg" />
      </div>
    </div>
  );
}
