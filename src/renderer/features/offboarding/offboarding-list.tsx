import { useQuery } from "@tanstack/react-query";
import { DoorOpen } from "lucide-react";
import { useMemo, useState } from "react";
import type { Offboarding } from "#shared/domain/offboarding.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { type DataColumn, DataTable } from "#renderer/ui/data-table.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { formatCount, formatDateTime, formatRelative } from "#renderer/ui/format.ts";
import { Page } from "#renderer/ui/page.tsx";
import { navigate, useRoute } from "#renderer/ui/router.ts";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";
import { Tabs } from "#renderer/ui/tabs.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { useNow } from "#renderer/ui/use-now.ts";
import { countOpen, OFFBOARDING_WORDS } from "./offboarding-words.ts";
import { AllRequests } from "./all-requests.tsx";
import { StartDialog } from "./start-dialog.tsx";

/** Everybody who leaves or has left, and everybody who was asked for something. */
export function OffboardingList() {
  const [isStarting, setIsStarting] = useState(false);
  const { query } = useRoute();
  const [tab, setTab] = useState(query.get("show") ?? "people");
  const nowMs = useNow(MINUTE_MS);
  const { data, error, refetch } = useQuery(orpc.membership.listOffboardings.queryOptions());
  const { data: requests } = useQuery(orpc.membership.listHelpRequests.queryOptions());
  const columns = useMemo(() => columnsAt(nowMs), [nowMs]);
  const start = (
    <Button variant="primary" icon={<DoorOpen />} onClick={() => setIsStarting(true)}>
      Offboard somebody…
    </Button>
  );
  return (
    <Page
      title="Offboarding"
      subtitle="People who leave, from the first look to the proof"
      layout="fill"
      actions={data?.length === 0 ? null : start}
    >
      <Tabs
        label="Offboarding"
        value={tab}
        onValueChange={setTab}
        className="h-full"
        listClassName="px-5"
        tabs={[
          {
            value: "people",
            label: "People",
            content:
              error && !data ? (
                <ErrorState error={toFailure(error)} onRetry={() => void refetch()} />
              ) : !data ? (
                <SkeletonRows label="Loading the offboardings" rows={8} />
              ) : data.length === 0 ? (
                <EmptyState icon={<DoorOpen />} title="Nobody is leaving" action={start}>
                  Finds a person in every group of both platforms, takes them out where we may, writes
                  messages to those who can do the rest, and proves that they are gone.
                </EmptyState>
              ) : (
                <DataTable<Offboarding>
                  label="Offboardings"
                  columns={columns}
                  rows={data}
                  rowKey={({ id }) => id}
                  onOpen={({ id }) => navigate(paths.offboarding(id))}
                />
              ),
          },
          {
            value: "requests",
            label: "Requests",
            mark: requests && requests.length > 0 ? <Badge>{formatCount(requests.length)}</Badge> : null,
            content: <AllRequests />,
          },
        ]}
      />
      <StartDialog isOpen={isStarting} onOpenChange={setIsStarting} />
    </Page>
  );
}

function columnsAt(nowMs: number): readonly DataColumn<Offboarding>[] {
  return [
    {
      id: "person",
      header: "Person",
      sortBy: ({ personName }) => personName,
      cell: ({ id, personName }) => <TextLink to={paths.offboarding(id)}>{personName}</TextLink>,
    },
    {
      id: "state",
      header: "State",
      width: "8rem",
      sortBy: ({ state }) => state,
      cell: ({ state }) => (
        <Badge tone={OFFBOARDING_WORDS[state].tone}>{OFFBOARDING_WORDS[state].label}</Badge>
      ),
    },
    {
      id: "open",
      header: "Open",
      width: "6rem",
      align: "right",
      sortBy: countOpen,
      cell: (row) => formatCount(countOpen(row)),
    },
    {
      id: "gone",
      header: "Gone",
      width: "6rem",
      align: "right",
      sortBy: ({ counts }) => counts.gone,
      cell: ({ counts }) => formatCount(counts.gone),
    },
    {
      id: "checked",
      header: "Last checked",
      width: "10rem",
      sortBy: ({ checkedAtMs }) => checkedAtMs ?? 0,
      cell: ({ checkedAtMs }) => <Moment atMs={checkedAtMs} nowMs={nowMs} />,
    },
    {
      id: "started",
      header: "Started",
      width: "10rem",
      sortBy: ({ createdAtMs }) => createdAtMs,
      cell: ({ createdAtMs }) => <Moment atMs={createdAtMs} nowMs={nowMs} />,
    },
  ];
}

function Moment({ atMs, nowMs }: { atMs: number | null; nowMs: number }) {
  if (atMs === null) return <span className="text-fg-muted">never</span>;
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      title={formatDateTime(atMs)}
      className="whitespace-nowrap text-fg-muted"
    >
      {formatRelative(atMs, nowMs)}
    </time>
  );
}
