interface ProgressBarProps {
  label: string;
  done: number;
  /** Null while the whole is unknown: the bar then only shows that something happens. */
  total: number | null;
  isWaiting?: boolean;
}

/** How far a piece of work is. */
export function ProgressBar({ label, done, total, isWaiting = false }: ProgressBarProps) {
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total ?? undefined}
      aria-valuenow={share === null ? undefined : done}
      className="h-1.5 w-full overflow-hidden rounded-full bg-pressed"
    >
      <div
        className={`h-full rounded-full transition-[width] duration-300 ${isWaiting ? "bg-warn" : "bg-accent"} ${share === null ? "w-1/4 animate-pulse" : ""}`}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
