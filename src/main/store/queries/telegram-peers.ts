import { and, eq, ne } from "drizzle-orm";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { telegramPeers } from "../schema/connections.ts";
import type { Reader, Writer } from "../store.ts";

export type TelegramPeerRow = Omit<typeof telegramPeers.$inferSelect, "connectionId" | "learnedAtMs">;

/** One peer as it is now; without a hash it is forgotten. */
export type TelegramPeerChange = Omit<TelegramPeerRow, "accessHash"> & { readonly accessHash: string | null };

/** Whom and what the account may address, in the order of their ids. */
export async function listTelegramPeers(db: Reader, connectionId: ConnectionId): Promise<TelegramPeerRow[]> {
  const { kind, peerId, accessHash, username } = telegramPeers;
  return db
    .select({ kind, peerId, accessHash, username })
    .from(telegramPeers)
    .where(eq(telegramPeers.connectionId, connectionId))
    .orderBy(kind, peerId);
}

/** Keeps or forgets peers of an account. A username is one person's only: whoever had it before has it no more. */
export async function saveTelegramPeers(
  db: Writer,
  connectionId: ConnectionId,
  changes: readonly TelegramPeerChange[],
  learnedAtMs: EpochMs,
): Promise<void> {
  const ownPeers = eq(telegramPeers.connectionId, connectionId);
  for (const { kind, peerId, accessHash, username } of changes) {
    const here = and(ownPeers, eq(telegramPeers.kind, kind), eq(telegramPeers.peerId, peerId));
    if (accessHash === null) {
      await db.delete(telegramPeers).where(here);
      continue;
    }
    if (username !== null) {
      const others = and(ownPeers, eq(telegramPeers.username, username), ne(telegramPeers.peerId, peerId));
      await db.update(telegramPeers).set({ username: null }).where(others);
    }
    await db
      .insert(telegramPeers)
      .values({ connectionId, kind, peerId, accessHash, username, learnedAtMs })
      .onConflictDoUpdate({
        target: [telegramPeers.connectionId, telegramPeers.kind, telegramPeers.peerId],
        set: { accessHash, username, learnedAtMs },
      });
  }
}
