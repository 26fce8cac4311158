import { useMemo } from "react";
import { type DataColumn, DataTable } from "#renderer/ui/data-table.tsx";
import { formatDateTime } from "#renderer/ui/format.ts";
import type { ActivityEntry } from "#shared/domain/activity.ts";
import { describeAction } from "./activity-words.ts";
import { LoadMore } from "./load-more.tsx";
import { OutcomeMark } from "./outcome-mark.tsx";

interface ActivityTableProps {
  readonly entries: readonly ActivityEntry[];
  readonly selectedSeq: number | null;
  readonly onOpen: (entry: ActivityEntry) => void;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onLoadMore: () => void;
}

/** The log. It keeps its own order: lines are chained to the one before. */
export function ActivityTable(props: ActivityTableProps) {
  const { onOpen } = props;
  const columns = useMemo(() => listColumns(onOpen), [onOpen]);
  return (
    <DataTable
      label="Activity log, newest first"
      columns={columns}
      rows={props.entries}
      rowKey={(entry) => String(entry.seq)}
      selectedKey={props.selectedSeq === null ? null : String(props.selectedSeq)}
      onOpen={onOpen}
      footer={
        props.hasMore ? <LoadMore isLoading={props.isLoadingMore} onLoad={props.onLoadMore} /> : undefined
      }
    />
  );
}

function listColumns(onOpen: (entry: ActivityEntry) => void): DataColumn<ActivityEntry>[] {
  return [
    {
      id: "seq",
      header: "Line",
      width: "4.5rem",
      align: "right",
      cell: (entry) => <span className="text-xs text-fg-muted">{entry.seq}</span>,
    },
    {
      id: "when",
      header: "When",
      width: "11rem",
      cell: (entry) => (
        <time
          dateTime={new Date(entry.atMs).toISOString()}
          className="tabular whitespace-nowrap text-fg-muted"
        >
          {formatDateTime(entry.atMs)}
        </time>
      ),
    },
    {
      id: "what",
      header: "What",
      cell: (entry) => (
        <button
          type="button"
          onClick={() => onOpen(entry)}
          className="block rounded-sm text-left text-sm font-medium whitespace-nowrap hover:underline"
        >
          {describeAction(entry.action)}
        </button>
      ),
    },
    {
      id: "target",
      header: "On what",
      width: "34%",
      cell: (entry) => (
        <span className="line-clamp-1 break-all">
          {entry.target}
          {entry.why && <span className="text-fg-muted"> ({entry.why})</span>}
        </span>
      ),
    },
    {
      id: "actor",
      header: "Who",
      cell: (entry) => <span className="whitespace-nowrap">{entry.actor}</span>,
    },
    {
      id: "outcome",
      header: "Outcome",
      width: "6.5rem",
      cell: (entry) => <OutcomeMark outcome={entry.outcome} />,
    },
  ];
}
