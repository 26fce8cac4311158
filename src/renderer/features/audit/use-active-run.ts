import { useQuery } from "@tanstack/react-query";
import type { Run, RunProgress } from "#shared/domain/coverage.ts";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";

/** A run that has not ended is among the newest. */
const NEWEST = { cursor: null, limit: 20 };

/** The audit that is under way (running, waiting or paused), and how far it is; null when there is none. */
export function useActiveRun(): { run: Run; live: RunProgress | null } | null {
  const { data } = useQuery(orpc.coverage.listRuns.queryOptions({ input: NEWEST }));
  const run = data?.items.find(({ finishedAtMs, state }) => finishedAtMs === null && state !== "failed");
  const live = useQuery({
    ...orpc.coverage.progress.experimental_liveOptions({ input: { runId: run?.id ?? ("" as Run["id"]) } }),
    enabled: run !== undefined,
    // A stream is read while somebody looks at it, and opened anew the next time.
    gcTime: 0,
    staleTime: 0,
    retry: (_count: number, error: unknown) => toFailure(error).code === "link/lost",
    retryDelay: 1_000,
  });
  if (!run) return null;
  return { run, live: live.data?.runId === run.id ? live.data : null };
}
