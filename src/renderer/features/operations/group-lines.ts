import type { GroupLines } from "#shared/contract/membership.ts";
import type { RunGroup } from "#shared/domain/coverage.ts";
import type { GroupKey, Platform } from "#shared/domain/ids.ts";

/** As many lines and as long ones as may be asked about. */
const MOST_LINES = 20_000;
const LONGEST_LINE = 20_000;

/** The lines of a text, whatever ends them; a byte-order mark is no part of the first. */
export function linesOf(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .slice(0, MOST_LINES)
    .map((line) => line.slice(0, LONGEST_LINE));
}

/** The known groups that an ambiguous line may mean, by their names. */
export function candidatesOf(
  names: readonly string[],
  groups: readonly RunGroup[],
  platforms: readonly Platform[],
): RunGroup[] {
  const wanted = new Set(names.map((name) => name.toLocaleLowerCase()));
  return groups.filter(
    ({ name, platform }) => platforms.includes(platform) && wanted.has(name.toLocaleLowerCase()),
  );
}

/** Every group that the lines mean: those found, and those the operator settled on; each once. */
export function settledKeys(
  lines: Pick<GroupLines, "found"> | undefined,
  settled: ReadonlySet<GroupKey>,
): GroupKey[] {
  if (!lines) return [];
  return [...new Set([...lines.found.map(({ groupKey }) => groupKey), ...settled])];
}
