/**
 * Makes ending the iteration early also end what it waits for. A bare generator would only notice at its next step,
 * which may be ten minutes away.
 */
export function endable<Step>(
  signal: AbortSignal,
  steps: (signal: AbortSignal) => AsyncGenerator<Step, void, void>,
): AsyncIterableIterator<Step, void, void> {
  const ending = new AbortController();
  const running = steps(AbortSignal.any([signal, ending.signal]));
  return {
    next: () => running.next(),
    return() {
      ending.abort();
      return running.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
