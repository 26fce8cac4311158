import type { TelegramPeer } from "#main/platforms/telegram/telegram-session.ts";
import { findConnection } from "#main/store/queries/connections.ts";
import { listTelegramPeers, saveTelegramPeers } from "#main/store/queries/telegram-peers.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { ConnectionsDeps } from "../connections-deps.ts";

/** What an account's sessions have learnt of peers, over restarts. */
export interface PeerMemory {
  recall(): Promise<readonly TelegramPeer[]>;
  /**
   * Keeps what was learnt, soon; never rejects. What comes while the connection is gone or signed out is left: its next
   * session learns anew.
   */
  keep(learned: readonly TelegramPeer[]): void;
}

/** Peers written in one transaction; others wait for the store meanwhile. */
const PEERS_AT_ONCE = 100;

export function rememberPeers(
  { store, clock, log }: Pick<ConnectionsDeps, "store" | "clock" | "log">,
  id: ConnectionId,
): PeerMemory {
  /** Lots are written in the order they came: the last word about a peer counts. */
  let saved: Promise<void> = Promise.resolve();

  async function save(peers: readonly TelegramPeer[]): Promise<void> {
    for (let from = 0; from < peers.length; from += PEERS_AT_ONCE) {
      await store.write(async (writer) => {
        const connection = await findConnection(writer, id);
        if (connection === null || connection.state === "signed-out") return;
        await saveTelegramPeers(writer, id, peers.slice(from, from + PEERS_AT_ONCE), clock.nowMs());
      });
    }
  }

  return {
    recall: () => listTelegramPeers(store.read, id),
    keep(learned) {
      saved = saved
        .then(() => save(learned))
        .catch((error: unknown) => {
          // Remembering saves calls; whoever asked has their answer all the same.
          log.warn("telegram-peers-not-kept", { reason: error instanceof Error ? error.message : "unknown" });
        });
    },
  };
}
