/** What a scripted fault does; `error` answers `ok: false` with a code of the author's choice. */
const FAULT_KINDS = [
  "stall",
  "drop",
  "html",
  "cut-json",
  "http500",
  "http502",
  "http503",
  "ratelimit",
  "slow",
  "error",
  "vanish",
  "revoke",
  "expire",
  "repeat-cursor",
  "truncate",
  "duplicate",
  "lose",
] as const;

type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault to script, as the control API and the command line take it. */
export interface FaultOrder {
  /** A Web API method such as `conversations.members`, or `*` for every method. */
  readonly method: string;
  /** A fault kind; `error:<code>` is short for `error` with that code. */
  readonly kind: string;
  /** How many matching calls it strikes; null: all from then on. The default depends on the kind, mostly 1. */
  readonly times?: number | null;
  /** How many matching calls pass first; default 0. */
  readonly after?: number;
  /** `ratelimit`: seconds in the Retry-After header; default 1. */
  readonly retryAfterS?: number;
  /** `slow`: how long the answer waits; default 2,000. */
  readonly delayMs?: number;
  /** Only calls with this `channel` argument match. */
  readonly channel?: string;
}

export interface FaultRule {
  readonly id: string;
  readonly method: string;
  readonly kind: FaultKind;
  readonly errorCode: string | null;
  readonly times: number | null;
  readonly after: number;
  readonly retryAfterS: number;
  readonly delayMs: number;
  readonly channel: string | null;
  /** Matching calls so far, and how many of them it struck. */
  seen: number;
  struck: number;
}

/** An order that makes no sense; the message says which part of it. */
export class FaultOrderError extends Error {
  override readonly name = "FaultOrderError";
}

/** The scripted faults of a running sandbox, tried in the order they were added. */
export class FaultRules {
  #rules: FaultRule[] = [];
  #made = 0;

  /** Adds a fault. Throws `FaultOrderError` for an order that does not fit. */
  add(order: FaultOrder): FaultRule {
    const [kindText = "", errorCode] = order.kind.split(":", 2);
    const kind = FAULT_KINDS.find((known) => known === kindText);
    if (!kind) throw new FaultOrderError(`kind must be one of ${FAULT_KINDS.join(", ")} or error:<code>`);
    if (kind === "error" && !errorCode)
      throw new FaultOrderError("kind error needs a code, as in error:fatal_error");
    if (!/^(\*|[a-zA-Z0-9]+(\.[a-zA-Z0-9]+)+)$/.test(order.method)) {
      throw new FaultOrderError("method must be a Web API method such as conversations.members, or *");
    }
    for (const name of ["times", "after", "retryAfterS", "delayMs"] as const) {
      const value = order[name] ?? 0;
      if (!Number.isInteger(value) || value < 0)
        throw new FaultOrderError(`${name} must be a whole number, 0 or more`);
    }
    const lasting = kind === "repeat-cursor" || kind === "slow";
    const rule: FaultRule = {
      id: `fault-${++this.#made}`,
      method: order.method,
      kind,
      errorCode: errorCode ?? null,
      times: order.times === undefined ? (lasting ? null : 1) : order.times,
      after: order.after ?? 0,
      retryAfterS: order.retryAfterS ?? 1,
      delayMs: order.delayMs ?? 2_000,
      channel: order.channel ?? null,
      seen: 0,
      struck: 0,
    };
    this.#rules.push(rule);
    return rule;
  }

  list(): readonly FaultRule[] {
    return this.#rules;
  }

  /** Removes one fault, or all without an id. Returns how many were removed. */
  clear(id?: string): number {
    const before = this.#rules.length;
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id);
    return before - this.#rules.length;
  }

  /** The fault that strikes this call, if one does; counts the call for every rule it matches up to that one. */
  strike(method: string, channel: string): FaultRule | null {
    for (const rule of this.#rules) {
      const matches =
        (rule.method === "*" || rule.method === method) && (rule.channel ?? channel) === channel;
      if (!matches) continue;
      rule.seen++;
      if (rule.seen <= rule.after || (rule.times !== null && rule.struck >= rule.times)) continue;
      rule.struck++;
      return rule;
    }
    return null;
  }
}
