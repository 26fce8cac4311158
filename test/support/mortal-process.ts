import type { Store } from "#main/store/index.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { Clock } from "#shared/lib/time.ts";

/** A process that dies before its `lastWrite + 1`st write: it writes and begins nothing any more after that. */
export function makeMortal(
  store: Store,
  lastWrite: number,
): { store: Store; clock: Clock; died: Promise<void> } {
  const death = Promise.withResolvers<void>();
  let writes = 0;
  const never = () => new Promise<never>(() => {});
  return {
    died: death.promise,
    store: {
      ...store,
      write: async (action) => {
        writes += 1;
        if (writes <= lastWrite) return store.write(action);
        death.resolve();
        return never();
      },
    },
    clock: {
      ...systemClock,
      sleep: (delayMs, signal) => (writes > lastWrite ? never() : systemClock.sleep(delayMs, signal)),
    },
  };
}
