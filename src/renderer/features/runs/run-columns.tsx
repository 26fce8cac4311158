import { FlaskConical } from "lucide-react";
import type { Run } from "#shared/domain/coverage.ts";
import { paths } from "#renderer/api/paths.ts";
import { TRIGGER_WORDS } from "#renderer/api/words.ts";
import { howAsked, PlatformMark, RunStateBadge } from "#renderer/features/audit/screen.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import type { DataColumn } from "#renderer/ui/data-table.tsx";
import { formatCount, formatDateTime, formatDuration } from "#renderer/ui/format.ts";
import { TextLink } from "#renderer/ui/text-link.tsx";

function count(id: string, header: string, of: (run: Run) => number, tone = "text-fg"): DataColumn<Run> {
  return {
    id,
    header,
    align: "right",
    sortBy: of,
    cell: (run) => {
      const value = of(run);
      return <span className={cx(value === 0 ? "text-fg-faint" : tone)}>{formatCount(value)}</span>;
    },
  };
}

/** The platforms, and how they were asked: once for all of them, or for each where that differs. */
function HowAsked({ run }: { run: Run }) {
  const [first] = run.strategies;
  const isOne = run.strategies.every(({ strategy }) => strategy === first?.strategy);
  return (
    <>
      {run.platforms.map((platform) => (
        <span key={platform} className="flex items-center gap-1.5">
          <PlatformMark platform={platform} isNamed />
          {isOne
            ? null
            : howAsked({ strategies: run.strategies.filter((each) => each.platform === platform) })}
        </span>
      ))}
      {isOne ? howAsked(run) : null}
    </>
  );
}

/** What the list of runs tells about each. */
export const RUN_COLUMNS: readonly DataColumn<Run>[] = [
  {
    id: "started",
    header: "Started",
    sortBy: (run) => run.startedAtMs,
    cell: (run) => (
      <span className="flex items-center gap-2 whitespace-nowrap">
        <TextLink to={paths.run(run.id)}>{formatDateTime(run.startedAtMs)}</TextLink>
        {run.isSandbox ? (
          <span title="Sandbox: simulated data">
            <FlaskConical aria-hidden="true" className="size-3.5 text-warn-fg" />
            <span className="sr-only">Sandbox</span>
          </span>
        ) : null}
      </span>
    ),
  },
  {
    id: "state",
    header: "State",
    sortBy: (run) => run.state,
    cell: (run) => <RunStateBadge state={run.state} />,
  },
  count("groups", "Groups", (run) => run.groups),
  count("present", "Present", (run) => run.present),
  count("absent", "Absent", (run) => run.absent, "text-danger-fg font-medium"),
  count("unknown", "Unknown", (run) => run.unknown, "text-warn-fg font-medium"),
  count("calls", "Calls", (run) => run.calls, "text-fg-muted"),
  {
    id: "took",
    header: "Took",
    align: "right",
    sortBy: (run) => run.elapsedMs,
    cell: (run) => <span className="whitespace-nowrap text-fg-muted">{formatDuration(run.elapsedMs)}</span>,
  },
  {
    id: "how",
    header: "Asked",
    sortBy: (run) => howAsked(run) ?? "",
    cell: (run) => (
      <span className="flex items-center gap-2 whitespace-nowrap text-fg-muted">
        <HowAsked run={run} />
      </span>
    ),
  },
  {
    id: "trigger",
    header: "Started from",
    sortBy: (run) => run.trigger,
    cell: (run) => <span className="whitespace-nowrap text-fg-muted">{TRIGGER_WORDS[run.trigger]}</span>,
  },
];
