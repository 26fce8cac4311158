import { setImmediate as nextTurn } from "node:timers/promises";

/** Handled before others get the main thread. */
const AT_ONCE = 500;

/** What `map` makes of each item, in order; others have their turn after each few hundred. Rejects when `signal` aborts. */
export async function flatMapInTurns<Item, Made>(
  items: readonly Item[],
  map: (item: Item) => readonly Made[],
  signal: AbortSignal,
): Promise<Made[]> {
  const made: Made[] = [];
  for (const [at, item] of items.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) {
      await nextTurn();
      signal.throwIfAborted();
    }
    made.push(...map(item));
  }
  return made;
}
