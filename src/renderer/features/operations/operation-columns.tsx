import { FlaskConical } from "lucide-react";
import type { Operation } from "#shared/domain/operation.ts";
import { isPlanTooOld } from "#shared/domain/plan-age.ts";
import { paths } from "#renderer/api/paths.ts";
import type { DataColumn } from "#renderer/ui/data-table.tsx";
import { formatDateTime, formatRelative } from "#renderer/ui/format.ts";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { CountsBar } from "./counts-bar.tsx";
import { GoesOn } from "./goes-on.tsx";
import { OperationStateBadge } from "./operation-state-badge.tsx";
import { KIND_WORDS } from "./operation-words.ts";

/** What the list tells about each operation. */
export function operationColumns(nowMs: number): readonly DataColumn<Operation>[] {
  return [
    {
      id: "title",
      header: "Operation",
      width: "34%",
      sortBy: ({ title }) => title,
      cell: (operation) => (
        <span className="flex min-w-0 items-center gap-2">
          <span title={operation.title} className="w-0 min-w-40 flex-1 truncate">
            <TextLink to={paths.operation(operation.id)}>{operation.title}</TextLink>
          </span>
          {operation.isSandbox ? (
            <span title="Sandbox: simulated data">
              <FlaskConical aria-hidden="true" className="size-3.5 text-warn-fg" />
              <span className="sr-only">Sandbox</span>
            </span>
          ) : null}
          {operation.undoneBy ? <span className="text-xs text-fg-muted">undone</span> : null}
        </span>
      ),
    },
    {
      id: "state",
      header: "State",
      width: "10rem",
      sortBy: ({ state }) => state,
      cell: (operation) => (
        <span className="flex flex-col items-start gap-0.5 py-0.5">
          <OperationStateBadge state={operation.state} />
          {operation.state === "planned" && isPlanTooOld(operation.plannedAtMs ?? nowMs, nowMs) ? (
            <span className="text-2xs text-fg-muted">too old to run</span>
          ) : null}
          {operation.state === "waiting" ? <GoesOn operationId={operation.id} /> : null}
        </span>
      ),
    },
    {
      id: "kind",
      header: "Kind",
      width: "9rem",
      sortBy: ({ kind }) => KIND_WORDS[kind],
      cell: ({ kind }) => <span className="whitespace-nowrap text-fg-muted">{KIND_WORDS[kind]}</span>,
    },
    {
      id: "steps",
      header: "Steps",
      width: "26%",
      cell: ({ title, counts, state }) => <CountsBar label={title} counts={counts} state={state} />,
    },
    {
      id: "by",
      header: "By",
      width: "5rem",
      sortBy: ({ createdBy }) => createdBy,
      cell: ({ createdBy }) => <span className="truncate text-fg-muted">{createdBy}</span>,
    },
    {
      id: "created",
      header: "When",
      width: "8rem",
      sortBy: ({ createdAtMs }) => createdAtMs,
      cell: ({ createdAtMs }) => (
        <time
          dateTime={new Date(createdAtMs).toISOString()}
          title={formatDateTime(createdAtMs)}
          className="whitespace-nowrap text-fg-muted"
        >
          {formatRelative(createdAtMs, nowMs)}
        </time>
      ),
    },
  ];
}
