import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";

/** One page of a listing; the next cursor is null on the last. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Hands over page after page. Null once the last one was read, otherwise what stopped it. */
export async function readPages<Item>(
  fetch: (cursor: string | null) => Promise<Result<Page<Item>, Failure>>,
  take: (items: readonly Item[]) => void,
): Promise<Failure | null> {
  let cursor: string | null = null;
  do {
    const page: Result<Page<Item>, Failure> = await fetch(cursor);
    if (!page.ok) return page.error;
    take(page.value.items);
    cursor = page.value.nextCursor;
  } while (cursor !== null);
  return null;
}
