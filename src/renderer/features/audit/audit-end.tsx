import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Run } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { orpc } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { formatCount, formatNoun } from "#renderer/ui/format.ts";
import { navigate } from "#renderer/ui/router.ts";
import { showToast } from "#renderer/ui/show-toast.ts";
import { useActiveRun } from "./use-active-run.ts";
import { endOfferToResume } from "./use-audit-actions.ts";

/** Says in the corner how the audit under way ended, wherever the operator is. Draws nothing itself. */
export function AuditEnd() {
  const activeId = useActiveRun()?.run.id ?? null;
  const watchedId = useRef<RunId | null>(null);
  const { data } = useQuery(orpc.coverage.listRuns.queryOptions({ input: { cursor: null, limit: 20 } }));
  useEffect(() => {
    const ended = data?.items.find(({ id }) => id === watchedId.current && id !== activeId);
    if (activeId !== null && activeId !== watchedId.current) endOfferToResume();
    watchedId.current = activeId;
    if (ended) announce(ended);
  }, [activeId, data]);
  return null;
}

function announce(run: Run): void {
  const about = `run ${run.id}`;
  const open = (to: string, label: string) => ({ label, run: () => navigate(to) });
  switch (run.state) {
    case "completed":
    case "partial":
      showToast({
        about,
        tone: run.state === "completed" ? "ok" : "neutral",
        message:
          run.state === "completed" ? "Audit completed." : "Audit ended; some groups could not be read.",
        hint: `${formatCount(run.absent)} absent in ${formatNoun(run.groups, "group")}, ${formatCount(run.unknown)} unknown`,
        action: open(paths.coverage(run.id), "Open matrix"),
      });
      break;
    case "failed":
      showToast({
        about,
        tone: "danger",
        message: "The audit failed.",
        hint: run.failure?.message,
        action: open(paths.run(run.id), "See why"),
      });
      break;
    case "cancelled":
      // Whoever cancelled it was told then.
      break;
    case "running":
    case "waiting":
    case "paused":
      break;
  }
}
