import { RunId } from "#shared/domain/ids.ts";
import { paths } from "#renderer/api/paths.ts";
import { useRoute } from "#renderer/ui/router.ts";
import { CompareRuns } from "./compare-runs.tsx";
import { RunDetails } from "./run-details.tsx";
import { RunList } from "./run-list.tsx";

/** Every run, one run, or two side by side: the address says which. */
export function RunsScreen() {
  const { path, query } = useRoute();
  if (path === paths.compare(null, null)) {
    return (
      <CompareRuns
        beforeRunId={RunId.safeParse(query.get("before")).data ?? null}
        afterRunId={RunId.safeParse(query.get("after")).data ?? null}
      />
    );
  }
  const runId = RunId.safeParse(decodeURIComponent(path.slice(`${paths.runs()}/`.length))).data;
  return runId ? <RunDetails runId={runId} /> : <RunList />;
}
