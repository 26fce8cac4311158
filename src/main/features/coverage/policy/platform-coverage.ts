import { Platform } from "#shared/domain/ids.ts";
import type { CategoryCoverage, MatrixRow, PlatformCoverage } from "#shared/domain/matrix.ts";
import { categoryCoverage } from "./category-coverage.ts";

/** Coverage by platform, those without a group left out; the same groups and cells count as by category. */
export function platformCoverage(rows: readonly MatrixRow[]): PlatformCoverage[] {
  return Platform.options.flatMap((platform) => {
    const parts = categoryCoverage(
      rows.filter(({ group }) => group.platform === platform),
      { categories: [] },
    );
    const sum = (of: (part: CategoryCoverage) => number) =>
      parts.reduce((total, part) => total + of(part), 0);
    if (parts.length === 0) return [];
    return {
      platform,
      groups: sum((part) => part.groups),
      requiredTotal: sum((part) => part.requiredTotal),
      requiredPresent: sum((part) => part.requiredPresent),
      requiredAbsent: sum((part) => part.requiredAbsent),
      requiredUnknown: sum((part) => part.requiredUnknown),
      excluded: sum((part) => part.excluded),
    };
  });
}
