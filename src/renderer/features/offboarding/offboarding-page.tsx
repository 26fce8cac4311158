import { useQuery } from "@tanstack/react-query";
import { Ban, FileCheck2, MoreHorizontal, RefreshCw, UserMinus } from "lucide-react";
import { useState } from "react";
import type { OffboardingCheckStep, OffboardingDetail } from "#shared/contract/membership.ts";
import type { OffboardingId } from "#shared/domain/offboarding.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { client, orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { formatCount, formatNoun, formatRelative } from "#renderer/ui/format.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { Tabs } from "#renderer/ui/tabs.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { CloseDialog } from "./close-dialog.tsx";
import { HistoryList } from "./history-list.tsx";
import { NextStep } from "./next-step.tsx";
import { OffboardingNotices } from "./offboarding-notices.tsx";
import { askAgain, exportEvidence, planRemoval, setOffboardingState } from "./offboarding-actions.ts";
import { isOutdated, isProven, OFFBOARDING_WORDS } from "./offboarding-words.ts";
import { OperationLinks } from "./operation-links.tsx";
import { PrepareRequests } from "./prepare-requests.tsx";
import { RequestTable } from "./request-table.tsx";
import { StreamStrip } from "./stream-strip.tsx";
import { TaskTable } from "./task-table.tsx";
import { useStream } from "./use-stream.ts";

/** One person's way out: where they are, what is left to do, whom to ask, and what was done. */
export function OffboardingPage({ offboardingId }: { offboardingId: OffboardingId }) {
  const { data, error, refetch } = useQuery(
    orpc.membership.getOffboarding.queryOptions({ input: { offboardingId } }),
  );
  if (data) return <Shown detail={data} />;
  return (
    <Page title="Offboarding" layout="fill">
      {error ? (
        <ErrorState
          error={toFailure(error)}
          onRetry={() => void refetch()}
          action={<LinkButton to={paths.offboardings()}>Show all offboardings</LinkButton>}
        />
      ) : (
        <SkeletonRows label="Loading the offboarding" rows={12} />
      )}
    </Page>
  );
}

function Shown({ detail }: { detail: OffboardingDetail }) {
  const { offboarding, tasks, requests, history } = detail;
  const { id, state, personName, counts, checkedAtMs } = offboarding;
  const [tab, setTab] = useState("tasks");
  const checking = useStream<OffboardingCheckStep>();
  const [isClosing, setIsClosing] = useState(false);
  const isOpen = state === "open";
  const isDone = isProven(detail);
  const looksFirst =
    checkedAtMs === null || isOutdated(detail) || (!isDone && counts.remove + counts.ask === 0);
  const check = async () => {
    await checking.run((signal) => client.membership.checkOffboarding({ offboardingId: id }, { signal }));
    askAgain();
  };
  return (
    <Page
      title={personName}
      subtitle={<Subtitle detail={detail} />}
      layout="fill"
      actions={
        <>
          {isOpen ? (
            <Button
              icon={<RefreshCw />}
              variant={looksFirst ? "primary" : "secondary"}
              isBusy={checking.progress !== null}
              onClick={() => void check()}
            >
              {checkedAtMs === null ? "Find everywhere" : "Check again"}
            </Button>
          ) : (
            <Button onClick={() => void setOffboardingState(id, "open")}>Open again</Button>
          )}
          {isOpen && counts.remove > 0 ? (
            <Button
              variant={looksFirst ? "secondary" : "primary"}
              icon={<UserMinus />}
              onClick={() => void planRemoval(id)}
            >
              Remove from {formatNoun(counts.remove, "group")}…
            </Button>
          ) : null}
          {isOpen && isDone ? (
            <Button variant="primary" onClick={() => setIsClosing(true)}>
              Close…
            </Button>
          ) : null}
          <Menu
            trigger={<IconButton label="More actions" icon={<MoreHorizontal />} />}
            groups={[
              [
                {
                  label: "Write the evidence…",
                  icon: <FileCheck2 />,
                  onSelect: () => void exportEvidence(id),
                },
              ],
              isOpen && !isDone
                ? [{ label: "Give up…", icon: <Ban />, onSelect: () => setIsClosing(true) }]
                : [],
            ].filter((group) => group.length > 0)}
          />
        </>
      }
      toolbar={
        <>
          {checking.progress ? (
            <StreamStrip label="Asking the platforms" progress={checking.progress} onStop={checking.stop} />
          ) : null}
          {checking.progress ? null : <NextStep detail={detail} tab={tab} onShow={setTab} />}
          <OffboardingNotices detail={detail} />
        </>
      }
    >
      <Tabs
        label="Offboarding"
        value={tab}
        onValueChange={setTab}
        className="h-full"
        listClassName="px-5"
        tabs={[
          {
            value: "tasks",
            label: "Groups",
            mark: <Badge>{formatCount(tasks.length)}</Badge>,
            content: <TaskTable offboarding={offboarding} tasks={tasks} />,
          },
          {
            value: "requests",
            label: "Requests",
            mark: <Badge>{formatCount(requests.length)}</Badge>,
            content: (
              <RequestTable
                requests={requests}
                actions={isOpen ? <PrepareRequests offboardingId={id} tasks={tasks} /> : null}
                emptyText="Where somebody else has to act, Muster finds out who, and writes the message."
              />
            ),
          },
          {
            value: "history",
            label: "History",
            content: (
              <div className="flex h-full min-h-0 flex-col">
                <OperationLinks operationIds={offboarding.operationIds} />
                <HistoryList history={history} />
              </div>
            ),
          },
        ]}
      />
      <CloseDialog detail={detail} isOpen={isClosing} onOpenChange={setIsClosing} />
    </Page>
  );
}

function Subtitle({ detail: { offboarding } }: { detail: OffboardingDetail }) {
  const nowMs = useNow(MINUTE_MS);
  const { state, checkedAtMs } = offboarding;
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <Badge tone={OFFBOARDING_WORDS[state].tone}>{OFFBOARDING_WORDS[state].label}</Badge>
      <span>
        {checkedAtMs === null ? "not looked for yet" : `checked ${formatRelative(checkedAtMs, nowMs)}`}
      </span>
      <TextLink to={paths.offboardings()}>All offboardings</TextLink>
    </span>
  );
}
