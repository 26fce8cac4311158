import type { Failure } from "#shared/domain/failure.ts";
import { ok, type Result } from "#shared/lib/result.ts";

/** A workspace or account with more is left to its audits. */
const MAX_PAGES = 5;

/** The part of a session that lists groups by the page. */
type ReadPage<Item> = (call: {
  cursor: string | null;
  signal: AbortSignal;
}) => Promise<Result<{ readonly items: readonly Item[]; readonly nextCursor: string | null }, Failure>>;

/** The first pages of a listing, at most `maxPages`; rejects with the signal's reason. */
export async function readListing<Item>(
  read: ReadPage<Item>,
  signal: AbortSignal,
  maxPages = MAX_PAGES,
): Promise<Result<readonly Item[], Failure>> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const answer: Awaited<ReturnType<typeof read>> = await read({ cursor, signal });
    if (!answer.ok) return answer;
    items.push(...answer.value.items);
    cursor = answer.value.nextCursor;
    if (cursor === null) break;
  }
  return ok(items);
}
