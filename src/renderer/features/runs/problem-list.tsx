import type { RunDetail } from "#shared/contract/coverage.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";

/** What stopped single items; the run went on without them. Nothing when all went well. */
export function ProblemList({ problems }: { problems: RunDetail["problems"] }) {
  if (problems.length === 0) return null;
  return (
    <Section title="Problems" aside={formatNoun(problems.length, "problem")} isFlush>
      <ul className="divide-y divide-line">
        {problems.map(({ item, failure }, at) => (
          // The same item may meet the same problem twice.
          <li
            key={`${item}-${at}`}
            className="flex min-h-row flex-wrap items-center gap-x-4 px-4 py-1 text-sm"
          >
            <span className="w-56 truncate font-medium">{item}</span>
            <span className="min-w-60 flex-1 text-fg-muted">
              {failure.message} {failure.todo}
            </span>
            <code className="font-mono text-xs text-fg-faint">{failure.code}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}
