import { sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row per setting; `value` is JSON checked by the schema of whoever reads it. */
export const settings = sqliteTable("settings", {
  name: text("name").primaryKey(),
  value: text("value", { mode: "json" }).$type<unknown>().notNull(),
});
