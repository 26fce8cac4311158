/** Tells many listeners about something as it happens. Nothing is kept for those who come later. */
export interface Feed<Value> {
  publish(value: Value): void;
  /** Returns the way to stop listening. */
  watch(listener: (value: Value) => void): () => void;
  /**
   * The values from now on, until the signal aborts. A slow reader misses nothing, but equal neighbours in its
   * backlog are told once, so that the backlog stays small.
   */
  iterate(signal: AbortSignal): AsyncGenerator<Value, void, void>;
}

export function createFeed<Value>(): Feed<Value> {
  const listeners = new Set<(value: Value) => void>();

  function watch(listener: (value: Value) => void): () => void {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  return {
    publish(value) {
      for (const listener of listeners) listener(value);
    },
    watch,
    async *iterate(signal) {
      const backlog: Value[] = [];
      let arrived = Promise.withResolvers<void>();
      const stopWatching = watch((value) => {
        if (!backlog.includes(value)) backlog.push(value);
        arrived.resolve();
      });
      const onAbort = () => arrived.resolve();
      signal.addEventListener("abort", onAbort);
      try {
        while (!signal.aborted) {
          const next = backlog.shift();
          if (next !== undefined) {
            yield next;
            continue;
          }
          await arrived.promise;
          arrived = Promise.withResolvers<void>();
        }
      } finally {
        stopWatching();
        signal.removeEventListener("abort", onAbort);
      }
    },
  };
}
