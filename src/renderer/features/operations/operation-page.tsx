import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { hasEnded, isPlan } from "#shared/domain/operation-phase.ts";
import type { OperationDetail, OperationId } from "#shared/domain/operation.ts";
import { isPlanTooOld } from "#shared/domain/plan-age.ts";
import { orpc, queryClient } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { formatDateTime, formatRelative } from "#renderer/ui/format.ts";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { rescueFocus } from "#renderer/ui/rescue-focus.ts";
import { useNow } from "#renderer/ui/use-now.ts";
import { EndedActions } from "./ended-actions.tsx";
import { OffboardingLink } from "./offboarding-link.tsx";
import { OldPlanNotice } from "./old-plan-notice.tsx";
import { OperationNotices } from "./operation-notices.tsx";
import { OperationStateBadge } from "./operation-state-badge.tsx";
import { isLive } from "./operation-words.ts";
import { PlanActions } from "./plan-actions.tsx";
import { PlanAside } from "./plan-aside.tsx";
import { ProgressStrip } from "./progress-strip.tsx";
import { RunTotals } from "./run-totals.tsx";
import { StepTable } from "./step-table.tsx";
import { useOperationActions } from "./use-operation-actions.ts";
import { useOperationProgress } from "./use-operation-progress.ts";
import { stepsKey, useSteps } from "./use-steps.ts";

/** One operation from its plan to its report: what it will do, does, and did, step by step. */
export function OperationPage({ operationId }: { operationId: OperationId }) {
  const { data, error, refetch } = useQuery(orpc.membership.get.queryOptions({ input: { operationId } }));
  if (data) return <Shown stored={data} />;
  return (
    <Page title="Operation" layout="fill">
      {error ? (
        <ErrorState
          error={toFailure(error)}
          onRetry={() => void refetch()}
          action={<LinkButton to={paths.operations()}>Show all operations</LinkButton>}
        />
      ) : (
        <SkeletonRows label="Loading the operation" rows={12} />
      )}
    </Page>
  );
}

function Shown({ stored }: { stored: OperationDetail }) {
  const live = useOperationProgress(stored.id, isLive(stored.state));
  const operation = live ? { ...stored, state: live.state, counts: live.counts } : stored;
  const { id, state } = operation;
  useEffect(() => {
    // The change is announced too; but nothing may be shown under a heading that is over.
    if (state === stored.state) return;
    void queryClient.invalidateQueries({ queryKey: orpc.membership.get.key({ input: { operationId: id } }) });
    void queryClient.invalidateQueries({ queryKey: orpc.membership.list.key() });
    void queryClient.invalidateQueries({ queryKey: stepsKey(id) });
  }, [id, state, stored.state]);
  // The button that was pressed may be gone with the state it belonged to.
  useEffect(rescueFocus, [state]);
  const steps = useSteps(id, isLive(state) ? operation.counts : null);
  const planning = state === "planning";
  const nowMs = useNow(MINUTE_MS);
  const isTooOld = isPlanTooOld(operation.plannedAtMs ?? nowMs, nowMs);
  return (
    <Page
      title={operation.title}
      subtitle={<Subtitle operation={operation} />}
      layout="fill"
      actions={
        state === "planned" ? (
          <PlanActions operation={operation} isTooOld={isTooOld} />
        ) : state === "awaiting-approval" ? (
          <WithdrawButton operationId={id} />
        ) : hasEnded(state) ? (
          <EndedActions operation={operation} />
        ) : null
      }
      toolbar={
        <>
          {isLive(state) ? <ProgressStrip operation={operation} live={live} /> : null}
          {state === "planned" && isTooOld ? <OldPlanNotice operationId={id} /> : null}
          <OperationNotices operation={operation} />
          {isPlan(state) ? null : <RunTotals counts={operation.counts} state={state} />}
        </>
      }
    >
      {steps.error && !steps.data ? (
        <ErrorState error={toFailure(steps.error)} onRetry={() => void steps.refetch()} />
      ) : !steps.data || (planning && steps.data.all.length === 0) ? (
        <SkeletonRows label={planning ? "Making the plan" : "Loading the steps"} rows={12} />
      ) : (
        <StepTable
          operation={operation}
          steps={steps.data.all}
          aside={state === "planned" && !isTooOld ? <PlanAside operation={operation} /> : null}
        />
      )}
    </Page>
  );
}

function WithdrawButton({ operationId }: { operationId: OperationId }) {
  const { withdraw } = useOperationActions();
  return (
    <Button isBusy={withdraw.isPending} onClick={() => withdraw.mutate(operationId)}>
      Withdraw
    </Button>
  );
}

function Subtitle({ operation }: { operation: OperationDetail }) {
  const nowMs = useNow(MINUTE_MS);
  const atMs = operation.finishedAtMs ?? operation.confirmedAtMs ?? operation.plannedAtMs;
  const verb = operation.finishedAtMs
    ? "ended"
    : operation.confirmedAtMs
      ? "confirmed"
      : operation.state === "planned"
        ? "planned"
        : null;
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <OperationStateBadge state={operation.state} />
      <span>
        {atMs !== null && verb ? (
          <time dateTime={new Date(atMs).toISOString()} title={formatDateTime(atMs)}>
            {verb} {formatRelative(atMs, nowMs)}
          </time>
        ) : null}{" "}
        by {operation.createdBy}
        {operation.approvedBy ? `, approved by ${operation.approvedBy}` : ""}
      </span>
      <TextLink to={paths.operations()}>All operations</TextLink>
      {operation.kind === "remove" ? <OffboardingLink operationId={operation.id} /> : null}
    </span>
  );
}
