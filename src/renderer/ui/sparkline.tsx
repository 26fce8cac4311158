import { useId } from "react";

interface SparklineProps {
  /** What the line says, in words: the only form a screen reader gets. */
  label: string;
  /** Oldest first; null leaves a hole. Values may have any range. */
  values: readonly (number | null)[];
  className?: string;
}

const WIDTH = 240;
const HEIGHT = 56;
const PADDING = 4;

/** A trend as one small line with its last value marked. Needs two values to be drawn. */
export function Sparkline({ label, values, className }: SparklineProps) {
  const fadeId = useId();
  const points = pointsOf(values);
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return null;
  const line = points
    .map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join(" ");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={className}
    >
      <defs>
        <linearGradient id={fadeId} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--accent)" stopOpacity="0.18" />
          <stop offset="1" stopColor="var(--accent)" stopOpacity="0" />
        </linearGradient>
      </defs>
      <path d={`${line} L${last.x} ${HEIGHT} L${first.x} ${HEIGHT} Z`} fill={`url(#${fadeId})`} />
      <path
        d={line}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="1.75"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
      {/* A line of no length with round ends stays a circle however the picture is stretched. */}
      <path
        d={`M${last.x} ${last.y} h0.001`}
        stroke="var(--accent)"
        strokeWidth="6"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

function pointsOf(values: readonly (number | null)[]): { x: number; y: number }[] {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const range = Math.max(...known) - low || 1;
  const stepX = (WIDTH - 2 * PADDING) / Math.max(1, values.length - 1);
  return values.flatMap((value, at) =>
    value === null
      ? []
      : { x: PADDING + at * stepX, y: HEIGHT - PADDING - ((value - low) / range) * (HEIGHT - 2 * PADDING) },
  );
}
