import { useQuery } from "@tanstack/react-query";
import { Plug, Plus, Send } from "lucide-react";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import type { Connection } from "#shared/domain/connection.ts";
import type { Platform } from "#shared/domain/ids.ts";
import { ConnectionCard } from "./connection-card.tsx";

interface ConnectionListProps {
  readonly onAdd: (platform: Platform) => void;
  readonly onSignIn: (connection: Connection) => void;
  readonly onRemove: (connection: Connection) => void;
}

/** Every connection, those that need the operator first. */
export function ConnectionList({ onAdd, onSignIn, onRemove }: ConnectionListProps) {
  const connections = useQuery(orpc.connections.list.queryOptions());
  if (connections.isPending)
    return (
      <div role="status" aria-label="Loading connections" className="space-y-3">
        <Skeleton className="h-28 w-full rounded-lg" />
        <Skeleton className="h-28 w-full rounded-lg" />
      </div>
    );
  if (connections.error)
    return <ErrorState error={toFailure(connections.error)} onRetry={() => void connections.refetch()} />;
  if (connections.data.length === 0)
    return (
      <EmptyState
        icon={<Plug />}
        title="Nothing is connected"
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button icon={<Send />} onClick={() => onAdd("telegram")}>
              Connect Telegram
            </Button>
            <Button variant="primary" icon={<Plus />} onClick={() => onAdd("slack")}>
              Connect Slack
            </Button>
          </div>
        }
      >
        Connect Slack workspaces and Telegram accounts to audit who is in their channels and groups. Several
        may be connected at once.
      </EmptyState>
    );
  const urgency = { "signed-out": 0, unreachable: 1, ready: 2 } as const;
  return (
    <ul aria-label="Connections" className="space-y-3">
      {[...connections.data]
        .sort((a, b) => urgency[a.state] - urgency[b.state] || a.label.localeCompare(b.label))
        .map((connection) => (
          <li key={connection.id}>
            <ConnectionCard
              connection={connection}
              onSignIn={() => onSignIn(connection)}
              onRemove={() => onRemove(connection)}
            />
          </li>
        ))}
    </ul>
  );
}
