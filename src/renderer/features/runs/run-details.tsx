import { useQuery } from "@tanstack/react-query";
import type { RunId } from "#shared/domain/ids.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { AuditStrip, RunStateBadge } from "#renderer/features/audit/screen.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { formatDateTime } from "#renderer/ui/format.ts";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { ProblemList } from "./problem-list.tsx";
import { RunActions } from "./run-actions.tsx";
import { RunFacts } from "./run-facts.tsx";
import { RunTotals } from "./run-totals.tsx";
import { UnknownReasons } from "./unknown-reasons.tsx";
import { UnreadableGroups } from "./unreadable-groups.tsx";

/** One run: what it found, what it could not find out and why, and what it cost. */
export function RunDetails({ runId }: { runId: RunId }) {
  const { data, error, refetch } = useQuery(orpc.coverage.getRun.queryOptions({ input: { runId } }));
  const failure = data?.run.failure;
  return (
    <Page
      title={data ? `Run of ${formatDateTime(data.run.startedAtMs)}` : "Run"}
      subtitle={
        <span className="flex items-center gap-3">
          {data ? <RunStateBadge state={data.run.state} /> : null}
          <TextLink to={paths.runs()}>All runs</TextLink>
        </span>
      }
      actions={data ? <RunActions detail={data} /> : null}
      toolbar={<AuditStrip />}
    >
      {error && !data ? (
        <ErrorState
          error={toFailure(error)}
          onRetry={() => void refetch()}
          action={<LinkButton to={paths.runs()}>Show all runs</LinkButton>}
        />
      ) : !data ? (
        <SkeletonRows label="Loading the run" rows={10} />
      ) : (
        <div className="flex flex-col gap-4">
          {failure ? (
            <Notice tone="danger" title={failure.message}>
              {failure.todo} <span className="font-mono text-xs text-fg-muted">{failure.code}</span>
            </Notice>
          ) : null}
          <RunTotals run={data.run} />
          <div className="grid gap-4 lg:grid-cols-2">
            <RunFacts run={data.run} />
            <UnknownReasons unknownByReason={data.unknownByReason} runId={runId} />
          </div>
          <UnreadableGroups groups={data.unreadable} runId={runId} />
          <ProblemList problems={data.problems} />
        </div>
      )}
    </Page>
  );
}
