import type { RunGroup } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { paths } from "#renderer/api/paths.ts";
import { formatNoun } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";

/** Groups whose members could not be read, and why. Nothing when there are none. */
export function UnreadableGroups({ groups, runId }: { groups: readonly RunGroup[]; runId: RunId }) {
  if (groups.length === 0) return null;
  return (
    <Section title="Groups that could not be read" aside={formatNoun(groups.length, "group")} isFlush>
      <ul className="divide-y divide-line">
        {groups.map((group) => (
          <li key={group.key} className="flex min-h-row flex-wrap items-center gap-x-4 px-4 py-1 text-sm">
            <span className="w-56 truncate">
              <TextLink to={paths.coverage(runId, { groupKey: group.key })}>{group.name}</TextLink>
            </span>
            <span className="flex-1 text-fg-muted">
              {group.unreadable?.message} {group.unreadable?.todo}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
