import { asc, eq } from "drizzle-orm";
import type { ConnectionState } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { connections, telegramPeers } from "../schema/connections.ts";
import type { Reader, Writer } from "../store.ts";
import { creditToOthers } from "./group-sights.ts";

export type ConnectionRow = typeof connections.$inferSelect;

/** What a look at the platform can change about a connection. */
export interface ConnectionStateChange {
  readonly state: ConnectionState;
  readonly failure: Failure | null;
  readonly checkedAtMs?: number;
  readonly label?: string;
  readonly userName?: string;
  readonly grantedScopes?: string[];
}

/** In the order they were added. */
export async function listConnections(db: Reader): Promise<ConnectionRow[]> {
  return db.select().from(connections).orderBy(asc(connections.addedAtMs), asc(connections.id));
}

export async function findConnection(db: Reader, id: ConnectionId): Promise<ConnectionRow | null> {
  const [row] = await db.select().from(connections).where(eq(connections.id, id));
  return row ?? null;
}

/**
 * Adds the connection or renews the one with its id; when it was added and how many people it knows stay. What its
 * session before had learnt of peers goes with that session.
 */
export async function saveConnection(
  db: Writer,
  connection: Omit<ConnectionRow, "knownUsers">,
): Promise<ConnectionRow> {
  const { id, addedAtMs: _addedAtMs, ...renewed } = connection;
  await db.delete(telegramPeers).where(eq(telegramPeers.connectionId, id));
  const [row] = await db
    .insert(connections)
    .values(connection)
    .onConflictDoUpdate({ target: connections.id, set: renewed })
    .returning();
  return row as ConnectionRow;
}

/** Null when there is none. Signed out, it forgets the peers that its session had learnt. */
export async function updateConnectionState(
  db: Writer,
  id: ConnectionId,
  change: ConnectionStateChange,
): Promise<ConnectionRow | null> {
  if (change.state === "signed-out") await db.delete(telegramPeers).where(eq(telegramPeers.connectionId, id));
  const [row] = await db.update(connections).set(change).where(eq(connections.id, id)).returning();
  return row ?? null;
}

/** What was removed; null when there was nothing. Groups that another connection saw, too, are credited to that one. */
export async function removeConnection(db: Writer, id: ConnectionId): Promise<ConnectionRow | null> {
  await creditToOthers(db, id);
  const [row] = await db.delete(connections).where(eq(connections.id, id)).returning();
  return row ?? null;
}
