import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ConnectionState } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, Platform } from "#shared/domain/ids.ts";

/** A data centre that is not Telegram's own. The key is a public one. */
export interface StoredTelegramServer {
  readonly host: string;
  readonly port: number;
  readonly publicKeyPem: string;
}

/** Signed-in sources. The secret is in the keychain under the connection's id. */
export const connections = sqliteTable("connections", {
  id: text("id").$type<ConnectionId>().primaryKey(),
  platform: text("platform").$type<Platform>().notNull(),
  workspaceId: text("workspace_id"),
  label: text("label").notNull(),
  userId: text("user_id").notNull(),
  userName: text("user_name").notNull(),
  apiUrl: text("api_url").notNull(),
  /** Telegram only; null for Telegram's own servers. */
  telegramServer: text("telegram_server", { mode: "json" }).$type<StoredTelegramServer>(),
  /** Telegram only: enough of the phone number to tell accounts apart. Null when signed in by QR code. */
  maskedPhone: text("masked_phone"),
  isSandbox: integer("is_sandbox", { mode: "boolean" }).notNull(),
  state: text("state").$type<ConnectionState>().notNull(),
  failure: text("failure", { mode: "json" }).$type<Failure>(),
  grantedScopes: text("granted_scopes", { mode: "json" }).$type<string[]>().notNull(),
  /** People in the workspace as of the last look; decides how people are looked up. Null when never counted. */
  knownUsers: integer("known_users"),
  addedAtMs: integer("added_at_ms").notNull(),
  checkedAtMs: integer("checked_at_ms"),
});

/**
 * By which hash a Telegram account may address the people and channels it has met. Telegram gives it to the account
 * with each mention and takes no other; looking it up again costs one of some 200 username look-ups a day. Belongs to
 * the session that learnt it: gone with the connection, with its session, and renewed by another sign-in.
 */
export const telegramPeers = sqliteTable(
  "telegram_peers",
  {
    connectionId: text("connection_id")
      .$type<ConnectionId>()
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    kind: text("kind").$type<"user" | "channel">().notNull(),
    peerId: text("peer_id").notNull(),
    accessHash: text("access_hash").notNull(),
    /** By which a person was found, so that asking for it again needs no look-up while it is still theirs. */
    username: text("username"),
    learnedAtMs: integer("learned_at_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.connectionId, table.kind, table.peerId] })],
);
