import type { Terminal } from "./terminal.ts";

/** Ctrl+C, SIGTERM and a closed terminal, heard as a wish to stop in good order. */
export interface Interrupts {
  readonly signal: AbortSignal;
  stopListening(): void;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** One Ctrl+C can arrive twice, from the terminal and from the launcher that passes it on. */
const sameWishMs = 1_000;

/** What a shell expects of a program that a signal ended. */
const exitCodeAtOnce = 130;

/** The first signal aborts `signal`; a second one, a moment later, ends the process at once. */
export function listenForInterrupts(terminal: Terminal): Interrupts {
  const stop = new AbortController();
  let heardAtMs = 0;
  function onSignal(): void {
    if (stop.signal.aborted) {
      if (performance.now() - heardAtMs > sameWishMs) process.exit(exitCodeAtOnce);
      return;
    }
    heardAtMs = performance.now();
    terminal.note("Stopping in good order; once more to stop at once.");
    stop.abort();
  }
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: stop.signal,
    stopListening() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
