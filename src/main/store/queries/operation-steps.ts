import {
  and,
  asc,
  count,
  countDistinct,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  like,
  ne,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { ConnectionId, GroupKey } from "#shared/domain/ids.ts";
import type { OperationId, StepAction, StepCounts, StepState } from "#shared/domain/operation.ts";
import { operationSteps } from "../schema/membership.ts";
import type { Reader, Writer } from "../store.ts";

export type OperationStepRow = typeof operationSteps.$inferSelect;

/** A step as it was drafted, without what its place and the run add. */
export type NewOperationStep = Omit<
  OperationStepRow,
  "operationId" | "ordinal" | "isChosen" | "intentAtMs" | "token" | "actedAtMs" | "verifiedAtMs"
>;

export type OperationStepChange = Partial<
  Pick<
    OperationStepRow,
    | "state"
    | "failure"
    | "intentAtMs"
    | "token"
    | "actedAtMs"
    | "verifiedAtMs"
    | "groupKey"
    | "groupId"
    | "groupKind"
    | "after"
  >
>;

/** The steps that go to a platform together. */
export interface StepBatch {
  readonly operationId: OperationId;
  readonly connectionId: ConnectionId;
  readonly stage: number;
  readonly batch: string;
}

/** Steps that a list shows: in one of the states (all of them when there is none), with the text in a name. */
export interface StepFilter {
  readonly operationId: OperationId;
  readonly states: readonly StepState[];
  readonly search: string;
}

/** Adds steps from `firstOrdinal` on; those to be done are chosen. At most a few hundred at once. */
export async function insertSteps(
  db: Writer,
  operationId: OperationId,
  firstOrdinal: number,
  steps: readonly NewOperationStep[],
): Promise<void> {
  if (steps.length === 0) return;
  await db.insert(operationSteps).values(
    steps.map((step, index) => ({
      ...step,
      operationId,
      ordinal: firstOrdinal + index,
      isChosen: step.state === "planned",
    })),
  );
}

/** In the order of their ordinals, after `after`. */
export async function listSteps(
  db: Reader,
  filter: StepFilter,
  page: { readonly after: number | null; readonly limit: number },
): Promise<OperationStepRow[]> {
  return db
    .select()
    .from(operationSteps)
    .where(
      and(filteredSteps(filter), page.after === null ? undefined : gt(operationSteps.ordinal, page.after)),
    )
    .orderBy(asc(operationSteps.ordinal))
    .limit(page.limit);
}

export async function countFilteredSteps(db: Reader, filter: StepFilter): Promise<number> {
  return db.$count(operationSteps, filteredSteps(filter));
}

/** Left out steps count as `skipped`. */
export async function countSteps(
  db: Reader,
  operation: { readonly id: OperationId; readonly confirmedAtMs: number | null },
): Promise<StepCounts> {
  const ofIt = eq(operationSteps.operationId, operation.id);
  const rows = await db
    .select({ state: operationSteps.state, count: count() })
    .from(operationSteps)
    .where(ofIt)
    .groupBy(operationSteps.state);
  const counts = { ...NO_STEPS, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
  // So far the index told everything, and once confirmed what was left out is `skipped` there too.
  if (operation.confirmedAtMs !== null) return counts;
  const leftOut = await db.$count(
    operationSteps,
    and(ofIt, eq(operationSteps.state, "planned"), eq(operationSteps.isChosen, false)),
  );
  return { ...counts, planned: counts.planned - leftOut, skipped: counts.skipped + leftOut };
}

const NO_STEPS: StepCounts = {
  planned: 0,
  acting: 0,
  done: 0,
  "already-so": 0,
  refused: 0,
  failed: 0,
  unclear: 0,
  skipped: 0,
};

/** How many of the chosen steps are not so, by this operation or before it. */
export async function countUndone(db: Reader, operationId: OperationId): Promise<number> {
  return db.$count(
    operationSteps,
    and(
      eq(operationSteps.operationId, operationId),
      inArray(operationSteps.state, ["planned", "acting", "refused", "failed", "unclear", "skipped"]),
      eq(operationSteps.isChosen, true),
    ),
  );
}

/** Where there is work left: the stages of each connection, in order. */
export async function listStages(
  db: Reader,
  operationId: OperationId,
): Promise<Pick<OperationStepRow, "connectionId" | "platform" | "stage">[]> {
  return db
    .selectDistinct({
      connectionId: operationSteps.connectionId,
      platform: operationSteps.platform,
      stage: operationSteps.stage,
    })
    .from(operationSteps)
    .where(and(eq(operationSteps.operationId, operationId), isToDo))
    .orderBy(asc(operationSteps.connectionId), asc(operationSteps.stage));
}

/** Batches with work left, in the order of their first steps. */
export async function listBatches(db: Reader, where: Omit<StepBatch, "batch">): Promise<string[]> {
  const rows = await db
    .select({ batch: operationSteps.batch })
    .from(operationSteps)
    .where(
      and(
        eq(operationSteps.operationId, where.operationId),
        eq(operationSteps.connectionId, where.connectionId),
        eq(operationSteps.stage, where.stage),
        isToDo,
      ),
    )
    .groupBy(operationSteps.batch)
    .orderBy(asc(sql`min(${operationSteps.ordinal})`));
  return rows.map(({ batch }) => batch);
}

/** The steps of a batch that have not ended, in their order. */
export async function listBatchSteps(db: Reader, where: StepBatch): Promise<OperationStepRow[]> {
  return db
    .select()
    .from(operationSteps)
    .where(
      and(
        eq(operationSteps.operationId, where.operationId),
        eq(operationSteps.stage, where.stage),
        eq(operationSteps.batch, where.batch),
        eq(operationSteps.connectionId, where.connectionId),
        isToDo,
      ),
    )
    .orderBy(asc(operationSteps.ordinal));
}

export async function updateSteps(
  db: Writer,
  operationId: OperationId,
  ordinals: readonly number[],
  change: OperationStepChange,
): Promise<void> {
  await db
    .update(operationSteps)
    .set(change)
    .where(and(eq(operationSteps.operationId, operationId), inArray(operationSteps.ordinal, [...ordinals])));
}

/** Changes the other steps of a group that is being created, as long as they have not begun. */
export async function updateStepsOfNewGroup(
  db: Writer,
  where: Pick<StepBatch, "operationId" | "connectionId"> & { readonly newGroup: string },
  change: OperationStepChange,
): Promise<void> {
  await db
    .update(operationSteps)
    .set(change)
    .where(
      and(
        eq(operationSteps.operationId, where.operationId),
        eq(operationSteps.connectionId, where.connectionId),
        eq(operationSteps.newGroup, where.newGroup),
        eq(operationSteps.state, "planned"),
        ne(operationSteps.action, "create"),
      ),
    );
}

/** When a connection's steps of these kinds were begun since then, whatever operation they belong to; oldest first. */
export async function listIntents(
  db: Reader,
  where: {
    readonly connectionId: ConnectionId;
    readonly actions: readonly StepAction[];
    readonly sinceMs: number;
  },
): Promise<number[]> {
  const rows = await db
    .select({ intentAtMs: operationSteps.intentAtMs })
    .from(operationSteps)
    .where(
      and(
        eq(operationSteps.connectionId, where.connectionId),
        inArray(operationSteps.action, [...where.actions]),
        gte(operationSteps.intentAtMs, where.sinceMs),
      ),
    )
    .orderBy(asc(operationSteps.intentAtMs));
  return rows.flatMap(({ intentAtMs }) => (intentAtMs === null ? [] : [intentAtMs]));
}

/** Done by the operation and not read back yet, in their order. */
export async function listUnverified(
  db: Reader,
  where: {
    readonly operationId: OperationId;
    readonly connectionId: ConnectionId;
    readonly after: number | null;
    readonly limit: number;
  },
): Promise<OperationStepRow[]> {
  return db
    .select()
    .from(operationSteps)
    .where(
      and(
        eq(operationSteps.operationId, where.operationId),
        eq(operationSteps.connectionId, where.connectionId),
        eq(operationSteps.state, "done"),
        isNull(operationSteps.verifiedAtMs),
        where.after === null ? undefined : gt(operationSteps.ordinal, where.after),
      ),
    )
    .orderBy(asc(operationSteps.ordinal))
    .limit(where.limit);
}

/**
 * How many accounts one connection is to put into how many groups, or to take out of how many, those that are done
 * counted; not what was so before.
 */
export async function countMoved(
  db: Reader,
  where: {
    readonly operationId: OperationId;
    readonly connectionId: ConnectionId;
    readonly action: "add" | "remove";
  },
): Promise<{ readonly people: number; readonly groups: number }> {
  const [row] = await db
    .select({
      people: countDistinct(operationSteps.userId),
      groups: countDistinct(operationSteps.groupId),
    })
    .from(operationSteps)
    .where(
      and(
        eq(operationSteps.operationId, where.operationId),
        eq(operationSteps.connectionId, where.connectionId),
        eq(operationSteps.action, where.action),
        eq(operationSteps.isChosen, true),
        inArray(operationSteps.state, ["planned", "acting", "done"]),
      ),
    );
  return row ?? { people: 0, groups: 0 };
}

/** Connections with something to do or to read back. */
export async function listStepConnections(
  db: Reader,
  operationId: OperationId,
): Promise<Pick<OperationStepRow, "connectionId">[]> {
  return db
    .selectDistinct({ connectionId: operationSteps.connectionId })
    .from(operationSteps)
    .where(
      and(
        eq(operationSteps.operationId, operationId),
        inArray(operationSteps.state, ["planned", "acting", "done"]),
      ),
    );
}

/** How many changes of each kind an operation has left on each connection; one that was begun counts. */
export async function countLeft(
  db: Reader,
  operationId: OperationId,
): Promise<(Pick<OperationStepRow, "connectionId" | "platform" | "action"> & { readonly steps: number })[]> {
  const { connectionId, platform, action } = operationSteps;
  return db
    .select({ connectionId, platform, action, steps: count() })
    .from(operationSteps)
    .where(and(eq(operationSteps.operationId, operationId), isToDo))
    .groupBy(connectionId, platform, action);
}

/** The groups in which an operation has something chosen to do, each once; those to be created have no key yet. */
export async function listGroupsToDo(db: Reader, operationId: OperationId): Promise<GroupKey[]> {
  const rows = await db
    .selectDistinct({ groupKey: operationSteps.groupKey })
    .from(operationSteps)
    .where(and(eq(operationSteps.operationId, operationId), isToDo));
  return rows.flatMap(({ groupKey }) => groupKey ?? []);
}

/** True when the operation did something of these kinds. */
export async function hasDone(
  db: Reader,
  operationId: OperationId,
  actions: readonly StepAction[],
): Promise<boolean> {
  const [row] = await db
    .select({ ordinal: operationSteps.ordinal })
    .from(operationSteps)
    .where(
      and(
        eq(operationSteps.operationId, operationId),
        eq(operationSteps.state, "done"),
        inArray(operationSteps.action, [...actions]),
      ),
    )
    .limit(1);
  return row !== undefined;
}

const isToDo = and(
  inArray(operationSteps.state, ["planned", "acting"]),
  or(eq(operationSteps.isChosen, true), isNotNull(operationSteps.intentAtMs)),
);

/** As a condition. `skipped` are also those left out of a plan, which the others' filter of `planned` goes on showing. */
export function filteredSteps({ operationId, states, search }: StepFilter): SQL | undefined {
  const pattern = `%${search.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const hasText = (column: typeof operationSteps.groupName | typeof operationSteps.personName) =>
    sql`${like(column, pattern)} ESCAPE '\\'`;
  const leftOut = and(eq(operationSteps.state, "planned"), eq(operationSteps.isChosen, false));
  return and(
    eq(operationSteps.operationId, operationId),
    states.length === 0
      ? undefined
      : or(inArray(operationSteps.state, [...states]), states.includes("skipped") ? leftOut : undefined),
    search.trim() === ""
      ? undefined
      : or(
          hasText(operationSteps.groupName),
          hasText(operationSteps.personName),
          sql`${like(operationSteps.after, pattern)} ESCAPE '\\'`,
        ),
  );
}
