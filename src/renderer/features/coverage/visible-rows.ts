import type { PersonId } from "#shared/domain/ids.ts";
import type { MatrixCell, MatrixFilter, MatrixRow, MatrixSort } from "#shared/domain/matrix.ts";

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** The rows that the filter lets through, in the wanted order; ties by name. Changes nothing it is given. */
export function visibleRows(
  rows: readonly MatrixRow[],
  filter: MatrixFilter,
  sort: MatrixSort,
): readonly MatrixRow[] {
  const search = filter.search.trim().toLocaleLowerCase();
  const fitting = rows.filter((row) => fits(row, filter, search));
  const sign = sort.direction === "ascending" ? 1 : -1;
  const compare = COMPARISONS[sort.by];
  return fitting.sort((a, b) => sign * compare(a, b) || collator.compare(a.group.name, b.group.name));
}

function fits({ group, cells, findings }: MatrixRow, filter: MatrixFilter, search: string): boolean {
  const allows = <Value>(wanted: readonly Value[], value: Value | null): boolean =>
    wanted.length === 0 || (value !== null && wanted.includes(value));
  return (
    (search === "" || group.name.toLocaleLowerCase().includes(search)) &&
    allows(filter.platforms, group.platform) &&
    allows(filter.categoryIds, group.categoryId) &&
    (filter.findings.length === 0 || findings.some((kind) => filter.findings.includes(kind))) &&
    fitsPeople(cells, filter)
  );
}

/** People and presence go together: someone of the chosen people must have one of the chosen presences. */
function fitsPeople(cells: readonly MatrixCell[], filter: MatrixFilter): boolean {
  if (filter.personIds.length === 0 && filter.presence.length === 0) return true;
  return cells.some(
    (cell) =>
      isShown(cell, filter) &&
      (filter.personIds.length === 0 || filter.personIds.includes(cell.personId)) &&
      // An excluded gap is no gap to find.
      (filter.presence.length === 0 || (filter.presence.includes(cell.presence) && !cell.exclusionId)),
  );
}

/** Whether a cell is drawn at all: excluded ones can be left out. */
export function isShown(cell: MatrixCell, filter: Pick<MatrixFilter, "showExcluded">): boolean {
  return filter.showExcluded || cell.exclusionId === null;
}

/** Required members who are absent without an exclusion. */
export function missingOf(row: MatrixRow): number {
  return countGaps(row, "required");
}

function countGaps(row: MatrixRow, level: MatrixCell["level"]): number {
  return row.cells.filter(
    (cell) => cell.level === level && cell.presence === "absent" && cell.exclusionId === null,
  ).length;
}

const COMPARISONS: Record<MatrixSort["by"], (a: MatrixRow, b: MatrixRow) => number> = {
  name: (a, b) => collator.compare(a.group.name, b.group.name),
  category: (a, b) => collator.compare(a.group.categoryName ?? "", b.group.categoryName ?? ""),
  missing: (a, b) => missingOf(a) - missingOf(b) || countGaps(a, "optional") - countGaps(b, "optional"),
  members: (a, b) => (a.group.memberCount ?? -1) - (b.group.memberCount ?? -1),
  privacy: (a, b) => collator.compare(a.group.privacy, b.group.privacy),
};

/** The people whose columns are drawn: the chosen ones, or everyone. */
export function visiblePeople<Person extends { personId: PersonId }>(
  people: readonly Person[],
  filter: Pick<MatrixFilter, "personIds">,
): readonly Person[] {
  return filter.personIds.length === 0
    ? people
    : people.filter(({ personId }) => filter.personIds.includes(personId));
}
