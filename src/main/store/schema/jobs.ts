import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Failure } from "#shared/domain/failure.ts";
import type { JobId } from "#shared/domain/ids.ts";
import type { JobState } from "#shared/domain/job.ts";

export const jobs = sqliteTable(
  "jobs",
  {
    id: text("id").$type<JobId>().primaryKey(),
    kind: text("kind").notNull(),
    title: text("title").notNull(),
    /** Checked by the schema of the job's kind. */
    payload: text("payload", { mode: "json" }).$type<unknown>().notNull(),
    state: text("state").$type<JobState>().notNull(),
    /** What the job waits for, one a line, e.g. connection ids: a sign-in wakes the jobs paused on it. */
    pausedOn: text("paused_on"),
    phase: text("phase").notNull(),
    waitWhy: text("wait_why"),
    /** When the wait began: a clock that now shows less was set back, and the wait is then counted from now. */
    waitSinceMs: integer("wait_since_ms"),
    waitUntilMs: integer("wait_until_ms"),
    attempts: integer("attempts").notNull(),
    failure: text("failure", { mode: "json" }).$type<Failure>(),
    cancelRequested: integer("cancel_requested", { mode: "boolean" }).notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    startedAtMs: integer("started_at_ms"),
    finishedAtMs: integer("finished_at_ms"),
    /** Time spent working, over all attempts; pauses and the time the laptop was off are not in it. */
    workedMs: integer("worked_ms").notNull(),
  },
  (table) => [index("jobs_by_state").on(table.state)],
);

export type JobItemState = "pending" | "done" | "failed";

export const jobItems = sqliteTable(
  "job_items",
  {
    jobId: text("job_id")
      .$type<JobId>()
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
    phase: text("phase").notNull(),
    key: text("key").notNull(),
    state: text("state").$type<JobItemState>().notNull(),
    attempts: integer("attempts").notNull(),
    /** Not before this time; null means at once. */
    notBeforeMs: integer("not_before_ms"),
    /** Where a partly done item goes on, in the job kind's own form. */
    checkpoint: text("checkpoint", { mode: "json" }).$type<unknown>(),
    failure: text("failure", { mode: "json" }).$type<Failure>(),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.phase, table.key] }),
    index("job_items_by_state").on(table.jobId, table.phase, table.state),
  ],
);

/** Cron schedules. `nextAtMs` is persisted so that a missed time is noticed after sleep or a restart. */
export const schedules = sqliteTable("schedules", {
  id: text("id").primaryKey(),
  kind: text("kind").notNull(),
  /** Title of the jobs it queues. */
  title: text("title").notNull(),
  payload: text("payload", { mode: "json" }).$type<unknown>().notNull(),
  cron: text("cron").notNull(),
  timeZone: text("time_zone").notNull(),
  enabled: integer("enabled", { mode: "boolean" }).notNull(),
  lastAtMs: integer("last_at_ms"),
  /** The newest of the times that the last run was for; it began later when the computer slept. */
  lastDueAtMs: integer("last_due_at_ms"),
  lastJobId: text("last_job_id").$type<JobId>(),
  /** Times that passed unused before the last run (asleep, switched off): one run caught up for all of them. */
  lastMissed: integer("last_missed").notNull(),
  nextAtMs: integer("next_at_ms"),
});
