import type { AuthKey } from "#sandbox/telegram/wire/auth-key.ts";
import type { Session } from "#sandbox/telegram/wire/session.ts";

/** Sessions a client left behind are forgotten beyond this many a key. */
const MOST_OF_A_KEY = 50;

/** The sessions of every authorization key. */
export class SessionBook {
  readonly #sessions = new WeakMap<AuthKey, Map<bigint, Session>>();

  of(key: AuthKey): readonly Session[] {
    return [...(this.#sessions.get(key)?.values() ?? [])];
  }

  find(key: AuthKey, id: bigint): Session | null {
    return this.#sessions.get(key)?.get(id) ?? null;
  }

  add(session: Session): void {
    const sessions = this.#sessions.get(session.key) ?? new Map<bigint, Session>();
    this.#sessions.set(session.key, sessions.set(session.id, session));
    if (sessions.size <= MOST_OF_A_KEY) return;
    const left = [...sessions.values()].find((one) => one !== session && !one.isConnected);
    if (left) sessions.delete(left.id);
  }

  remove(key: AuthKey, id: bigint): boolean {
    return this.#sessions.get(key)?.delete(id) ?? false;
  }

  clear(key: AuthKey): void {
    this.#sessions.delete(key);
  }
}
