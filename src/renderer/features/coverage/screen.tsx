import { useQuery } from "@tanstack/react-query";
import { Grid3x3 } from "lucide-react";
import { useMemo } from "react";
import { GroupKey, PersonId } from "#shared/domain/ids.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { AuditStrip, ResultAges, StartAuditButton } from "#renderer/features/audit/screen.tsx";
import { ChangedSince } from "#renderer/features/operations/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { useRoute } from "#renderer/ui/router.ts";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { useShortcut } from "#renderer/ui/use-shortcut.ts";
import { FilterBar } from "./filter-bar.tsx";
import { GroupPage } from "./group-page.tsx";
import { MatrixMenu } from "./matrix-menu.tsx";
import { useMatrixState } from "./matrix-state.ts";
import { MatrixView } from "./matrix-view.tsx";
import { PersonPage } from "./person-page.tsx";
import { RunNotices } from "./run-notice.tsx";
import { RunPicker } from "./run-picker.tsx";
import { useCellRoute, useLinkedFilter } from "./use-cell-route.ts";
import { visiblePeople, visibleRows } from "./visible-rows.ts";

/** Who is in which group: the matrix, one person or one group. The address says which. */
export function CoverageScreen() {
  const { path } = useRoute();
  const [, , kind, id = ""] = path.split("/");
  const personId = kind === "people" ? PersonId.safeParse(decodeURIComponent(id)).data : undefined;
  if (personId) return <PersonPage key={personId} personId={personId} />;
  const groupKey = kind === "groups" ? GroupKey.safeParse(decodeURIComponent(id)).data : undefined;
  return groupKey ? <GroupPage key={groupKey} groupKey={groupKey} /> : <MatrixScreen />;
}

/** The matrix of a run, or of the newest results of each platform, and everything about one of its cells. */
function MatrixScreen() {
  useLinkedFilter();
  const { runId, selected, select, showRun } = useCellRoute();
  const { filter, sort } = useMatrixState();
  const { data: matrix, error, refetch } = useQuery(orpc.coverage.matrix.queryOptions({ input: { runId } }));
  const rows = useMemo(() => visibleRows(matrix?.rows ?? [], filter, sort), [matrix, filter, sort]);
  const people = useMemo(() => visiblePeople(matrix?.people ?? [], filter), [matrix, filter]);
  const nowMs = useNow(MINUTE_MS);
  useShortcut("Escape", () => select(null), { enabled: selected !== null });

  return (
    <Page
      title="Coverage"
      subtitle={matrix ? <ResultAges sources={matrix.sources} nowMs={nowMs} /> : null}
      layout="fill"
      actions={
        <>
          {matrix || runId ? <RunPicker runId={runId} onChange={showRun} /> : null}
          {matrix ? <MatrixMenu runId={matrix.runId} rows={rows} people={people} /> : null}
          {matrix === null ? null : <StartAuditButton />}
        </>
      }
      toolbar={
        <>
          <AuditStrip />
          {matrix ? <RunNotices matrix={matrix} /> : null}
          {matrix && runId === null ? <ChangedSince atMs={matrix.sources.map(({ atMs }) => atMs)} /> : null}
          {matrix ? <FilterBar matrix={matrix} /> : null}
        </>
      }
    >
      {error && matrix === undefined ? (
        <ErrorState
          error={toFailure(error)}
          onRetry={() => void refetch()}
          action={runId ? <Button onClick={() => showRun(null)}>Show the newest results</Button> : undefined}
        />
      ) : matrix === undefined ? (
        <SkeletonRows label="Loading the matrix" rows={14} />
      ) : matrix === null ? (
        <EmptyState icon={<Grid3x3 />} title="No results yet" action={<StartAuditButton />}>
          When an audit has run, every group is a row here and every team member a column.
        </EmptyState>
      ) : (
        <MatrixView matrix={matrix} rows={rows} people={people} selected={selected} onSelect={select} />
      )}
    </Page>
  );
}
