import { Send, SearchX } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { HelpRequest, HelpRequestId } from "#shared/domain/offboarding.ts";
import { client } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { type DataColumn, DataTable } from "#renderer/ui/data-table.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { formatNoun } from "#renderer/ui/format.ts";
import { rescueFocus } from "#renderer/ui/rescue-focus.ts";
import { navigate } from "#renderer/ui/router.ts";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { Toolbar } from "#renderer/ui/toolbar.tsx";
import { PURPOSE_WORDS, REQUEST_WORDS } from "./offboarding-words.ts";
import { RequestDialog } from "./request-dialog.tsx";

interface RequestTableProps {
  readonly requests: readonly HelpRequest[];
  /** What else can be done with them, left in the toolbar. */
  readonly actions: ReactNode;
  readonly emptyText: string;
}

/** Messages to those who can do what we cannot, and what became of each. */
export function RequestTable({ requests, actions, emptyText }: RequestTableProps) {
  const [openId, setOpenId] = useState<HelpRequestId | null>(null);
  const columns = useMemo(() => columnsWith(({ id }) => setOpenId(id)), []);
  const sendable = requests.filter(
    ({ state, askUserId, sending }) =>
      askUserId !== null && state === "draft" && (sending === null || sending.failure !== null),
  );
  const send = async () => {
    try {
      const helpRequestIds = sendable.map(({ id }) => id);
      const { operationId } = await client.membership.sendHelpRequests({ helpRequestIds });
      navigate(paths.operation(operationId));
    } catch (error) {
      showFailure(error);
    }
  };
  const isEmpty = requests.length === 0;
  // The first requests replace the button that had them written.
  useEffect(rescueFocus, [isEmpty]);
  if (isEmpty)
    return (
      <EmptyState icon={<SearchX />} title="Nobody was asked yet" action={actions}>
        {emptyText}
      </EmptyState>
    );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Toolbar label="Requests">
        {actions}
        {sendable.length === 0 ? null : (
          <Button icon={<Send />} className="ml-auto" onClick={() => void send()}>
            Plan to send {formatNoun(sendable.length, "message")}…
          </Button>
        )}
      </Toolbar>
      <div className="min-h-0 flex-1">
        <DataTable<HelpRequest>
          label="Requests"
          columns={columns}
          rows={requests}
          rowKey={({ id }) => id}
          onOpen={({ id }) => setOpenId(id)}
        />
      </div>
      <RequestDialog
        key={openId}
        request={requests.find(({ id }) => id === openId) ?? null}
        onClose={() => setOpenId(null)}
      />
    </div>
  );
}

function columnsWith(open: (request: HelpRequest) => void): readonly DataColumn<HelpRequest>[] {
  return [
    {
      id: "group",
      header: "Group",
      width: "26%",
      sortBy: ({ groupName }) => groupName,
      cell: (request) => (
        <button
          type="button"
          className="block max-w-80 truncate text-left text-fg hover:underline"
          onClick={() => open(request)}
        >
          {request.groupName}
        </button>
      ),
    },
    {
      id: "platform",
      header: "Platform",
      width: "7rem",
      sortBy: ({ platform }) => platform,
      cell: ({ platform }) => <span className="text-fg-muted">{PLATFORM_WORDS[platform]}</span>,
    },
    {
      id: "purpose",
      header: "What for",
      width: "12rem",
      sortBy: ({ purpose }) => PURPOSE_WORDS[purpose],
      cell: ({ purpose }) => (
        <span className="whitespace-nowrap text-fg-muted">{PURPOSE_WORDS[purpose]}</span>
      ),
    },
    {
      id: "who",
      header: "Whom",
      sortBy: ({ askName }) => askName ?? "",
      cell: ({ askName, askRole }) =>
        askName === null ? (
          <span className="text-fg-muted">nobody is shown</span>
        ) : (
          <span className="truncate">
            {askName} <span className="text-xs text-fg-muted">{askRole}</span>
          </span>
        ),
    },
    {
      id: "state",
      header: "State",
      width: "12rem",
      sortBy: ({ state }) => state,
      cell: ({ state, sending }) => (
        <span className="flex items-center gap-2">
          <Badge tone={REQUEST_WORDS[state].tone}>{REQUEST_WORDS[state].label}</Badge>
          {/* Once it is known what came of it, how it went there is no news. */}
          {sending !== null && (state === "draft" || (state === "copied" && sending.failure)) ? (
            <TextLink to={paths.operation(sending.operationId)}>
              {sending.failure ? "not sent" : "being sent"}
            </TextLink>
          ) : null}
        </span>
      ),
    },
  ];
}
