import type { Exclusion } from "#shared/domain/coverage.ts";
import { MINUTE_MS } from "#shared/lib/time.ts";
import { formatDate } from "#renderer/ui/format.ts";
import { Section } from "#renderer/ui/section.tsx";
import { TextLink } from "#renderer/ui/text-link.tsx";
import { useNow } from "#renderer/ui/use-now.ts";

interface ExclusionListProps {
  exclusions: readonly Exclusion[];
  /** What an exclusion is about: the group on a person's page, the person on a group's. */
  aboutOf: (exclusion: Exclusion) => { readonly to: string; readonly name: string };
}

/** Accepted gaps with their reason; those that do not count any more say so. */
export function ExclusionList({ exclusions, aboutOf }: ExclusionListProps) {
  const nowMs = useNow(MINUTE_MS);
  return (
    <Section title="Exclusions">
      {exclusions.length === 0 ? (
        <p className="text-sm text-fg-muted">No gap is excluded here.</p>
      ) : (
        <ul className="space-y-2.5">
          {exclusions.map((exclusion) => {
            const { to, name } = aboutOf(exclusion);
            return (
              <li key={exclusion.id} className="text-sm">
                <p className="truncate font-medium">
                  <TextLink to={to}>{name}</TextLink>
                </p>
                <p>{exclusion.reason}</p>
                <p className="text-xs text-fg-muted">
                  {exclusion.owner}, {termOf(exclusion.expiresAtMs, nowMs)}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}

function termOf(expiresAtMs: number | null, nowMs: number): string {
  if (expiresAtMs === null) return "for good";
  return `${expiresAtMs <= nowMs ? "expired on" : "until"} ${formatDate(expiresAtMs)}`;
}
