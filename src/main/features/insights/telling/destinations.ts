import type { Connection } from "#shared/domain/connection.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { Page } from "#shared/domain/page.ts";
import type { Destination } from "#shared/domain/telling.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";
import type { InsightsDeps } from "../insights-deps.ts";
import { type DestinationSearch, pageDestinations } from "../policy/destinations.ts";
import { readListing } from "../read-listing.ts";

/** Where messages can go. */
export interface DestinationsDoor {
  /**
   * The channels or groups that the account behind a connection is in and may write to, a page at a time. `input/not-found`
   * for a connection that is gone, otherwise what the platform says; the listing is asked for anew after five minutes.
   */
  listDestinations(
    input: DestinationSearch & { readonly connectionId: ConnectionId },
  ): Promise<Result<Page<Destination>, Failure>>;
}

const FRESH_MS = 5 * MINUTE_MS;

/** Somebody waits with an open list. */
const PATIENCE_MS = 25 * SECOND_MS;

const SAVED_MESSAGES: Destination = {
  target: "self",
  name: "Saved Messages",
  kind: "saved-messages",
  isCustomers: false,
};

export function createDestinations(deps: InsightsDeps): DestinationsDoor {
  const { clock, connections, coverage } = deps;
  const known = new Map<ConnectionId, { readonly atMs: number; readonly all: readonly Destination[] }>();

  async function readAll(
    connection: Connection,
    signal: AbortSignal,
  ): Promise<Result<readonly Destination[], Failure>> {
    const isCustomers = await coverage.compileNameJudgement();
    return connection.platform === "slack"
      ? readChannels(connection, isCustomers, signal)
      : readGroups(connection, isCustomers, signal);
  }

  async function readChannels(connection: Connection, isCustomers: Judge, signal: AbortSignal) {
    const session = await connections.openSession(connection.id);
    if (!session.ok) return session;
    const channels = await readListing((call) => session.value.fetchChannels(call), signal);
    if (!channels.ok) return channels;
    return ok(
      channels.value
        .filter(({ isArchived, isMember }) => isMember && !isArchived)
        .map(({ id, name, isPrivate }): Destination => {
          const kind = isPrivate ? "private-channel" : "public-channel";
          return {
            target: id,
            name,
            kind,
            isCustomers: isCustomers({ platform: "slack", groupId: id, name }),
          };
        }),
    );
  }

  async function readGroups(connection: Connection, isCustomers: Judge, signal: AbortSignal) {
    const session = await connections.openTelegramSession(connection.id);
    if (!session.ok) return session;
    const groups = await readListing((call) => session.value.fetchGroups(call), signal);
    if (!groups.ok) return groups;
    const open = groups.value.filter(
      ({ kind, isClosed, migratedTo }) => kind !== "broadcast" && !isClosed && migratedTo === null,
    );
    return ok([
      SAVED_MESSAGES,
      ...open.map(({ groupId, kind, title }): Destination => {
        const isOurs = !isCustomers({ platform: "telegram", groupId, name: title });
        const target = kind === "basic" ? `-${groupId}` : groupId;
        return { target, name: title, kind: "group", isCustomers: !isOurs };
      }),
    ]);
  }

  /** Ends with `network/timed-out` rather than keep a list open for ever. */
  async function readInTime(connection: Connection): Promise<Result<readonly Destination[], Failure>> {
    const giveUp = new AbortController();
    const reading = readAll(connection, giveUp.signal);
    const patience = clock.sleep(PATIENCE_MS, giveUp.signal).then(
      () => err(failure("network/timed-out", { connectionId: connection.id })),
      () => ok([]),
    );
    // Whoever lost may still reject with the end of its wait.
    reading.catch(() => undefined);
    const end = await Promise.race([reading, patience]);
    giveUp.abort(new DOMException("nobody waits for the list any more", "AbortError"));
    return end;
  }

  return {
    async listDestinations({ connectionId, ...search }) {
      const connection = (await connections.listAuditable()).find(({ id }) => id === connectionId);
      if (!connection) return err(failure("input/not-found", { id: connectionId }));
      const remembered = known.get(connectionId);
      if (remembered && clock.monotonicMs() - remembered.atMs < FRESH_MS)
        return ok(pageDestinations(remembered.all, search));
      const all = await readInTime(connection);
      if (!all.ok) return all;
      known.set(connectionId, { atMs: clock.monotonicMs(), all: all.value });
      return ok(pageDestinations(all.value, search));
    },
  };
}

type Judge = Awaited<ReturnType<InsightsDeps["coverage"]["compileNameJudgement"]>>;
