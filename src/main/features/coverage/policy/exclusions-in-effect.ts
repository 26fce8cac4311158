import type { Exclusion } from "#shared/domain/coverage.ts";
import type { ExclusionId, GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { EpochMs } from "#shared/lib/time.ts";

/** Answers which exclusion accepts a gap; null when none does. */
export type FindExclusion = (groupKey: GroupKey, personId: PersonId) => ExclusionId | null;

/** The exclusions that count at `atMs`: an expiry counts up to, and not including, its own moment. */
export function exclusionsInEffect(exclusions: readonly Exclusion[], atMs: EpochMs): FindExclusion {
  const byGroup = new Map<GroupKey, Map<PersonId, ExclusionId>>();
  for (const exclusion of exclusions) {
    if (exclusion.expiresAtMs !== null && exclusion.expiresAtMs <= atMs) continue;
    const people = byGroup.get(exclusion.groupKey) ?? new Map<PersonId, ExclusionId>();
    if (!people.has(exclusion.personId)) people.set(exclusion.personId, exclusion.id);
    byGroup.set(exclusion.groupKey, people);
  }
  return (groupKey, personId) => byGroup.get(groupKey)?.get(personId) ?? null;
}
