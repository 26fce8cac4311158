import { useQuery } from "@tanstack/react-query";
import { RunId } from "#shared/domain/ids.ts";
import { orpc } from "#renderer/api/client.ts";
import { runLabel } from "#renderer/features/audit/screen.tsx";
import { Select } from "#renderer/ui/select.tsx";

const NEWEST = "newest";
const OFFERED_RUNS = { cursor: null, limit: 100 };

/** Chooses whose results the matrix shows; null is always the newest of each connection. */
export function RunPicker({
  runId,
  onChange,
}: {
  runId: RunId | null;
  onChange: (runId: RunId | null) => void;
}) {
  const { data } = useQuery(orpc.coverage.listRuns.queryOptions({ input: OFFERED_RUNS }));
  const ended = (data?.items ?? []).filter(({ finishedAtMs, groups }) => finishedAtMs !== null && groups > 0);
  return (
    <div className="w-72">
      <Select
        aria-label="Run"
        value={runId ?? NEWEST}
        onValueChange={(value) => onChange(value === NEWEST ? null : RunId.parse(value))}
        groups={[
          { label: null, options: [{ value: NEWEST, label: "Newest results" }] },
          {
            label: "One run",
            options: ended.map((run) => ({
              value: run.id,
              label: runLabel(run),
            })),
          },
        ]}
      />
    </div>
  );
}
