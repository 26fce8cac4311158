import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { PersonId, Platform } from "#shared/domain/ids.ts";
import type { Rules } from "#shared/domain/rules.ts";
import type { IdentityState, MemberStatus } from "#shared/domain/team.ts";

export const teamMembers = sqliteTable("team_members", {
  id: text("id").$type<PersonId>().primaryKey(),
  name: text("name").notNull(),
  role: text("role"),
  status: text("status").$type<MemberStatus>().notNull(),
  email: text("email"),
  /** Order on screen. */
  position: integer("position").notNull(),
});

export const identities = sqliteTable(
  "identities",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    personId: text("person_id")
      .$type<PersonId>()
      .notNull()
      .references(() => teamMembers.id, { onDelete: "cascade" }),
    platform: text("platform").$type<Platform>().notNull(),
    workspaceId: text("workspace_id"),
    userId: text("user_id"),
    username: text("username"),
    state: text("state").$type<IdentityState>().notNull(),
    checkedAtMs: integer("checked_at_ms"),
  },
  (table) => [
    index("identities_by_person").on(table.personId),
    uniqueIndex("identities_by_user").on(table.platform, table.workspaceId, table.userId, table.personId),
  ],
);

/** The one current set of rules, as one document: it is always read and written whole. */
export const rules = sqliteTable("rules", {
  id: integer("id").primaryKey(),
  document: text("document", { mode: "json" }).$type<Rules>().notNull(),
  changedAtMs: integer("changed_at_ms").notNull(),
});
