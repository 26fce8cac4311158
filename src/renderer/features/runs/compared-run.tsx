import type { Run } from "#shared/domain/coverage.ts";
import { RunId } from "#shared/domain/ids.ts";
import { runLabel } from "#renderer/features/audit/screen.tsx";
import { Select } from "#renderer/ui/select.tsx";

interface ComparedRunProps {
  label: string;
  runs: readonly Run[];
  value: RunId | null;
  onChange: (runId: RunId) => void;
}

/** Chooses one side of a comparison. */
export function ComparedRun({ label, runs, value, onChange }: ComparedRunProps) {
  return (
    <div className="flex items-center gap-2">
      <span aria-hidden="true" className="text-sm text-fg-muted">
        {label}
      </span>
      <div className="w-80">
        <Select
          aria-label={label}
          placeholder="Choose a run"
          value={value ?? ""}
          onValueChange={(id) => onChange(RunId.parse(id))}
          groups={[
            {
              label: null,
              options: runs.map((run) => ({
                value: run.id,
                label: runLabel(run),
              })),
            },
          ]}
        />
      </div>
    </div>
  );
}
