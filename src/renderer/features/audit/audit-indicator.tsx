import { paths } from "#renderer/api/paths.ts";
import { RUN_STATE_WORDS } from "#renderer/api/words.ts";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import { hrefOf } from "#renderer/ui/router.ts";
import { useActiveRun } from "./use-active-run.ts";

/** The audit under way, small, for places far from it. Nothing when none is. */
export function AuditIndicator() {
  const active = useActiveRun();
  if (!active) return null;
  const { run, live } = active;
  const state = live?.state ?? run.state;
  const label = `Audit ${RUN_STATE_WORDS[state].toLowerCase()}`;
  return (
    <a
      href={hrefOf(paths.run(run.id))}
      className="flex flex-col gap-1.5 rounded-md border border-line bg-surface px-2 py-2 text-xs text-fg no-underline hover:border-line-strong"
    >
      <span className="sr-only justify-between lg:not-sr-only lg:flex!">
        <span className="font-medium">{label}</span>
        <span className="tabular text-fg-muted">
          {live && live.progress.total !== null ? `${live.progress.done}/${live.progress.total}` : null}
        </span>
      </span>
      <ProgressBar
        label={label}
        done={live?.progress.done ?? 0}
        total={live?.progress.total ?? null}
        isWaiting={state !== "running"}
      />
    </a>
  );
}
