import type { Person, World } from "#sandbox/world/model.ts";
import { stableHex } from "#sandbox/world/identifiers.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { BOT_SCOPES, FULL_USER_SCOPES, MISSING_SCOPE_SCOPES } from "#sandbox/slack/scopes.ts";

/** One issued token and what it may do. */
export interface TokenGrant {
  readonly token: string;
  /** What the sandbox calls it in its call log: full, missingScope, revoked, bot, expired, inactive, guest, oauth. */
  readonly label: string;
  readonly type: "user" | "bot";
  readonly person: number;
  readonly scopes: Set<string>;
  state: "live" | "revoked" | "expired";
  /** Epoch milliseconds; null for tokens that do not rotate. */
  readonly expiresAtMs: number | null;
}

/** The tokens a sandbox hands out at its start. They depend on the seed only. */
export interface StartTokens {
  readonly full: string;
  readonly missingScope: string;
  readonly revoked: string;
  readonly bot: string;
  readonly expired: string;
  /** A user token whose owner's account was deactivated. */
  readonly inactive: string;
  /** A user token of a guest; empty when the world has none. */
  readonly guest: string;
}

/** All tokens of the workspace. */
export class TokenStore {
  readonly start: StartTokens;
  readonly #world: World;
  readonly #grants = new Map<string, TokenGrant>();
  #issued = 0;

  constructor(world: World) {
    this.#world = world;
    const left = world.people.find((person) => person.deactivated);
    const guest = world.people.find((person) => person.belonging === "multi-guest" && !person.deactivated);
    const owner = world.tokenOwner;
    this.start = {
      full: this.#mint("full", "user", owner, FULL_USER_SCOPES, "live"),
      missingScope: this.#mint("missingScope", "user", owner, MISSING_SCOPE_SCOPES, "live"),
      revoked: this.#mint("revoked", "user", owner, FULL_USER_SCOPES, "revoked"),
      bot: this.#mint("bot", "bot", world.botUser, BOT_SCOPES, "live"),
      expired: this.#mint("expired", "user", owner, FULL_USER_SCOPES, "expired"),
      inactive: left ? this.#mint("inactive", "user", left.index, FULL_USER_SCOPES, "live") : "",
      guest: guest ? this.#mint("guest", "user", guest.index, FULL_USER_SCOPES, "live") : "",
    };
  }

  /** Issues a token at run time (OAuth). `lifeMs` null: it never expires. */
  issue(person: number, scopes: readonly string[], nowMs: number, lifeMs: number | null): TokenGrant {
    const prefix = lifeMs === null ? "xoxp-" : "xoxe.xoxp-1-";
    const token = `${prefix}${stableHex(this.#world.seed, `oauth-${this.#issued++}`, 48)}`;
    const expiresAtMs = lifeMs === null ? null : nowMs + lifeMs;
    const grant: TokenGrant = {
      token,
      label: "oauth",
      type: "user",
      person,
      scopes: new Set(scopes),
      state: "live",
      expiresAtMs,
    };
    this.#grants.set(token, grant);
    return grant;
  }

  /** Every token that was issued, whatever its state. */
  list(): readonly TokenGrant[] {
    return [...this.#grants.values()];
  }

  /** The grant whatever its state, or undefined. */
  find(token: string): TokenGrant | undefined {
    return this.#grants.get(token);
  }

  /**
   * The live grant of a presented token. Refuses with `not_authed`, `invalid_auth`, `token_revoked`, `token_expired`
   * or `account_inactive`, as documented for every method (checked 2026-11).
   */
  admit(token: string, nowMs: number): { grant: TokenGrant; caller: Person } {
    if (token === "") throw new SlackRefusal("not_authed");
    const grant = this.#grants.get(token);
    if (!grant) throw new SlackRefusal("invalid_auth");
    if (grant.state === "revoked") throw new SlackRefusal("token_revoked");
    if (grant.state === "expired") throw new SlackRefusal("token_expired");
    if (grant.expiresAtMs !== null && nowMs >= grant.expiresAtMs) throw new SlackRefusal("token_expired");
    const caller = this.#world.people[grant.person] as Person;
    if (caller.deactivated) throw new SlackRefusal("account_inactive");
    return { grant, caller };
  }

  #mint(
    label: string,
    type: "user" | "bot",
    person: number,
    scopes: readonly string[],
    state: TokenGrant["state"],
  ): string {
    const digits = (purpose: string): string =>
      String(parseInt(stableHex(this.#world.seed, `${label}-${purpose}`, 10), 16)).padStart(12, "4");
    const secret = stableHex(this.#world.seed, `${label}-secret`, 32);
    const token =
      type === "bot"
        ? `xoxb-${digits("a")}-${digits("b")}-${secret.slice(0, 24)}`
        : `xoxp-${digits("a")}-${digits("b")}-${digits("c")}-${secret}`;
    this.#grants.set(token, {
      token,
      label,
      type,
      person,
      scopes: new Set(scopes),
      state,
      expiresAtMs: null,
    });
    return token;
  }
}
