/** One call of a platform's API as the sandbox saw it. */
export interface LoggedCall {
  /** Left out for Slack. */
  readonly platform?: "telegram";
  readonly method: string;
  /**
   * Which token came with it, by the sandbox's name for it; `none` or `unknown` otherwise. Never the token itself. For
   * Telegram the id of the person who is signed in, or `none`.
   */
  readonly token: string;
  readonly atMs: number;
  /** HTTP status, for Telegram 200 or the code of the `rpc_error`; 0 when no answer was sent (stall, drop). */
  readonly status: number;
  /** The platform's error when the answer was one. */
  readonly error: string | null;
  readonly channel: string | null;
  readonly user: string | null;
  /** The scripted fault that struck it. */
  readonly fault: string | null;
}

/** Calls since the start or the last clear. `calls` holds the newest 20,000; `counts` all of them. */
export interface CallReport {
  readonly total: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly rateLimited: number;
  readonly unknownMethods: readonly string[];
  readonly calls: readonly LoggedCall[];
}

const KEPT_MOST = 20_000;

/** Remembers who called what; benches and tests count with it. */
export class CallLog {
  #calls: LoggedCall[] = [];
  #counts = new Map<string, number>();
  #rateLimited = 0;
  readonly #unknownMethods = new Set<string>();
  readonly #watchers = new Set<(call: LoggedCall) => void>();

  add(call: LoggedCall): void {
    this.#calls.push(call);
    // Dropping in large steps keeps this cheap at thousands of calls a second.
    if (this.#calls.length > KEPT_MOST * 2) this.#calls = this.#calls.slice(-KEPT_MOST);
    this.#counts.set(call.method, (this.#counts.get(call.method) ?? 0) + 1);
    if (call.status === 429 || call.status === 420) this.#rateLimited++;
    for (const told of this.#watchers) told(call);
  }

  /** Tells of every call once it has had its effect, before the next one can have its own. Returns the end of it. */
  watch(told: (call: LoggedCall) => void): () => void {
    this.#watchers.add(told);
    return () => void this.#watchers.delete(told);
  }

  addUnknownMethod(method: string): void {
    this.#unknownMethods.add(method);
  }

  report(): CallReport {
    const counts = Object.fromEntries(this.#counts);
    return {
      total: [...this.#counts.values()].reduce((sum, count) => sum + count, 0),
      counts,
      rateLimited: this.#rateLimited,
      unknownMethods: [...this.#unknownMethods],
      calls: this.#calls.slice(-KEPT_MOST),
    };
  }

  /** Forgets the calls and the unknown methods. */
  clear(): void {
    this.#calls = [];
    this.#counts = new Map();
    this.#rateLimited = 0;
    this.#unknownMethods.clear();
  }
}
