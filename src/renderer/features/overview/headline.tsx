import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import type { Overview } from "#shared/contract/coverage.ts";
import { cx } from "#renderer/ui/class-names.ts";
import { formatCount, formatDate, formatNoun, formatRate } from "#renderer/ui/format.ts";
import { Sparkline } from "#renderer/ui/sparkline.tsx";
import { PlatformRates } from "./platform-rates.tsx";
import { totalsOf } from "./rates.ts";

/** The one number, where it comes from, and where it is going. */
export function Headline({ overview }: { overview: Overview }) {
  const totals = totalsOf(overview.categories);
  const rates = overview.trend.map(({ rate }) => rate);
  const change = changeOf(rates);
  const [oldest] = overview.trend;
  return (
    <section
      aria-label="Coverage of required members"
      className="flex flex-wrap items-stretch gap-x-8 gap-y-4 rounded-lg border border-line bg-raised p-4 shadow-panel"
    >
      <div className="flex flex-col justify-between gap-1">
        <h2 className="text-sm font-medium text-fg-muted">Required members present</h2>
        <p className="flex items-baseline gap-2.5">
          <span className="tabular text-2xl font-semibold tracking-tight">
            {totals.rate === null ? "–" : formatRate(totals.rate)}
          </span>
          {change === null ? null : <Change points={change} />}
        </p>
        <p className="tabular text-sm text-fg-muted">
          {formatCount(totals.required - totals.absent - totals.unknown)} of {formatCount(totals.required)},
          with {formatNoun(totals.excluded, "exclusion")}
        </p>
      </div>
      <dl className="flex gap-x-6 border-line sm:border-l sm:pl-8">
        <Figure
          name="Missing"
          value={totals.absent}
          tone={totals.absent > 0 ? "text-danger-fg" : "text-ok-fg"}
        />
        <Figure
          name="Unknown"
          value={totals.unknown}
          tone={totals.unknown > 0 ? "text-warn-fg" : "text-fg"}
        />
        <Figure name="Excluded" value={totals.excluded} tone="text-fg" />
      </dl>
      <div className="flex min-w-44 flex-1 flex-col justify-end">
        <Sparkline
          label={`Coverage over the last ${formatNoun(rates.length, "run")}: ${rates
            .map((rate) => (rate === null ? "none" : formatRate(rate)))
            .join(", ")}`}
          values={rates}
          className="h-14 w-full"
        />
        {oldest && rates.length > 1 ? (
          <p className="mt-1 flex justify-between text-xs text-fg-muted">
            <span>{formatDate(oldest.atMs)}</span>
            <span>last run</span>
          </p>
        ) : null}
      </div>
      {overview.platforms.length > 1 ? <PlatformRates platforms={overview.platforms} /> : null}
    </section>
  );
}

function Figure({ name, value, tone }: { name: string; value: number; tone: string }) {
  return (
    <div className="flex flex-col-reverse justify-end gap-1">
      <dd className={cx("tabular text-xl font-semibold", tone)}>{formatCount(value)}</dd>
      <dt className="text-sm text-fg-muted">{name}</dt>
    </div>
  );
}

/** Difference of the last two known rates, in percentage points; null without two. */
function changeOf(rates: readonly (number | null)[]): number | null {
  const known = rates.filter((rate) => rate !== null);
  const last = known.at(-1);
  const before = known.at(-2);
  return last === undefined || before === undefined ? null : (last - before) * 100;
}

function Change({ points }: { points: number }) {
  const rounded = Math.round(points * 10) / 10;
  if (rounded === 0) return <span className="text-sm text-fg-muted">unchanged</span>;
  const isBetter = rounded > 0;
  return (
    <span
      className={cx(
        "tabular inline-flex items-center gap-0.5 text-sm font-medium",
        isBetter ? "text-ok-fg" : "text-danger-fg",
      )}
    >
      {isBetter ? (
        <ArrowUpRight aria-hidden="true" className="size-4" />
      ) : (
        <ArrowDownRight aria-hidden="true" className="size-4" />
      )}
      <span className="sr-only">{isBetter ? "up" : "down"}</span>
      {Math.abs(rounded).toFixed(1)} points
    </span>
  );
}
