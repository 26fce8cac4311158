import { cx } from "./class-names.ts";

export type BarTone = "ok" | "excused" | "danger" | "unsure";

export interface BarPart {
  readonly tone: BarTone;
  readonly count: number;
  readonly name: string;
}

/** Tones differ in pattern as well as in colour. */
const LOOKS: Record<BarTone, string> = {
  ok: "bg-ok",
  excused: "bar-excused",
  danger: "bg-danger",
  unsure: "bar-unsure",
};

interface StackedBarProps {
  label: string;
  parts: readonly BarPart[];
  /** What of the whole belongs to no part; it stays empty. */
  rest?: number;
}

/** How a whole divides into parts. Parts that are not empty are at least visible. */
export function StackedBar({ label, parts, rest = 0 }: StackedBarProps) {
  const shown = parts.filter(({ count }) => count > 0);
  const words = shown.map(({ name, count }) => `${count} ${name}`).join(", ");
  return (
    <div
      role="img"
      aria-label={`${label}: ${words || "nothing"}`}
      className="flex h-2 w-full gap-px overflow-hidden rounded-full bg-hover"
    >
      {shown.map(({ tone, count }) => (
        <div key={tone} className={cx("h-full min-w-1", LOOKS[tone])} style={{ flexGrow: count }} />
      ))}
      {rest > 0 ? <div style={{ flexGrow: rest }} /> : null}
    </div>
  );
}

/** What the tones of a bar mean. */
export function BarLegend({ entries }: { entries: readonly { tone: BarTone; name: string }[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {entries.map(({ tone, name }) => (
        <li key={tone} className="flex items-center gap-1.5 text-xs text-fg-muted">
          <span aria-hidden="true" className={cx("size-2.5 rounded-sm", LOOKS[tone])} />
          {name}
        </li>
      ))}
    </ul>
  );
}
