import type { CategoryCoverage } from "#shared/domain/matrix.ts";
import { paths } from "#renderer/api/paths.ts";
import { formatNoun, formatRate } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { BarLegend, StackedBar } from "#renderer/ui/stacked-bar.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { FixCategory } from "./fix-category.tsx";
import { totalsOf } from "./rates.ts";

const LEGEND = [
  { tone: "ok", name: "Present" },
  { tone: "excused", name: "Excluded gap" },
  { tone: "danger", name: "Missing" },
  { tone: "unsure", name: "Unknown" },
] as const;

/** Coverage of required members by category. */
export function CategoryBars({ categories }: { categories: readonly CategoryCoverage[] }) {
  return (
    <Section title="By category" aside={<BarLegend entries={LEGEND} />}>
      {categories.length === 0 ? (
        <p className="text-sm text-fg-muted">No run has ended with results yet.</p>
      ) : (
        <ul className="space-y-3.5">
          {categories.map((category) => (
            <CategoryBar key={category.categoryId ?? ""} category={category} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function CategoryBar({ category }: { category: CategoryCoverage }) {
  const { rate } = totalsOf([category]);
  const covered = category.requiredTotal - category.requiredAbsent - category.requiredUnknown;
  const present = covered - category.excluded;
  const rest = [
    category.requiredAbsent > 0 ? `${category.requiredAbsent} missing` : null,
    category.requiredUnknown > 0 ? `${category.requiredUnknown} unknown` : null,
    category.excluded > 0 ? `${category.excluded} excluded` : null,
  ].filter(Boolean);
  return (
    <li>
      <div className="mb-1.5 flex items-baseline gap-2 text-sm">
        <span className="truncate font-medium">
          {category.categoryId ? (
            <TextLink to={paths.coverageOf({ category: category.categoryId })}>{category.name}</TextLink>
          ) : (
            category.name
          )}
        </span>
        <span className="text-xs whitespace-nowrap text-fg-muted">
          {formatNoun(category.groups, "group")}
        </span>
        <span className="tabular ml-auto text-xs whitespace-nowrap text-fg-muted">{rest.join(" · ")}</span>
        {category.categoryId && category.requiredAbsent > 0 ? (
          <FixCategory categoryId={category.categoryId} name={category.name} />
        ) : null}
        <span className="tabular w-14 text-right font-medium">{rate === null ? "–" : formatRate(rate)}</span>
      </div>
      <StackedBar
        label={category.name}
        parts={[
          { tone: "ok", count: present, name: "present" },
          { tone: "excused", count: category.excluded, name: "excluded" },
          { tone: "danger", count: category.requiredAbsent, name: "missing" },
          { tone: "unsure", count: category.requiredUnknown, name: "unknown" },
        ]}
      />
    </li>
  );
}
