import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Failure } from "#shared/domain/failure.ts";
import type { TelegramGroupKind } from "#shared/domain/group.ts";
import type { ConnectionId, GroupKey, JobId, PersonId, Platform } from "#shared/domain/ids.ts";
import type {
  HelpPurpose,
  HelpRequestId,
  HelpRequestState,
  OffboardingId,
  OffboardingState,
  OffboardingTaskState,
} from "#shared/domain/offboarding.ts";
import type {
  OperationCost,
  OperationDetail,
  OperationId,
  OperationKind,
  OperationRequest,
  OperationState,
  StepAction,
  StepState,
} from "#shared/domain/operation.ts";
import type { RecurrenceId } from "#shared/domain/recurrence.ts";

export const operations = sqliteTable(
  "operations",
  {
    id: text("id").$type<OperationId>().primaryKey(),
    kind: text("kind").$type<OperationKind>().notNull(),
    title: text("title").notNull(),
    state: text("state").$type<OperationState>().notNull(),
    /** Checked by its schema when it is read. */
    request: text("request", { mode: "json" }).$type<OperationRequest>().notNull(),
    undoes: text("undoes").$type<OperationId>(),
    isSandbox: integer("is_sandbox", { mode: "boolean" }).notNull(),
    planJobId: text("plan_job_id").$type<JobId>().notNull(),
    runJobId: text("run_job_id").$type<JobId>(),
    /** The recurring operation that planned it. */
    recurrenceId: text("recurrence_id").$type<RecurrenceId>(),
    createdAtMs: integer("created_at_ms").notNull(),
    createdBy: text("created_by").notNull(),
    plannedAtMs: integer("planned_at_ms"),
    confirmedAtMs: integer("confirmed_at_ms"),
    confirmedBy: text("confirmed_by"),
    /** SHA-256 over the chosen steps: what was confirmed, and what an approval is for. */
    digest: text("digest"),
    approvedAtMs: integer("approved_at_ms"),
    approvedBy: text("approved_by"),
    finishedAtMs: integer("finished_at_ms"),
    costs: text("costs", { mode: "json" }).$type<OperationCost[]>().notNull(),
    problems: text("problems", { mode: "json" }).$type<OperationDetail["problems"]>().notNull(),
    failure: text("failure", { mode: "json" }).$type<Failure>(),
  },
  (table) => [
    index("operations_by_time").on(table.createdAtMs),
    index("operations_by_state").on(table.state),
    index("operations_by_undone").on(table.undoes),
  ],
);

export const operationSteps = sqliteTable(
  "operation_steps",
  {
    operationId: text("operation_id")
      .$type<OperationId>()
      .notNull()
      .references(() => operations.id, { onDelete: "cascade" }),
    ordinal: integer("ordinal").notNull(),
    action: text("action").$type<StepAction>().notNull(),
    /** Steps of a later stage wait for the earlier ones: a group exists before people are put into it. */
    stage: integer("stage").notNull(),
    /** Steps of one batch go to the platform together. */
    batch: text("batch").notNull(),
    connectionId: text("connection_id").$type<ConnectionId>().notNull(),
    platform: text("platform").$type<Platform>().notNull(),
    groupKey: text("group_key").$type<GroupKey>(),
    groupId: text("group_id"),
    groupName: text("group_name").notNull(),
    groupKind: text("group_kind").$type<TelegramGroupKind>(),
    /** Which of the groups to be created; its steps get the group's key once it exists. Null for groups there are. */
    newGroup: text("new_group"),
    personId: text("person_id").$type<PersonId>(),
    personName: text("person_name"),
    userId: text("user_id"),
    before: text("before"),
    after: text("after"),
    state: text("state").$type<StepState>().notNull(),
    isChosen: integer("is_chosen", { mode: "boolean" }).notNull(),
    evidence: text("evidence").$type<"stored" | "live">().notNull(),
    failure: text("failure", { mode: "json" }).$type<Failure>(),
    /** Written before the platform is asked; with it the step counts against its budget. */
    intentAtMs: integer("intent_at_ms"),
    /** What the platform needs to recognise a repetition (a message's random id). */
    token: text("token"),
    actedAtMs: integer("acted_at_ms"),
    verifiedAtMs: integer("verified_at_ms"),
  },
  (table) => [
    primaryKey({ columns: [table.operationId, table.ordinal] }),
    index("operation_steps_by_state").on(table.operationId, table.state),
    index("operation_steps_by_batch").on(table.operationId, table.stage, table.batch),
    index("operation_steps_by_intent").on(table.connectionId, table.action, table.intentAtMs),
    index("operation_steps_by_group").on(table.groupKey),
  ],
);

/** Operations that are planned again and again; when is in `schedules`, under the same id. */
export const recurrences = sqliteTable("recurrences", {
  id: text("id").$type<RecurrenceId>().primaryKey(),
  name: text("name").notNull().unique(),
  request: text("request", { mode: "json" }).$type<OperationRequest>().notNull(),
  /** Confirmed beforehand: it runs without being looked at. */
  isConfirmed: integer("is_confirmed", { mode: "boolean" }).notNull(),
  createdAtMs: integer("created_at_ms").notNull(),
});

export const offboardings = sqliteTable("offboardings", {
  id: text("id").$type<OffboardingId>().primaryKey(),
  personId: text("person_id").$type<PersonId>().notNull(),
  personName: text("person_name").notNull(),
  state: text("state").$type<OffboardingState>().notNull(),
  createdAtMs: integer("created_at_ms").notNull(),
  closedAtMs: integer("closed_at_ms"),
  checkedAtMs: integer("checked_at_ms"),
  deactivatedIn: text("deactivated_in", { mode: "json" }).$type<string[]>().notNull(),
  operationIds: text("operation_ids", { mode: "json" }).$type<OperationId[]>().notNull(),
});

export const offboardingTasks = sqliteTable(
  "offboarding_tasks",
  {
    offboardingId: text("offboarding_id")
      .$type<OffboardingId>()
      .notNull()
      .references(() => offboardings.id, { onDelete: "cascade" }),
    groupKey: text("group_key").$type<GroupKey>().notNull(),
    groupName: text("group_name").notNull(),
    platform: text("platform").$type<Platform>().notNull(),
    connectionId: text("connection_id").$type<ConnectionId>().notNull(),
    ownRight: text("own_right"),
    state: text("state").$type<OffboardingTaskState>().notNull(),
    note: text("note"),
    isOwner: integer("is_owner", { mode: "boolean" }).notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
    /** The operator decided that they stay (`kept`); false where a check kept it, as nobody can take them out. */
    isDecided: integer("is_decided", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.offboardingId, table.groupKey] })],
);

export const helpRequests = sqliteTable(
  "help_requests",
  {
    id: text("id").$type<HelpRequestId>().primaryKey(),
    purpose: text("purpose").$type<HelpPurpose>().notNull(),
    offboardingId: text("offboarding_id").$type<OffboardingId>(),
    groupKey: text("group_key").$type<GroupKey>().notNull(),
    groupName: text("group_name").notNull(),
    platform: text("platform").$type<Platform>().notNull(),
    connectionId: text("connection_id").$type<ConnectionId>().notNull(),
    askUserId: text("ask_user_id"),
    askName: text("ask_name"),
    askRole: text("ask_role").$type<"owner" | "admin">(),
    text: text("text").notNull(),
    state: text("state").$type<HelpRequestState>().notNull(),
    note: text("note"),
    createdAtMs: integer("created_at_ms").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    index("help_requests_by_group").on(table.groupKey),
    index("help_requests_by_offboarding").on(table.offboardingId),
  ],
);
