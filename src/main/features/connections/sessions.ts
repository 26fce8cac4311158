import {
  openSlackSession,
  type SlackSession,
  type SlackSessionOptions,
} from "#main/platforms/slack/index.ts";
import type { ConnectionRow } from "#main/store/queries/connections.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { ConnectionsDeps } from "./connections-deps.ts";
import { keychainOf } from "./keychain-of.ts";
import { createTokenKeeper, type TokenKeeper } from "./token-keeper.ts";

interface OpenSession {
  readonly apiUrl: string;
  readonly isSandbox: boolean;
  readonly session: SlackSession;
  readonly tokens: TokenKeeper;
}

/** For a sandbox that enforces no limits: as many calls as there are to make. Never for a server that counts. */
const WITHOUT_LIMITS = { limitWindowMs: 1 } as const;

/** The sessions of all Slack connections: one each, so that everybody who uses a connection shares its limits. */
export interface Sessions {
  /** The shared session of a connection. */
  get(row: ConnectionRow): OpenSession;
  /** A session of one's own on the connection's token, for a call whose waits are watched. */
  openAside(row: ConnectionRow): SlackSession;
  /** The connection's secret was replaced: it is read again at the next call. */
  refresh(id: ConnectionId): void;
  /** The connection was removed: whoever still holds its session gets no token any more. */
  forget(id: ConnectionId): void;
  /** A sandbox was started there: if it enforces no limits, the sessions opened on it from here on keep to none. */
  noteSandbox(apiUrl: string, limits: "on" | "off"): void;
  /** Resolves when no token is being renewed. */
  settled(): Promise<void>;
}

export function createSessions(deps: ConnectionsDeps): Sessions {
  const { clock, log } = deps;
  const open = new Map<ConnectionId, OpenSession>();
  const sandboxesWithoutLimits = new Set<string>();

  function tuningOf({ apiUrl, isSandbox }: ConnectionRow): Partial<SlackSessionOptions> {
    const isUnlimited = isSandbox && sandboxesWithoutLimits.has(apiUrl);
    return { fetch: deps.fetch, ...deps.sessionTuning, ...(isUnlimited ? WITHOUT_LIMITS : {}) };
  }

  function get(row: ConnectionRow): OpenSession {
    const { id, apiUrl, isSandbox } = row;
    const existing = open.get(id);
    if (existing?.apiUrl === apiUrl && existing.isSandbox === isSandbox) return existing;
    const deadline = deps.sessionTuning?.deadlineMs;
    const tokens = createTokenKeeper({
      name: id,
      apiUrl,
      keychain: keychainOf(deps, row),
      clock,
      log,
      fetch: deps.fetch,
      ...(deadline === undefined ? {} : { deadlineMs: deadline }),
    });
    const session = openSlackSession({ token: tokens, apiUrl, clock, log, ...tuningOf(row) });
    const opened = { apiUrl, isSandbox, session, tokens };
    open.set(id, opened);
    return opened;
  }

  return {
    get,
    openAside: (row) =>
      openSlackSession({ token: get(row).tokens, apiUrl: row.apiUrl, clock, log, ...tuningOf(row) }),
    refresh: (id) => open.get(id)?.tokens.forget(),
    forget(id) {
      open.get(id)?.tokens.forget();
      open.delete(id);
    },
    noteSandbox(apiUrl, limits) {
      // A later sandbox may listen where an earlier one did, and keep to other limits.
      for (const [id, session] of open) if (session.apiUrl === apiUrl) open.delete(id);
      if (limits === "off") sandboxesWithoutLimits.add(apiUrl);
      else sandboxesWithoutLimits.delete(apiUrl);
    },
    async settled() {
      await Promise.all([...open.values()].map(({ tokens }) => tokens.settled()));
    },
  };
}
