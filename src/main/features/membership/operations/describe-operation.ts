import { setImmediate as nextTurn } from "node:timers/promises";
import type { JobRunner } from "#main/jobs/job-runner.ts";
import { countSteps, hasDone, listGroupsToDo } from "#main/store/queries/operation-steps.ts";
import { findUndoes, listOthersIn, type OperationRow } from "#main/store/queries/operations.ts";
import type { Reader } from "#main/store/store.ts";
import type { Job } from "#shared/domain/job.ts";
import type {
  MembershipSettings,
  Operation,
  OperationDetail,
  OperationId,
  OperationState,
} from "#shared/domain/operation.ts";
import { hasEnded } from "#shared/domain/operation-phase.ts";
import { needsApproval, typedConfirmationOf } from "../policy/confirmation.ts";
import { describeLogs } from "../report/report-record.ts";
import { readMembershipSettings } from "./membership-settings.ts";
import { UNDOABLE, UNFINISHED } from "./operation-states.ts";

export interface OperationSources {
  readonly read: Reader;
  readonly jobs: Pick<JobRunner, "find">;
}

export interface OperationDetailSources extends OperationSources {
  /** Where the files about operations lie. */
  readonly operationsFolder: string;
}

/** The job that an operation's state now depends on: the run once there is one, else the plan. */
export function jobIdOf({ runJobId, planJobId }: OperationRow) {
  return runJobId ?? planJobId;
}

/** An operation's state as it is now: a running one whose job waits is `waiting`. */
export function currentState(row: OperationRow, job: Job | null): OperationState {
  return row.state === "running" && job?.state === "waiting" ? "waiting" : row.state;
}

/** Rows as the contract shows them, in their order. */
export async function describeOperations(
  { read, jobs }: OperationSources,
  rows: readonly OperationRow[],
): Promise<Operation[]> {
  const undoes = await findUndoes(
    read,
    rows.map(({ id }) => id),
  );
  const described: Operation[] = [];
  for (const row of rows) {
    // Counting sixty thousand steps takes some 15 ms.
    await nextTurn();
    const job = hasEnded(row.state) ? null : await jobs.find(jobIdOf(row));
    described.push({
      id: row.id,
      kind: row.kind,
      title: row.title,
      state: currentState(row, job),
      undoes: row.undoes,
      undoneBy: undoes.get(row.id) ?? null,
      isSandbox: row.isSandbox,
      createdAtMs: row.createdAtMs,
      createdBy: row.createdBy,
      plannedAtMs: row.plannedAtMs,
      confirmedAtMs: row.confirmedAtMs,
      approvedBy: row.approvedBy,
      finishedAtMs: row.finishedAtMs,
      counts: await countSteps(read, row),
      costs: row.costs,
      failure: row.failure,
    });
  }
  return described;
}

/** One operation with what its screen needs; null when there is none. */
export async function describeOperation(
  sources: OperationDetailSources,
  row: OperationRow,
): Promise<OperationDetail | null> {
  const [operation] = await describeOperations(sources, [row]);
  if (!operation) return null;
  const settings = await readMembershipSettings(sources.read);
  return {
    ...operation,
    ...confirmationOf(operation, settings),
    canUndo: hasEnded(operation.state) && (await hasDone(sources.read, row.id, UNDOABLE)),
    overlaps: hasEnded(operation.state) ? [] : await overlapsOf(sources.read, row.id),
    problems: row.problems,
    logs: await describeLogs(sources, row.id),
  };
}

function confirmationOf(
  { kind, state, counts }: Operation,
  settings: MembershipSettings,
): Pick<OperationDetail, "typedConfirmation" | "needsApproval"> {
  if (state === "awaiting-approval") return { typedConfirmation: null, needsApproval: true };
  if (state !== "planned") return { typedConfirmation: null, needsApproval: false };
  return {
    typedConfirmation: typedConfirmationOf(kind, counts.planned),
    needsApproval: needsApproval(counts.planned, settings),
  };
}

async function overlapsOf(read: Reader, id: OperationId): Promise<OperationDetail["overlaps"]> {
  const others = await listOthersIn(read, id, UNFINISHED);
  if (others.length === 0) return [];
  await nextTurn();
  const own = new Set(await listGroupsToDo(read, id));
  const overlaps: OperationDetail["overlaps"] = [];
  for (const other of own.size === 0 ? [] : others) {
    await nextTurn();
    const shared = (await listGroupsToDo(read, other.id)).filter((groupKey) => own.has(groupKey));
    if (shared.length > 0) overlaps.push({ ...other, groups: shared.length });
  }
  return overlaps;
}
