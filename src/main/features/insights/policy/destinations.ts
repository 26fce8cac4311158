import type { Page } from "#shared/domain/page.ts";
import type { Destination } from "#shared/domain/telling.ts";

/** What a picker asks for. */
export interface DestinationSearch {
  readonly search: string;
  readonly cursor: string | null;
  readonly limit: number;
}

/**
 * One page of those whose name or id holds the search, whatever its case: our own rooms first, since a customer's is
 * rarely meant, then by name.
 */
export function pageDestinations(
  all: readonly Destination[],
  { search, cursor, limit }: DestinationSearch,
): Page<Destination> {
  const wanted = fold(search.trim().replace(/^[#@]/, ""));
  const matching = all
    .filter(({ name, target }) => fold(name).includes(wanted) || fold(target).includes(wanted))
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
  const from = cursor === null ? 0 : Math.max(0, Number.parseInt(cursor, 10) || 0);
  const to = from + limit;
  return {
    items: matching.slice(from, to),
    nextCursor: to < matching.length ? String(to) : null,
    total: matching.length,
  };
}

function rank({ kind, isCustomers }: Destination): number {
  return kind === "saved-messages" ? 0 : isCustomers ? 2 : 1;
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
