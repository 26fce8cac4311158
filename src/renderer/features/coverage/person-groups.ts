import type { PersonPage } from "#shared/contract/coverage.ts";
import type { RunGroup } from "#shared/domain/coverage.ts";
import type { MatrixCell } from "#shared/domain/matrix.ts";

/** Which of a person's groups are in sight. */
export type GroupShow = "all" | "missing" | "unknown" | "excluded" | "present" | "unasked";

/** A group of a person; `cell` is null where nothing asks for them, although they are in it. */
export interface PersonGroup {
  readonly group: RunGroup;
  readonly cell: MatrixCell | null;
}

/** In which of the shown lists a group is. An accepted gap is excluded, and neither missing nor unknown. */
export function standingOf({ cell }: PersonGroup): Exclude<GroupShow, "all"> {
  if (cell === null) return "unasked";
  if (cell.presence === "present") return "present";
  if (cell.exclusionId !== null) return "excluded";
  return cell.presence === "absent" ? "missing" : "unknown";
}

const OPEN_FIRST: readonly Exclude<GroupShow, "all">[] = [
  "missing",
  "unknown",
  "excluded",
  "present",
  "unasked",
];

/** What stands before what: open gaps first, then what is not known. */
export function rankOf(entry: PersonGroup): number {
  const optional = entry.cell?.level === "optional" ? 0.5 : 0;
  return OPEN_FIRST.indexOf(standingOf(entry)) + optional;
}

/** Every group of a person in one list. */
export function personGroups(page: Pick<PersonPage, "groups" | "alsoIn">): PersonGroup[] {
  return [...page.groups, ...page.alsoIn.map((group) => ({ group, cell: null }))];
}

/** How many there are of each. */
export function countGroups(entries: readonly PersonGroup[]): Record<GroupShow, number> {
  const counts = { all: entries.length, missing: 0, unknown: 0, excluded: 0, present: 0, unasked: 0 };
  for (const entry of entries) counts[standingOf(entry)] += 1;
  return counts;
}
