import type { CoverageResult, RunGroup } from "#shared/domain/coverage.ts";
import type { GroupKey } from "#shared/domain/ids.ts";
import type { MatrixCell, MatrixRow } from "#shared/domain/matrix.ts";
import type { FindExclusion } from "./exclusions-in-effect.ts";
import { findingsOf } from "./findings.ts";

/** Results by group, in their given order. */
export function groupResults(results: readonly CoverageResult[]): Map<GroupKey, CoverageResult[]> {
  const byGroup = new Map<GroupKey, CoverageResult[]>();
  for (const result of results) {
    const ofGroup = byGroup.get(result.groupKey);
    if (ofGroup) ofGroup.push(result);
    else byGroup.set(result.groupKey, [result]);
  }
  return byGroup;
}

/**
 * One row of the matrix. Counts say what was found: an accepted gap is still not present; its cell names the
 * exclusion. A cell that is present names none.
 */
export function matrixRowOf(
  group: RunGroup,
  results: readonly CoverageResult[],
  findExclusion: FindExclusion,
): MatrixRow {
  const cells = results.map((result): MatrixCell => {
    const { personId, level, presence, reason } = result;
    const exclusionId = presence === "present" ? null : findExclusion(group.key, personId);
    return { personId, level, presence, reason, exclusionId };
  });
  const count = (level: MatrixCell["level"], presentOnly: boolean) =>
    cells.filter((cell) => cell.level === level && (!presentOnly || cell.presence === "present")).length;
  return {
    group,
    cells,
    findings: [...new Set(findingsOf(group, results, findExclusion).map((finding) => finding.kind))],
    requiredPresent: count("required", true),
    requiredTotal: count("required", false),
    optionalPresent: count("optional", true),
    optionalTotal: count("optional", false),
  };
}
