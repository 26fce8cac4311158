/** What faults a platform has, and what a method of it looks like. */
export interface FaultVocabulary<Kind extends string> {
  readonly kinds: readonly Kind[];
  /** Those that strike every matching call unless `times` says otherwise. */
  readonly lasting: readonly Kind[];
  /** Those that need a code after a colon, as `error:fatal_error`. */
  readonly coded: readonly Kind[];
  readonly methodPattern: RegExp;
  /** Methods that `*` does not stand for. */
  readonly outsideWildcard?: RegExp;
  /** For the message of a refused order. */
  readonly exampleMethod: string;
  readonly exampleError: string;
  readonly idPrefix: string;
}

/**
 * What a scripted fault of Slack does to a call. The call is not run and nobody answers (`stall`) or the line breaks in
 * the middle of the answer (`drop`), or it is run and the same happens (`stall-after`, `drop-after`); the answer is a web
 * page (`html`), half a text (`cut-json`), an HTTP error, a 429 (`ratelimit`), late (`slow`) or `ok: false` with a code of
 * the author's choice (`error:restricted_action`). Before the call is run the channel is deleted (`vanish`), the token
 * ends (`revoke`, `expire`) or loses scopes (`lose-scope:channels:write,groups:write`). Pages repeat (`repeat-cursor`,
 * `duplicate`), are short (`truncate`) or lack half without a word (`lose`).
 */
const SLACK_FAULT_KINDS = [
  "stall",
  "stall-after",
  "drop",
  "drop-after",
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
  "lose-scope",
  "repeat-cursor",
  "truncate",
  "duplicate",
  "lose",
] as const;

type SlackFaultKind = (typeof SLACK_FAULT_KINDS)[number];

export const SLACK_FAULTS: FaultVocabulary<SlackFaultKind> = {
  kinds: SLACK_FAULT_KINDS,
  lasting: ["repeat-cursor", "slow"],
  coded: ["error", "lose-scope"],
  methodPattern: /^[a-zA-Z0-9]+(\.[a-zA-Z0-9]+)+$/,
  exampleMethod: "a Web API method such as conversations.members",
  exampleError: "error:fatal_error",
  idPrefix: "fault-",
};

/** A fault to script, as the control API and the command line take it. */
export interface FaultOrder {
  /** Default `slack`. */
  readonly platform?: "slack" | "telegram";
  /** A method such as `conversations.members` or `channels.getParticipants`, or `*` for every method. */
  readonly method: string;
  /** A fault kind; `error:<code>` is short for `error` with that code. */
  readonly kind: string;
  /** How many matching calls it strikes; null: all from then on. The default depends on the kind, mostly 1. */
  readonly times?: number | null;
  /** How many matching calls pass first; default 0. */
  readonly after?: number;
  /** `ratelimit`: seconds in the Retry-After header; `flood`: seconds of the FLOOD_WAIT; default 1. */
  readonly retryAfterS?: number;
  /** Sets `retryAfterS` and `delayMs` alike. */
  readonly seconds?: number;
  /** `slow`: how long the answer waits; `restart`: how long the server is away; default 2,000. */
  readonly delayMs?: number;
  /** Only calls with this `channel` argument match; for Telegram the id of the channel or chat they name. */
  readonly channel?: string;
}

export interface FaultRule<Kind extends string = SlackFaultKind> {
  readonly id: string;
  readonly method: string;
  readonly kind: Kind;
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

/** The scripted faults of one platform of a running sandbox, tried in the order they were added. */
export class FaultRules<Kind extends string = SlackFaultKind> {
  readonly #vocabulary: FaultVocabulary<Kind>;
  #rules: FaultRule<Kind>[] = [];
  #made = 0;

  constructor(vocabulary: FaultVocabulary<Kind>) {
    this.#vocabulary = vocabulary;
  }

  /** Adds a fault. Throws `FaultOrderError` for an order that does not fit. */
  add(order: FaultOrder): FaultRule<Kind> {
    const { kinds, lasting, coded, methodPattern, exampleMethod, exampleError, idPrefix } = this.#vocabulary;
    const [kindText = "", ...rest] = order.kind.split(":");
    const errorCode = rest.join(":");
    const kind = kinds.find((known) => known === kindText);
    if (!kind) throw new FaultOrderError(`kind must be one of ${kinds.join(", ")} or error:<code>`);
    if (coded.includes(kind) && !errorCode) {
      throw new FaultOrderError(`kind ${kind} needs a code, as in ${exampleError}`);
    }
    if (order.method !== "*" && !methodPattern.test(order.method)) {
      throw new FaultOrderError(`method must be ${exampleMethod}, or *`);
    }
    for (const name of ["times", "after", "retryAfterS", "delayMs", "seconds"] as const) {
      const value = order[name] ?? 0;
      if (!Number.isInteger(value) || value < 0)
        throw new FaultOrderError(`${name} must be a whole number, 0 or more`);
    }
    const rule: FaultRule<Kind> = {
      id: `${idPrefix}${++this.#made}`,
      method: order.method,
      kind,
      errorCode: errorCode === "" ? null : errorCode,
      times: order.times === undefined ? (lasting.includes(kind) ? null : 1) : order.times,
      after: order.after ?? 0,
      retryAfterS: order.retryAfterS ?? order.seconds ?? 1,
      delayMs: order.delayMs ?? (order.seconds === undefined ? 2_000 : order.seconds * 1_000),
      channel: order.channel ?? null,
      seen: 0,
      struck: 0,
    };
    this.#rules.push(rule);
    return rule;
  }

  list(): readonly FaultRule<Kind>[] {
    return this.#rules;
  }

  /** Removes one fault, or all without an id. Returns how many were removed. */
  clear(id?: string): number {
    const before = this.#rules.length;
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id);
    return before - this.#rules.length;
  }

  /**
   * The fault that strikes this call, if one does; counts the call for every rule it matches up to that one. `among`
   * leaves out kinds that are about something else than calls.
   */
  strike(
    method: string,
    channel: string,
    among: (kind: Kind) => boolean = () => true,
  ): FaultRule<Kind> | null {
    for (const rule of this.#rules) {
      const matches =
        among(rule.kind) &&
        (rule.method === method || (rule.method === "*" && !this.#isOutsideWildcard(method))) &&
        (rule.channel ?? channel) === channel;
      if (!matches) continue;
      rule.seen++;
      if (rule.seen <= rule.after || (rule.times !== null && rule.struck >= rule.times)) continue;
      rule.struck++;
      return rule;
    }
    return null;
  }

  #isOutsideWildcard(method: string): boolean {
    return this.#vocabulary.outsideWildcard?.test(method) ?? false;
  }
}
