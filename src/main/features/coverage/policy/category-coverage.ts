import type { MatrixRow, CategoryCoverage } from "#shared/domain/matrix.ts";
import type { Rules } from "#shared/domain/rules.ts";

type Tally = { -readonly [Key in keyof CategoryCoverage]: CategoryCoverage[Key] };

/**
 * Coverage by category, in the order of the rules, groups without a category last. Archived groups do not count.
 * Every required cell is in exactly one of present, absent, unknown and excluded.
 */
export function categoryCoverage(
  rows: readonly MatrixRow[],
  rules: Pick<Rules, "categories">,
): CategoryCoverage[] {
  const tallies = new Map<string | null, Tally>();
  for (const category of rules.categories) tallies.set(category.id, emptyTally(category.id, category.name));
  for (const row of rows) {
    if (row.group.isArchived) continue;
    const { categoryId } = row.group;
    const tally = tallies.get(categoryId) ?? emptyTally(categoryId, row.group.categoryName ?? "No category");
    tallies.set(categoryId, tally);
    tally.groups += 1;
    for (const cell of row.cells) {
      if (cell.level !== "required") continue;
      tally.requiredTotal += 1;
      if (cell.exclusionId !== null) tally.excluded += 1;
      else if (cell.presence === "present") tally.requiredPresent += 1;
      else if (cell.presence === "absent") tally.requiredAbsent += 1;
      else tally.requiredUnknown += 1;
    }
  }
  return [...tallies.values()];
}

function emptyTally(categoryId: CategoryCoverage["categoryId"], name: string): Tally {
  return {
    categoryId,
    name,
    groups: 0,
    requiredTotal: 0,
    requiredPresent: 0,
    requiredAbsent: 0,
    requiredUnknown: 0,
    excluded: 0,
  };
}
