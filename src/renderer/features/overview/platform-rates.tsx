import type { PlatformCoverage } from "#shared/domain/matrix.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { PlatformMark } from "#renderer/features/audit/screen.tsx";
import { formatCount, formatNoun, formatRate } from "#renderer/ui/format.ts";
import { StackedBar } from "#renderer/ui/stacked-bar.tsx";
import { totalsOf } from "./rates.ts";

/** The one number again, by platform. */
export function PlatformRates({ platforms }: { platforms: readonly PlatformCoverage[] }) {
  return (
    <ul
      aria-label="By platform"
      className="grid basis-full gap-x-8 gap-y-3 border-t border-line pt-3 sm:grid-cols-2"
    >
      {platforms.map((coverage) => {
        const { rate, absent, unknown } = totalsOf([coverage]);
        return (
          <li key={coverage.platform} className="space-y-1">
            <p className="flex items-center gap-2 text-sm">
              <span className="font-medium">
                <PlatformMark platform={coverage.platform} isNamed />
              </span>
              <span className="text-xs whitespace-nowrap text-fg-muted">
                {formatNoun(coverage.groups, "group")}
              </span>
              <span className="tabular ml-auto font-medium">{rate === null ? "–" : formatRate(rate)}</span>
            </p>
            <StackedBar
              label={PLATFORM_WORDS[coverage.platform]}
              parts={[
                { tone: "ok", count: coverage.requiredPresent, name: "present" },
                { tone: "excused", count: coverage.excluded, name: "excluded" },
                { tone: "danger", count: absent, name: "missing" },
                { tone: "unsure", count: unknown, name: "unknown" },
              ]}
            />
            <p className="tabular text-xs text-fg-muted">
              {formatCount(absent)} missing · {formatCount(unknown)} unknown
            </p>
          </li>
        );
      })}
    </ul>
  );
}
