/** Steps kept; a listing of a million people has a thousand. */
const MAX_STEPS = 20_000;

/**
 * Notices a listing that goes in a circle. For each cursor it remembers the one that led to it, so a listing resumed
 * in the middle, or several listings at once, need no bookkeeping by the caller.
 */
export class CursorTrail {
  readonly #cameFrom = new Map<string, string | null>();

  /**
   * Notes that the page at `cursor` (null: the first) leads to `next`. Returns false when `next` was already passed
   * on the way here: following it would never end.
   */
  step(listing: string, cursor: string | null, next: string): boolean {
    let passed = cursor;
    for (let steps = 0; passed !== null && steps <= MAX_STEPS; steps++) {
      if (passed === next) return false;
      passed = this.#cameFrom.get(keyOf(listing, passed)) ?? null;
    }
    const key = keyOf(listing, next);
    this.#cameFrom.delete(key);
    this.#cameFrom.set(key, cursor);
    const oldest = this.#cameFrom.size > MAX_STEPS ? this.#cameFrom.keys().next().value : undefined;
    if (oldest !== undefined) this.#cameFrom.delete(oldest);
    return true;
  }
}

function keyOf(listing: string, cursor: string): string {
  return `${listing}\n${cursor}`;
}
