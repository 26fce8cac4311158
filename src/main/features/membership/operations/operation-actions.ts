import type { JobKind } from "#main/jobs/job-kind.ts";
import { endUnfinished, setChosen } from "#main/store/queries/all-steps.ts";
import {
  deleteOperationIn,
  findOperation,
  type OperationRow,
  updateOperation,
  updateOperationIn,
} from "#main/store/queries/operations.ts";
import type { Writer } from "#main/store/store.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { OperationDetail, OperationId } from "#shared/domain/operation.ts";
import { hasEnded } from "#shared/domain/operation-phase.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { EngineDeps } from "../membership-deps.ts";
import type { RunPayload } from "../run/run-payload.ts";
import { confirmIn } from "./confirm-operation.ts";
import { describeOperation, jobIdOf } from "./describe-operation.ts";

/** What can be done with operations that are planned. */
export interface OperationActions {
  choose(input: {
    operationId: OperationId;
    ordinals: number[] | null;
    search: string;
    isChosen: boolean;
  }): Promise<Result<OperationDetail, Failure>>;
  confirm(input: {
    operationId: OperationId;
    typed: string | null;
  }): Promise<Result<OperationDetail, Failure>>;
  cancel(input: { operationId: OperationId }): Promise<Result<void, Failure>>;
  resume(input: { operationId: OperationId }): Promise<Result<void, Failure>>;
  discard(input: { operationId: OperationId }): Promise<Result<void, Failure>>;
}

export function createOperationActions(deps: EngineDeps, runJob: JobKind<RunPayload>): OperationActions {
  const { store, clock, jobs, activity, operationsFolder } = deps;

  async function detailOf(operationId: OperationId): Promise<Result<OperationDetail, Failure>> {
    const row = await findOperation(store.read, operationId);
    const detail = row && (await describeOperation({ read: store.read, jobs, operationsFolder }, row));
    return detail ? ok(detail) : notFound(operationId);
  }

  /** Does something with an operation that waits to be confirmed, as one transaction, and answers how it is then. */
  async function withPlanned(
    operationId: OperationId,
    action: (writer: Writer, row: OperationRow) => Promise<Failure | null>,
  ): Promise<Result<OperationDetail, Failure>> {
    const refused = await store.write(async (writer) => {
      const row = await findOperation(writer, operationId);
      if (row === null) return failure("input/not-found", { operationId });
      if (row.state !== "planned")
        return failure("membership/not-planned", { operationId, state: row.state });
      const problem = await action(writer, row);
      if (problem === null) announceOperations();
      return problem;
    });
    return refused === null ? detailOf(operationId) : err(refused);
  }

  async function cancel({ operationId }: { operationId: OperationId }): Promise<Result<void, Failure>> {
    for (;;) {
      const row = await findOperation(store.read, operationId);
      if (row === null) return notFound(operationId);
      if (hasEnded(row.state)) return ok(undefined);
      if (row.runJobId !== null) {
        await jobs.cancel(row.runJobId);
        return ok(undefined);
      }
      if (row.state === "planning") await jobs.cancel(row.planJobId);
      if (await cancelAtRest(row)) return ok(undefined);
    }
  }

  /** False when it was confirmed or planned meanwhile. */
  async function cancelAtRest({ id, title, kind }: OperationRow): Promise<boolean> {
    return store.write(async (writer) => {
      const row = await findOperation(writer, id);
      if (row === null || hasEnded(row.state)) return true;
      if (row.runJobId !== null) return false;
      await endUnfinished(writer, id, "planned", { state: "skipped" });
      await updateOperation(writer, id, { state: "cancelled", finishedAtMs: clock.nowMs() });
      await activity.record(writer, {
        action: "operation.cancelled",
        target: id,
        why: title,
        outcome: "done",
        details: { kind, wasRun: false },
      });
      announceOperations();
      return true;
    });
  }

  async function resume({ operationId }: { operationId: OperationId }): Promise<Result<void, Failure>> {
    const row = await findOperation(store.read, operationId);
    if (row === null) return notFound(operationId);
    const jobId = jobIdOf(row);
    const job = ["paused", "failed"].includes(row.state) ? await jobs.find(jobId) : null;
    // `queued` is what a connection that works again has woken, where nobody has begun with it yet.
    if (job === null || !["paused", "dead", "queued"].includes(job.state))
      return err(failure("job/not-resumable", { operationId }));
    await store.write(async (writer) => {
      const state = row.runJobId === null ? "planning" : "running";
      await updateOperationIn(writer, operationId, ["paused", "failed"], {
        state,
        failure: null,
        finishedAtMs: null,
      });
      await activity.record(writer, {
        action: "operation.resumed",
        target: operationId,
        why: row.title,
        outcome: "done",
        details: { kind: row.kind },
      });
      announceOperations();
    });
    // Afterwards, so that what the job comes to is not written over.
    await jobs.resume(jobId);
    return ok(undefined);
  }

  async function discard({ operationId }: { operationId: OperationId }): Promise<Result<void, Failure>> {
    const before = await findOperation(store.read, operationId);
    if (before?.state === "planning") await jobs.cancel(before.planJobId);
    const refused = await store.write(async (writer) => {
      const row = await findOperation(writer, operationId);
      if (row === null) return failure("input/not-found", { operationId });
      if (row.runJobId !== null) return failure("membership/not-planned", { operationId, state: row.state });
      await deleteOperationIn(writer, operationId, [row.state]);
      await activity.record(writer, {
        action: "operation.discarded",
        target: operationId,
        why: row.title,
        outcome: "done",
        details: { kind: row.kind, state: row.state },
      });
      announceOperations();
      return null;
    });
    return refused === null ? ok(undefined) : err(refused);
  }

  /** Inside a write: tells the screens once it has committed. */
  function announceOperations(): void {
    store.afterCommit(() => deps.announce("operations"));
  }

  return {
    choose: ({ operationId, ordinals, search, isChosen }) =>
      withPlanned(operationId, async (writer) => {
        await setChosen(writer, operationId, { ordinals, search }, isChosen);
        return null;
      }),
    confirm: ({ operationId, typed }) =>
      withPlanned(operationId, (writer, row) => confirmIn(deps, runJob, writer, row, typed)),
    cancel,
    resume,
    discard,
  };
}

export function notFound(operationId: OperationId): Result<never, Failure> {
  return err(failure("input/not-found", { operationId }));
}
