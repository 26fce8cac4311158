import { cx } from "./class-names.ts";

/** A grey shape where something will be. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx("animate-pulse rounded bg-hover", className)} />;
}

/** A list that is on its way. `label` tells screen readers what is loading. */
export function SkeletonRows({ label, rows = 8 }: { label: string; rows?: number }) {
  return (
    <div role="status" aria-label={label} className="space-y-3 p-page">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton
          key={index}
          className={cx("h-4", index % 3 === 0 ? "w-3/4" : index % 3 === 1 ? "w-full" : "w-5/6")}
        />
      ))}
    </div>
  );
}
