import { useQuery } from "@tanstack/react-query";
import type { RunPart } from "#shared/domain/coverage.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { orpc } from "#renderer/api/client.ts";
import { formatCount, formatDuration, formatTime } from "#renderer/ui/format.ts";
import { useNow } from "#renderer/ui/use-now.ts";
import { PlatformMark } from "./platform-mark.tsx";

/** How each connection of an audit is doing, side by side: one may wait for long while the others go on. */
export function AuditParts({ parts }: { parts: readonly RunPart[] }) {
  const { data: connections = [] } = useQuery(orpc.connections.list.queryOptions());
  return (
    <ul aria-label="Connections in this audit" className="flex flex-wrap gap-x-6 gap-y-1 text-xs">
      {parts.map((part) => (
        <li key={part.connectionId} className="flex items-center gap-1.5">
          <PlatformMark platform={part.platform} isNamed />
          <span className="font-medium">
            {connections.find(({ id }) => id === part.connectionId)?.label ?? part.connectionId}
          </span>
          <PartState part={part} />
        </li>
      ))}
    </ul>
  );
}

function PartState({ part }: { part: RunPart }) {
  if (part.failure) return <span className="text-danger-fg">stopped: {part.failure.message}</span>;
  if (part.waiting) return <Waiting untilMs={part.waiting.untilMs} why={part.waiting.why} />;
  if (part.phase === null) return <span className="text-fg-muted">not at work</span>;
  return (
    <span className="tabular text-fg-muted">
      {part.phase}, {formatCount(part.done)}
      {part.total === null ? "" : ` of ${formatCount(part.total)}`}
    </span>
  );
}

function Waiting({ why, untilMs }: { why: string; untilMs: number }) {
  const leftMs = Math.max(0, untilMs - useNow(SECOND_MS));
  return (
    <span className="tabular text-warn-fg">
      {why.replace(/\.$/, "")}; goes on {leftMs < SECOND_MS ? "now" : `in ${formatDuration(leftMs)}`}, at{" "}
      {formatTime(untilMs)}
    </span>
  );
}
