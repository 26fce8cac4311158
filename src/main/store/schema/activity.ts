import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ActivityOutcome } from "#shared/domain/activity.ts";

/** Append-only and hash-chained. Triggers in the migration refuse updates and deletes. */
export const activity = sqliteTable("activity", {
  seq: integer("seq").primaryKey(),
  atMs: integer("at_ms").notNull(),
  actor: text("actor").notNull(),
  action: text("action").notNull(),
  target: text("target"),
  why: text("why"),
  outcome: text("outcome").$type<ActivityOutcome>().notNull(),
  details: text("details", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
  previousHash: text("previous_hash").notNull(),
  hash: text("hash").notNull().unique(),
});
