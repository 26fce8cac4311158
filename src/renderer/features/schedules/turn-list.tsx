import type { ScheduleTurn } from "#shared/domain/schedule.ts";
import { paths } from "#renderer/api/paths.ts";
import { RunStateBadge } from "#renderer/features/audit/screen.tsx";
import { Badge } from "#renderer/ui/badge.tsx";
import { formatDateTime, formatDuration, formatNoun, formatRelative } from "#renderer/ui/format.ts";
import { TextLink } from "#renderer/ui/text-link.tsx";

/** The last turns of a schedule: on time, late, missed, failed. */
export function TurnList(props: { title: string; turns: readonly ScheduleTurn[]; nowMs: number }) {
  if (props.turns.length === 0)
    return <p className="border-t border-line px-4 py-3 text-sm text-fg-muted">It has not run yet.</p>;
  return (
    <ul aria-label={`Last turns of the ${props.title}`} className="divide-y divide-line border-t border-line">
      {props.turns.map((turn) => (
        <li key={turn.atMs} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-sm">
          <span className="w-28">
            <TurnState turn={turn} />
          </span>
          <span className="w-32" title={formatDateTime(turn.atMs)}>
            {turn.runState === null || turn.runId === null ? (
              formatRelative(turn.atMs, props.nowMs)
            ) : (
              <TextLink to={paths.run(turn.runId)}>{formatRelative(turn.atMs, props.nowMs)}</TextLink>
            )}
          </span>
          <span className="min-w-48 flex-1 text-fg-muted">{describeTurn(turn)}</span>
        </li>
      ))}
    </ul>
  );
}

function TurnState({ turn: { outcome, runState } }: { turn: ScheduleTurn }) {
  switch (outcome) {
    case "starting":
      return <Badge tone="accent">Starting</Badge>;
    case "skipped":
      return <Badge tone="warn">Skipped</Badge>;
    case "failed":
      return <Badge tone="danger">Not started</Badge>;
    case "started":
      return runState === null ? <Badge>Removed</Badge> : <RunStateBadge state={runState} />;
  }
}

function describeTurn({ outcome, isLate, missed, dueAtMs, atMs, failure }: ScheduleTurn): string {
  return [
    isLate ? `Late by ${formatDuration(atMs - dueAtMs)}.` : "",
    missed > 0 ? `${formatNoun(missed, "earlier time")} missed.` : "",
    outcome === "skipped" ? "The run before it has not ended." : "",
    failure?.message ?? "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}
