import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { JobKind } from "#main/jobs/job-kind.ts";
import { findOperation, insertOperation, type OperationRow } from "#main/store/queries/operations.ts";
import type { Writer } from "#main/store/store.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { Platform } from "#shared/domain/ids.ts";
import { OperationId, type OperationKind, type OperationRequest } from "#shared/domain/operation.ts";
import type { RecurrenceId } from "#shared/domain/recurrence.ts";
import { hasEnded } from "#shared/domain/operation-phase.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import { titleOf } from "../policy/operation-title.ts";
import { type PastStep, type Sequel, sequelOf } from "../policy/past-steps.ts";
import { readPastSteps } from "./past-operation.ts";
import type { PlanPayload } from "./plan-payload.ts";
import { checkPattern } from "./replace-in-worker.ts";
import { readTitleFacts } from "./title-facts.ts";

/** The planning part of the door. */
export interface PlanningDoor {
  /**
   * Begins to plan, and answers at once. `input/not-found` for an operation or a connection that is not there,
   * `membership/nothing-to-do` for one of which nothing is left to undo or to do, `membership/bad-pattern`.
   * With `recurrenceId` it is a schedule that asks. `alongside` writes what belongs to it in the same transaction.
   */
  plan(
    request: OperationRequest,
    by?: { readonly recurrenceId: RecurrenceId },
    alongside?: (writer: Writer, operationId: OperationId) => Promise<void>,
  ): Promise<Result<{ operationId: OperationId }, Failure>>;
}

/** What a request that follows from an earlier operation is about. */
interface Earlier {
  readonly operation: OperationRow;
  readonly sequel: Sequel;
  readonly past: readonly PastStep[];
}

export function createPlanning(deps: MembershipDeps, planJob: JobKind<PlanPayload>): PlanningDoor {
  const { store, clock, jobs, activity } = deps;

  async function findEarlier(request: OperationRequest): Promise<Result<Earlier | null, Failure>> {
    if (request.kind !== "undo" && request.kind !== "rest") return ok(null);
    const { operationId } = request;
    const operation = await findOperation(store.read, operationId);
    if (operation === null) return err(failure("input/not-found", { operationId }));
    const past = await readPastSteps(store.read, operationId);
    await nextTurn();
    const sequel = sequelOf(request.kind, past);
    const isEmpty = Object.values(sequel).every((part: readonly unknown[]) => part.length === 0);
    if (isEmpty || !hasEnded(operation.state))
      return err(failure("membership/nothing-to-do", { operationId }));
    return ok({ operation, sequel, past });
  }

  /** Operations on the sandbox's groups are marked, like its runs. */
  async function isOfSandbox(request: OperationRequest, earlier: Earlier | null): Promise<boolean> {
    if (earlier !== null) return earlier.operation.isSandbox;
    const platforms = platformsOf(request);
    const ids = connectionsOf(request);
    const connections = await deps.connections.listAuditable();
    return connections.some(
      ({ id, platform, isSandbox }) =>
        isSandbox && platforms.includes(platform) && (ids === null || ids.includes(id)),
    );
  }

  return {
    async plan(request, by, alongside) {
      const problem = await findProblem(deps, request);
      if (problem !== null) return err(problem);
      const earlier = await findEarlier(request);
      if (!earlier.ok) return earlier;
      const operationId = OperationId.parse(`operation-${randomUUID()}`);
      const earlierTitle = earlier.value?.operation.title ?? null;
      const title = titleOf(request, await readTitleFacts(deps.team, earlierTitle));
      const isSandbox = await isOfSandbox(request, earlier.value);
      const kind = kindOf(request, earlier.value);
      // Writing down sixty thousand pairs takes a while by itself.
      await nextTurn();
      await store.write(async (writer) => {
        const planJobId = await jobs.enqueue(writer, { kind: planJob, title, payload: { operationId } });
        await insertOperation(writer, {
          id: operationId,
          kind,
          title,
          request,
          undoes: request.kind === "undo" ? request.operationId : null,
          isSandbox,
          planJobId,
          recurrenceId: by?.recurrenceId ?? null,
          createdAtMs: clock.nowMs(),
          createdBy: by === undefined ? deps.operator : "schedule",
        });
        await activity.record(writer, {
          ...(by === undefined ? {} : { actor: "schedule" }),
          action: "operation.requested",
          target: operationId,
          why: title,
          outcome: "done",
          details: { kind, request: request.kind, ...by },
        });
        await alongside?.(writer, operationId);
        store.afterCommit(() => {
          deps.announce("operations");
          deps.announce("activity");
        });
      });
      return ok({ operationId });
    },
  };
}

async function findProblem(deps: MembershipDeps, request: OperationRequest): Promise<Failure | null> {
  if (request.kind === "rename" && request.rule.by === "pattern" && request.rule.isRegularExpression)
    return checkPattern(request.rule.find);
  if (request.kind !== "create") return null;
  const { connectionId } = request.template;
  const connections = await deps.connections.listAuditable();
  const isThere = connections.some(({ id }) => id === connectionId);
  return isThere ? null : failure("input/not-found", { connectionId });
}

/** What taking back, or going on with, an operation is itself. */
function kindOf(request: OperationRequest, earlier: Earlier | null): OperationKind {
  if (request.kind !== "undo" && request.kind !== "rest") return request.kind;
  const { operation, sequel } = earlier ?? {};
  if (operation === undefined || sequel === undefined || request.kind === "rest")
    return operation?.kind ?? "message";
  // The strictest of what it does: removals are confirmed by typing.
  if (sequel.remove.length > 0) return "remove";
  if (sequel.add.length > 0) return "add";
  return sequel.names.length > 0 ? "rename" : operation.kind;
}

function platformsOf(request: OperationRequest): readonly Platform[] {
  switch (request.kind) {
    case "add":
    case "remove":
    case "rename":
      return request.platforms;
    case "history":
      return ["telegram"];
    default:
      return ["slack", "telegram"];
  }
}

/** Null where any connection may take part. */
function connectionsOf(request: OperationRequest): readonly string[] | null {
  switch (request.kind) {
    case "create":
      return [request.template.connectionId];
    case "message":
      return request.messages.map(({ connectionId }) => connectionId);
    default:
      return null;
  }
}
