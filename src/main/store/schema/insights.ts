import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId, GroupKey, JobId, PersonId, Platform, RunId } from "#shared/domain/ids.ts";
import type { NoticedId, NoticedKind } from "#shared/domain/noticed.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import type { RecurrenceId } from "#shared/domain/recurrence.ts";
import type { ScheduleId, TurnOutcome } from "#shared/domain/schedule.ts";
import type { Telling, TellingChannel, TellingKind, TellingState } from "#shared/domain/telling.ts";

/** Every time a schedule of audits or of operations came due, and what became of it. */
export const scheduleTurns = sqliteTable(
  "schedule_turns",
  {
    jobId: text("job_id").$type<JobId>().primaryKey(),
    scheduleId: text("schedule_id").$type<ScheduleId | RecurrenceId>().notNull(),
    dueAtMs: integer("due_at_ms").notNull(),
    atMs: integer("at_ms").notNull(),
    missed: integer("missed").notNull(),
    outcome: text("outcome").$type<TurnOutcome>().notNull(),
    /** What it started, or left alone; it may have been removed since. */
    runId: text("run_id").$type<RunId | OperationId>(),
    failure: text("failure", { mode: "json" }).$type<Failure>(),
  },
  (table) => [index("schedule_turns_by_schedule").on(table.scheduleId, table.atMs)],
);

/**
 * Ended runs, and events of operations, of which it was decided whether there is anything to tell. Kept when a run is
 * removed: told is told.
 */
export const toldRuns = sqliteTable(
  "told_runs",
  {
    runId: text("run_id").$type<Telling["runId"]>().notNull(),
    kind: text("kind").$type<TellingKind>().notNull(),
    atMs: integer("at_ms").notNull(),
    /** What was worth telling, checked by whoever reads it; null when nothing was. */
    content: text("content", { mode: "json" }).$type<unknown>(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.kind] })],
);

/** One message a channel. Its intent is written before it is sent, its outcome after. */
export const tellings = sqliteTable(
  "tellings",
  {
    runId: text("run_id").$type<Telling["runId"]>().notNull(),
    kind: text("kind").$type<TellingKind>().notNull(),
    channel: text("channel").$type<TellingChannel>().notNull(),
    state: text("state").$type<TellingState>().notNull(),
    title: text("title").notNull(),
    atMs: integer("at_ms").notNull(),
    failure: text("failure", { mode: "json" }).$type<Failure>(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.kind, table.channel] }),
    index("tellings_by_time").on(table.atMs),
  ],
);

/** Gaps that somebody was told of and that were not seen closed since. */
export const toldGaps = sqliteTable(
  "told_gaps",
  {
    groupKey: text("group_key").$type<GroupKey>().notNull(),
    personId: text("person_id").$type<PersonId>().notNull(),
    runId: text("run_id").$type<RunId>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupKey, table.personId] })],
);

/** What was seen between audits. */
export const noticed = sqliteTable(
  "noticed",
  {
    id: text("id").$type<NoticedId>().primaryKey(),
    /** What it is about, in one text: the same thing is noticed once after each audit. */
    sameAs: text("same_as").notNull().unique(),
    kind: text("kind").$type<NoticedKind>().notNull(),
    connectionId: text("connection_id").$type<ConnectionId>().notNull(),
    platform: text("platform").$type<Platform>().notNull(),
    groupKey: text("group_key").$type<GroupKey>().notNull(),
    groupName: text("group_name").notNull(),
    nameBefore: text("name_before"),
    personId: text("person_id").$type<PersonId>(),
    personName: text("person_name"),
    atMs: integer("at_ms").notNull(),
    /** Dismissed, or read by an audit that began later. */
    isSettled: integer("is_settled", { mode: "boolean" }).notNull(),
  },
  (table) => [index("noticed_by_time").on(table.isSettled, table.atMs)],
);
