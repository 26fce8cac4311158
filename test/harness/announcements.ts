import type { ChangeTopic } from "#shared/contract/app.ts";

/** Who listens for changes, and the way to tell them. */
export class Announcements {
  readonly #listeners = new Set<(topic: ChangeTopic) => void>();

  send(topic: ChangeTopic): void {
    for (const listener of this.#listeners) listener(topic);
  }

  async *listen(signal: AbortSignal | undefined): AsyncGenerator<{ topic: ChangeTopic }> {
    const waiting: ChangeTopic[] = [];
    let wake = (): void => {};
    const listener = (topic: ChangeTopic): void => {
      waiting.push(topic);
      wake();
    };
    this.#listeners.add(listener);
    signal?.addEventListener("abort", () => wake());
    try {
      const isLeft = (): boolean => signal?.aborted === true;
      while (!isLeft()) {
        const topic = waiting.shift();
        if (topic) yield { topic };
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }
}
