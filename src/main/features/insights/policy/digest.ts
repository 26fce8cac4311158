import type { Gap, Run, RunComparison } from "#shared/domain/coverage.ts";
import type { Digest } from "#shared/domain/digest.ts";
import type { GroupKey, PersonId } from "#shared/domain/ids.ts";
import type { Matrix } from "#shared/domain/matrix.ts";

interface Cell {
  readonly groupKey: GroupKey;
  readonly personId: PersonId;
}

export interface DigestFacts {
  readonly run: Pick<Run, "id" | "startedAtMs" | "finishedAtMs" | "groups">;
  /** The run's matrix, exclusions applied as of now. */
  readonly matrix: Matrix;
  /** Against the last comparable run; null when there is none. */
  readonly comparison: RunComparison | null;
  /** Gaps that somebody was told of before. */
  readonly told: readonly Cell[];
}

/**
 * What is new in a run. A gap is a proven, unaccepted absence in a group that is not archived; one that was told before
 * and not seen closed since is not new, even if an audit in between could not settle it.
 */
export function decideDigest({ run, matrix, comparison, told }: DigestFacts): Digest {
  const open = openGapsOf(matrix);
  const wasTold = new Set(told.map(cellKey));
  const isNew = comparison === null ? null : new Set(comparison.newGaps.map(cellKey));
  return {
    runId: run.id,
    atMs: run.finishedAtMs ?? run.startedAtMs,
    isFirst: comparison === null,
    openGaps: open.length,
    groups: run.groups,
    newGaps: open.filter((gap) => !wasTold.has(cellKey(gap)) && (isNew?.has(cellKey(gap)) ?? true)),
    closedGaps: comparison?.closedGaps ?? [],
    newGroups: comparison?.newGroups.map(({ name }) => name) ?? [],
    renamedGroups: comparison?.renamedGroups.map(({ before, after }) => ({ before, after })) ?? [],
  };
}

/** Told gaps that are gaps no longer: they may be told again should they open again. */
export function decideForgotten(told: readonly Cell[], matrix: Matrix): Cell[] {
  const present = new Set(
    matrix.rows.flatMap(({ group, cells }) =>
      cells
        .filter((cell) => cell.presence === "present")
        .map(({ personId }) => cellKey({ groupKey: group.key, personId })),
    ),
  );
  return told.filter((cell) => present.has(cellKey(cell)));
}

/** Only a run with new gaps is worth a message. */
export function isWorthTelling(digest: Digest): boolean {
  return digest.newGaps.length > 0;
}

function openGapsOf(matrix: Matrix): Gap[] {
  const names = new Map(matrix.people.map(({ personId, name }) => [personId, name]));
  return matrix.rows.flatMap(({ group, cells }) =>
    group.isArchived
      ? []
      : cells
          .filter(({ presence, exclusionId }) => presence === "absent" && exclusionId === null)
          .map(({ personId, level }) => ({
            groupKey: group.key,
            groupName: group.name,
            platform: group.platform,
            personId,
            personName: names.get(personId) ?? personId,
            level,
          })),
  );
}

function cellKey({ groupKey, personId }: Cell): string {
  return `${groupKey}\n${personId}`;
}
