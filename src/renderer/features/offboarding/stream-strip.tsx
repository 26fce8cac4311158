import { Button } from "#renderer/ui/button.tsx";
import { formatCount } from "#renderer/ui/format.ts";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";

/** How far a look at the platforms is; what it found is kept at its end. */
export function StreamStrip({
  label,
  progress: { done, total },
  onStop,
}: {
  label: string;
  progress: { readonly done: number; readonly total: number | null };
  onStop: () => void;
}) {
  return (
    <div className="flex shrink-0 items-center gap-4 border-b border-line bg-sunken px-5 py-2 text-sm">
      <span className="shrink-0">{label}</span>
      <ProgressBar label={label} done={done} total={total} />
      <span className="tabular shrink-0 text-fg-muted">
        {formatCount(done)} of {total === null ? "…" : formatCount(total)} questions
      </span>
      <Button onClick={onStop}>Stop</Button>
    </div>
  );
}
