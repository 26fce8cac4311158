import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RunState, RunTrigger, Strategy } from "#shared/domain/coverage.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { GroupPrivacy, OwnRight, TelegramGroupKind } from "#shared/domain/group.ts";
import type {
  CategoryId,
  ConnectionId,
  ExclusionId,
  GroupKey,
  JobId,
  PersonId,
  Platform,
  RunId,
  SavedViewId,
} from "#shared/domain/ids.ts";
import type { MatrixFilter, MatrixSort } from "#shared/domain/matrix.ts";
import type { PresenceKind, UnknownReason } from "#shared/domain/presence.ts";
import type { RequirementLevel, Rules } from "#shared/domain/rules.ts";
import type { TeamMember } from "#shared/domain/team.ts";

export const runs = sqliteTable(
  "runs",
  {
    id: text("id").$type<RunId>().primaryKey(),
    jobId: text("job_id").$type<JobId>().notNull(),
    state: text("state").$type<RunState>().notNull(),
    trigger: text("trigger").$type<RunTrigger>().notNull(),
    platforms: text("platforms", { mode: "json" }).$type<Platform[]>().notNull(),
    isSandbox: integer("is_sandbox", { mode: "boolean" }).notNull(),
    startedAtMs: integer("started_at_ms").notNull(),
    finishedAtMs: integer("finished_at_ms"),
    elapsedMs: integer("elapsed_ms").notNull(),
    /** Team and rules as they were when the run started: a run is judged by the rules of its own day. */
    team: text("team", { mode: "json" }).$type<TeamMember[]>().notNull(),
    rules: text("rules", { mode: "json" }).$type<Rules>().notNull(),
    groups: integer("groups").notNull(),
    people: integer("people").notNull(),
    present: integer("present").notNull(),
    absent: integer("absent").notNull(),
    unknown: integer("unknown").notNull(),
    /** Required results in groups that are not archived, kept so that a trend need not count them again. */
    requiredTotal: integer("required_total").notNull().default(0),
    requiredPresent: integer("required_present").notNull().default(0),
    failure: text("failure", { mode: "json" }).$type<Failure>(),
  },
  (table) => [index("runs_by_start").on(table.startedAtMs)],
);

/** The part of a run that one connection plays. */
export const runConnections = sqliteTable(
  "run_connections",
  {
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    connectionId: text("connection_id").$type<ConnectionId>().notNull(),
    platform: text("platform").$type<Platform>().notNull(),
    workspaceId: text("workspace_id"),
    strategy: text("strategy").$type<Strategy>(),
    calls: integer("calls").notNull(),
    waitedMs: integer("waited_ms").notNull(),
    /** The whole listing of groups was read. */
    listingComplete: integer("listing_complete", { mode: "boolean" }).notNull(),
    /** Groups the listing named, other than customers' groups too; says how many pages the next one takes. */
    listedGroups: integer("listed_groups").notNull().default(0),
    /** What stopped the whole connection, for good or until the operator signs in; null when nothing did. */
    failure: text("failure", { mode: "json" }).$type<Failure>(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.connectionId] })],
);

/** Every group as the run saw it. */
export const runGroups = sqliteTable(
  "run_groups",
  {
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    groupKey: text("group_key").$type<GroupKey>().notNull(),
    connectionId: text("connection_id").$type<ConnectionId>().notNull(),
    platform: text("platform").$type<Platform>().notNull(),
    workspaceId: text("workspace_id"),
    groupId: text("group_id").notNull(),
    name: text("name").notNull(),
    privacy: text("privacy").$type<GroupPrivacy>().notNull(),
    isArchived: integer("is_archived", { mode: "boolean" }).notNull(),
    isShared: integer("is_shared", { mode: "boolean" }).notNull(),
    memberCount: integer("member_count"),
    /** The account behind the connection is in it; null where the platform did not say. */
    ownerIsMember: integer("owner_is_member", { mode: "boolean" }),
    /** Some person's listing named it, which shows that such listings do include it. */
    seenInListing: integer("seen_in_listing", { mode: "boolean" }).notNull().default(false),
    categoryId: text("category_id").$type<CategoryId>(),
    /** The member list was read to its end (roster strategy). */
    rosterComplete: integer("roster_complete", { mode: "boolean" }).notNull(),
    unreadable: text("unreadable", { mode: "json" }).$type<Failure>(),
    /** From here on of Telegram groups only; null where the platform did not say, or was not asked. */
    kind: text("kind").$type<TelegramGroupKind>(),
    ownRight: text("own_right").$type<OwnRight>(),
    historyHidden: integer("history_hidden", { mode: "boolean" }),
    /** Only admins are listed to those who are not admins themselves. */
    membersHidden: integer("members_hidden", { mode: "boolean" }),
    /** Why its member list, although readable, proves no absence. */
    gap: text("gap").$type<UnknownReason>(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.groupKey] })],
);

/**
 * Groups that, in the same run, a connection saw that they are not credited to, with what only it can say of them. When the
 * one they are credited to leaves, they are this one's.
 */
export const runGroupSights = sqliteTable(
  "run_group_sights",
  {
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    groupKey: text("group_key").$type<GroupKey>().notNull(),
    connectionId: text("connection_id").$type<ConnectionId>().notNull(),
    ownRight: text("own_right").$type<OwnRight>(),
    ownerIsMember: integer("owner_is_member", { mode: "boolean" }),
  },
  (table) => [primaryKey({ columns: [table.runId, table.groupKey, table.connectionId] })],
);

/** Groups that a platform turned into other ones (Telegram's basic groups into supergroups), whenever it was seen. */
export const groupMigrations = sqliteTable("group_migrations", {
  beforeKey: text("before_key").$type<GroupKey>().primaryKey(),
  afterKey: text("after_key").$type<GroupKey>().notNull().unique(),
});

/** How well the groups of one person's account are known on one connection. */
export const runPeople = sqliteTable(
  "run_people",
  {
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    connectionId: text("connection_id").$type<ConnectionId>().notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
    /** The account, of which a person may have several; empty when none is recorded. */
    userId: text("user_id").notNull(),
    /** The listing of this person's groups was read to its end (inverse strategy). */
    listingComplete: integer("listing_complete", { mode: "boolean" }).notNull(),
    /** Why this person's presence cannot be proven from a listing; null when it can. */
    reason: text("reason").$type<UnknownReason>(),
    /** What stopped the reading of the listing; null when nothing did. */
    failure: text("failure", { mode: "json" }).$type<Failure>(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.connectionId, table.personId, table.userId] })],
);

/** Memberships that were seen. An absence follows from completeness, or is in `runDenials`. */
export const runSightings = sqliteTable(
  "run_sightings",
  {
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    groupKey: text("group_key").$type<GroupKey>().notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.groupKey, table.personId] })],
);

/** Accounts of which the platform, asked about this one, said that they are not in the group. */
export const runDenials = sqliteTable(
  "run_denials",
  {
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    groupKey: text("group_key").$type<GroupKey>().notNull(),
    userId: text("user_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.groupKey, table.userId] })],
);

/** The settled results of a run; written when it ends, and while a part of it waits for long. */
export const runResults = sqliteTable(
  "run_results",
  {
    runId: text("run_id")
      .$type<RunId>()
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    groupKey: text("group_key").$type<GroupKey>().notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
    level: text("level").$type<RequirementLevel>().notNull(),
    presence: text("presence").$type<PresenceKind>().notNull(),
    reason: text("reason").$type<UnknownReason>(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.groupKey, table.personId] }),
    index("run_results_by_cell").on(table.groupKey, table.personId),
  ],
);

export const exclusions = sqliteTable(
  "exclusions",
  {
    id: text("id").$type<ExclusionId>().primaryKey(),
    groupKey: text("group_key").$type<GroupKey>().notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
    reason: text("reason").notNull(),
    owner: text("owner").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    expiresAtMs: integer("expires_at_ms"),
  },
  (table) => [index("exclusions_by_cell").on(table.groupKey, table.personId)],
);

export const savedViews = sqliteTable("saved_views", {
  id: text("id").$type<SavedViewId>().primaryKey(),
  name: text("name").notNull().unique(),
  filter: text("filter", { mode: "json" }).$type<MatrixFilter>().notNull(),
  sort: text("sort", { mode: "json" }).$type<MatrixSort>().notNull(),
});
