import type { RunPerson } from "#shared/domain/coverage.ts";
import type { GroupKey, PersonId, Platform } from "#shared/domain/ids.ts";
import type { MatrixRow } from "#shared/domain/matrix.ts";
import { markOf } from "./matrix-marks.ts";

export interface Pair {
  readonly groupKey: GroupKey;
  readonly personId: PersonId;
}

/** What the picked cells hold, as far as they are in sight. */
export interface MarkedCells {
  readonly count: number;
  /** Proven absent and not accepted: whom to add. */
  readonly gaps: readonly Pair[];
  /** Whom one could remove. */
  readonly present: readonly Pair[];
  readonly platforms: readonly Platform[];
}

/** Looks the picked cells up among the rows and people shown; what a filter hides does not count. */
export function markedCells(
  marked: ReadonlySet<string>,
  rows: readonly MatrixRow[],
  people: readonly Pick<RunPerson, "personId">[],
): MarkedCells {
  const gaps: Pair[] = [];
  const present: Pair[] = [];
  const platforms = new Set<Platform>();
  const shown = new Set(people.map(({ personId }) => personId));
  let count = 0;
  if (marked.size > 0) {
    for (const { group, cells } of rows) {
      for (const personId of shown) if (marked.has(markOf(group.key, personId))) count += 1;
      for (const { personId, presence, exclusionId } of cells) {
        if (!shown.has(personId) || !marked.has(markOf(group.key, personId))) continue;
        if (presence === "absent" && exclusionId === null) gaps.push({ groupKey: group.key, personId });
        if (presence === "present") present.push({ groupKey: group.key, personId });
        platforms.add(group.platform);
      }
    }
  }
  return { count, gaps, present, platforms: [...platforms] };
}
