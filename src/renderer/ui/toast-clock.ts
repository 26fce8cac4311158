/** Who keeps the toasts from going: somebody points at them, is among them with the keyboard, or has left the window. */
export type HeldBy = "pointer" | "keyboard" | "absence";

interface Countdown {
  leftMs: number;
  readonly end: () => void;
  /** Of the timer that runs; null while the clock is held. */
  running: { readonly timer: ReturnType<typeof setTimeout>; readonly sinceMs: number } | null;
}

/** What was held goes no sooner than this after it is let go: the pointer has only just left it. */
const AT_LEAST_MS = 1_000;

/** Counts down for each toast, and stands still while anybody holds it. */
export class ToastClock {
  readonly #countdowns = new Map<string, Countdown>();
  readonly #holders = new Set<HeldBy>();

  start(id: string, forMs: number, end: () => void): void {
    this.stop(id);
    const countdown: Countdown = { leftMs: forMs, end, running: null };
    this.#countdowns.set(id, countdown);
    if (this.#holders.size === 0) this.#run(id, countdown);
  }

  stop(id: string): void {
    const running = this.#countdowns.get(id)?.running;
    if (running) clearTimeout(running.timer);
    this.#countdowns.delete(id);
  }

  hold(by: HeldBy): void {
    if (this.#holders.size === 0) {
      for (const countdown of this.#countdowns.values()) {
        if (!countdown.running) continue;
        clearTimeout(countdown.running.timer);
        const wentMs = performance.now() - countdown.running.sinceMs;
        countdown.leftMs = Math.max(AT_LEAST_MS, countdown.leftMs - wentMs);
        countdown.running = null;
      }
    }
    this.#holders.add(by);
  }

  release(by: HeldBy): void {
    const wasHeld = this.#holders.delete(by);
    if (!wasHeld || this.#holders.size > 0) return;
    for (const [id, countdown] of this.#countdowns) this.#run(id, countdown);
  }

  #run(id: string, countdown: Countdown): void {
    const timer = setTimeout(() => {
      this.#countdowns.delete(id);
      countdown.end();
    }, countdown.leftMs);
    countdown.running = { timer, sinceMs: performance.now() };
  }
}
