import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import type { Gap, RunComparison } from "#shared/domain/coverage.ts";
import type { RunId } from "#shared/domain/ids.ts";
import { paths } from "#renderer/api/paths.ts";
import { Badge, type Tone } from "#renderer/ui/badge.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { formatCount } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";

/** Everything that changed between two runs, gaps first. */
export function Comparison({ comparison }: { comparison: RunComparison }) {
  const { newGaps, closedGaps, newGroups, goneGroups, renamedGroups, afterRunId, beforeRunId } = comparison;
  const changes = [newGaps, closedGaps, newGroups, goneGroups, renamedGroups];
  if (changes.every((list) => list.length === 0)) {
    return (
      <EmptyState icon={<CircleCheck />} title="Nothing changed">
        Both runs found the same gaps in the same groups.
      </EmptyState>
    );
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Change title="New gaps" tone="danger" entries={newGaps.map((gap) => gapEntry(gap, afterRunId))} />
      <Change title="Closed gaps" tone="ok" entries={closedGaps.map((gap) => gapEntry(gap, afterRunId))} />
      <Change
        title="New groups"
        tone="info"
        entries={newGroups.map(({ groupKey, name }) => ({
          key: groupKey,
          content: <TextLink to={paths.coverage(afterRunId, { groupKey })}>{name}</TextLink>,
        }))}
      />
      <Change
        title="Groups that are gone"
        tone="neutral"
        entries={goneGroups.map(({ groupKey, name }) => ({
          key: groupKey,
          content: <TextLink to={paths.coverage(beforeRunId, { groupKey })}>{name}</TextLink>,
        }))}
      />
      <Change
        title="Renamed groups"
        tone="accent"
        entries={renamedGroups.map(({ groupKey, before, after }) => ({
          key: groupKey,
          content: (
            <>
              <del className="text-fg-muted">{before}</del>
              <span className="text-fg-muted"> → </span>
              <TextLink to={paths.coverage(afterRunId, { groupKey })}>{after}</TextLink>
            </>
          ),
        }))}
      />
    </div>
  );
}

interface Entry {
  readonly key: string;
  readonly content: ReactNode;
}

function Change({ title, tone, entries }: { title: string; tone: Tone; entries: readonly Entry[] }) {
  return (
    <Section
      title={title}
      aside={<Badge tone={entries.length > 0 ? tone : "neutral"}>{formatCount(entries.length)}</Badge>}
      isFlush
    >
      {entries.length === 0 ? (
        <p className="px-4 py-2.5 text-sm text-fg-muted">None</p>
      ) : (
        <ul className="max-h-80 divide-y divide-line overflow-y-auto">
          {entries.map(({ key, content }) => (
            <li key={key} className="flex min-h-row items-center gap-2 px-4 py-1 text-sm">
              {content}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function gapEntry(gap: Gap, runId: RunId): Entry {
  const { groupKey, personId } = gap;
  return {
    key: `${groupKey} ${personId}`,
    content: (
      <>
        <span className="min-w-0 flex-1 truncate">
          {gap.personName}
          <span className="text-fg-muted"> in </span>
          <TextLink to={paths.coverage(runId, { groupKey, personId })}>{gap.groupName}</TextLink>
        </span>
        <span className="text-xs text-fg-muted">{gap.level}</span>
      </>
    ),
  };
}
