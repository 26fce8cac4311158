import type { Platform } from "#shared/domain/ids.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";

export interface FoundFilter {
  readonly search: string;
  readonly rights: readonly FoundGroup["ownRight"][];
  readonly platforms: readonly Platform[];
}

export const NO_FILTER: FoundFilter = { search: "", rights: [], platforms: [] };

/** The groups that fit every part of the filter, in their order; the search looks at names and connections. */
export function visibleFound(groups: readonly FoundGroup[], filter: FoundFilter): readonly FoundGroup[] {
  const words = filter.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return groups.filter(({ groupName, connectionLabel, ownRight, platform }) => {
    if (filter.rights.length > 0 && !filter.rights.includes(ownRight)) return false;
    if (filter.platforms.length > 0 && !filter.platforms.includes(platform)) return false;
    const text = `${groupName}\n${connectionLabel}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
