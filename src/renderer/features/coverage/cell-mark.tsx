import type { MatrixCell } from "#shared/domain/matrix.ts";
import { cx } from "#renderer/ui/class-names.ts";

type Look = "present" | "absent-required" | "absent-optional" | "unknown" | "excluded";

const STYLES: Record<Look, string> = {
  present: "text-ok",
  "absent-required": "bg-danger text-on-danger",
  "absent-optional": "border border-control-line text-fg-muted",
  unknown: "bg-warn-soft text-warn-fg",
  excluded: "border border-dashed border-control-line text-fg-muted",
};

const SIGNS: Record<Look, string> = {
  present: "M4 8.5l2.5 2.5L12 5.5",
  "absent-required": "M5 5l6 6M11 5l-6 6",
  "absent-optional": "M5 5l6 6M11 5l-6 6",
  unknown: "M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.3M8 11.4v.1",
  excluded: "M5 8h6",
};

/** The sign of a cell: told apart by shape and frame as well as by colour. */
export function CellMark({ cell }: { cell: Pick<MatrixCell, "presence" | "level" | "exclusionId"> }) {
  const look = lookOf(cell);
  return (
    <span
      aria-hidden="true"
      className={cx("inline-flex size-5 shrink-0 items-center justify-center rounded-[5px]", STYLES[look])}
    >
      <svg viewBox="0 0 16 16" className="size-4" fill="none" stroke="currentColor" strokeWidth="1.75">
        <path d={SIGNS[look]} strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </span>
  );
}

function lookOf(cell: Pick<MatrixCell, "presence" | "level" | "exclusionId">): Look {
  if (cell.presence === "present") return "present";
  if (cell.exclusionId) return "excluded";
  if (cell.presence === "unknown") return "unknown";
  return cell.level === "required" ? "absent-required" : "absent-optional";
}
