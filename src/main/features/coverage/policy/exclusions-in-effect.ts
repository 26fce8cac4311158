import type { Exclusion } from "#shared/domain/coverage.ts";
import type { ExclusionId, GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { EpochMs } from "#shared/lib/time.ts";

/** Answers which exclusion accepts a gap; null when none does. */
export type FindExclusion = (groupKey: GroupKey, personId: PersonId) => ExclusionId | null;

/**
 * The exclusions that count at `atMs`: an expiry counts up to, and not including, its own moment. One for a group that
 * was turned into another counts for both; `migrations` name, by a group's key, the one it had before.
 */
export function exclusionsInEffect(
  exclusions: readonly Exclusion[],
  atMs: EpochMs,
  migrations: ReadonlyMap<GroupKey, GroupKey>,
): FindExclusion {
  const byGroup = new Map<GroupKey, Map<PersonId, ExclusionId>>();
  for (const exclusion of exclusions) {
    if (exclusion.expiresAtMs !== null && exclusion.expiresAtMs <= atMs) continue;
    const people = byGroup.get(exclusion.groupKey) ?? new Map<PersonId, ExclusionId>();
    if (!people.has(exclusion.personId)) people.set(exclusion.personId, exclusion.id);
    byGroup.set(exclusion.groupKey, people);
  }
  const find = (groupKey: GroupKey | undefined, personId: PersonId) =>
    groupKey === undefined ? null : (byGroup.get(groupKey)?.get(personId) ?? null);
  return (groupKey, personId) => find(groupKey, personId) ?? find(migrations.get(groupKey), personId);
}
