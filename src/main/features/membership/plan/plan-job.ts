import { setImmediate as nextTurn } from "node:timers/promises";
import type { JobKind, JobRun } from "#main/jobs/job-kind.ts";
import { deleteJobItems } from "#main/store/queries/job-items.ts";
import { deleteSteps } from "#main/store/queries/all-steps.ts";
import { countSteps, insertSteps } from "#main/store/queries/operation-steps.ts";
import {
  findOperation,
  findRequest,
  type OperationRow,
  updateOperationIn,
} from "#main/store/queries/operations.ts";
import type { Writer } from "#main/store/store.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { OperationDetail, OperationId } from "#shared/domain/operation.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import type { DraftStep } from "../policy/draft-step.ts";
import { readMembershipSettings } from "../operations/membership-settings.ts";
import { draftPlan } from "./draft-plan.ts";
import { createJobPace, createWaitBoard } from "./job-pace.ts";
import type { LiveQuestion, LiveReading } from "./live-reading.ts";
import { readPastSteps } from "./past-operation.ts";
import { costSteps } from "./plan-cost.ts";
import { PlanPayload } from "./plan-payload.ts";
import { decideScope } from "./plan-scope.ts";
import { joinWorld } from "./plan-world.ts";
import { readLive } from "./read-live.ts";
import { readStoredWorld } from "./stored-world.ts";

/** Steps written in one transaction, and so many of them in one statement: longer ones would hold the main thread. */
const STEPS_A_WRITE = 240;
const STEPS_A_STATEMENT = 30;

/** A plan is short work; one that fails so often has met something that does not pass. */
const MAX_ATTEMPTS = 5;

/** So many plans at the same time: they share the sessions, and their limits. */
const AT_ONCE = 4;

/** What follows a plan that is ready, in the transaction that ends its job. */
export type OnPlanned = (writer: Writer, operation: OperationRow) => Promise<void>;

/**
 * The job that plans an operation: reads how things are, drafts the steps, and keeps them. It changes nothing outside, so
 * it can be cut off anywhere, and then begins anew. Connections that cannot be asked are named as problems, and their
 * steps rest on stored results.
 */
export function createPlanJob(deps: MembershipDeps, onPlanned: OnPlanned): JobKind<PlanPayload> {
  return {
    kind: "membership.plan",
    payload: PlanPayload,
    maxAttempts: MAX_ATTEMPTS,
    atOnce: AT_ONCE,

    async run(job) {
      const operation = await findOperation(deps.store.read, job.payload.operationId);
      if (operation?.state === "planning") await plan(deps, job, operation);
      return { end: "done" };
    },

    async onEnd(end, { payload }, writer) {
      if (end.end === "failed") await keepFailure(deps, writer, payload.operationId, end.failure);
      const row = end.end === "done" ? await findOperation(writer, payload.operationId) : null;
      if (row?.state === "planned") await onPlanned(writer, row);
    },
  };
}

async function plan(deps: MembershipDeps, job: JobRun<PlanPayload>, operation: OperationRow): Promise<void> {
  const { store, clock } = deps;
  const { id } = operation;
  const request = await findRequest(store.read, id);
  // It was discarded meanwhile.
  if (request === null) return;
  await job.save(async (writer) => {
    await deleteJobItems(writer, job.jobId);
    await deleteSteps(writer, id);
  });
  const earlier = request.kind === "undo" || request.kind === "rest" ? request.operationId : null;
  const { team } = await deps.team.get();
  const stored = await readStoredWorld(store.read, deps.coverage);
  const known = {
    connections: await deps.connections.listAuditable(),
    team,
    stored,
    past: earlier === null ? [] : await readPastSteps(store.read, earlier),
  };
  const scope = await decideScope(request, known);
  const readings = await readAll(deps, job, scope.questions);
  const drafted = await draftPlan(request, {
    scope,
    world: joinWorld({ connections: scope.connections, readings, stored }),
    team,
    suggestName: await deps.coverage.compileNameSuggestion(),
    signal: job.signal,
  });
  if (!drafted.ok) {
    await job.save((writer) => keepFailure(deps, writer, id, drafted.error));
    return;
  }
  await keepSteps(job, id, drafted.value);
  const { budgets } = await readMembershipSettings(store.read);
  const toDo = drafted.value.filter(({ state }) => state === "planned");
  const nowMs = clock.nowMs();
  const costs = await costSteps(store.read, toDo, { connections: scope.connections, budgets, nowMs });
  await job.save(async (writer) => {
    const problems = problemsOf(readings);
    const change = { state: "planned", plannedAtMs: nowMs, costs, problems } as const;
    if (!(await updateOperationIn(writer, id, ["planning"], change))) return;
    await deps.activity.record(writer, {
      actor: "job-runner",
      action: "operation.planned",
      target: id,
      why: operation.title,
      outcome: "done",
      details: {
        kind: operation.kind,
        ...(await countSteps(writer, { id, confirmedAtMs: null })),
        problems: problems.map(({ label, failure }) => `${label}: ${failure.code}`),
      },
    });
    announce(deps);
  });
}

/** Every connection by itself: one that fails, or waits, does not hold up the others. */
async function readAll(
  deps: MembershipDeps,
  job: JobRun<PlanPayload>,
  questions: readonly LiveQuestion[],
): Promise<LiveReading[]> {
  const board = createWaitBoard(job);
  const phases = namePhases(questions);
  const settled = await Promise.allSettled(
    questions.map(async (question, at) => {
      const { id } = question.connection;
      const onWait = board.open(id);
      try {
        const pace = createJobPace(job, phases[at] ?? id);
        return await readLive(deps.connections, question, pace, onWait);
      } finally {
        board.close(id);
      }
    }),
  );
  return settled.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason as Error;
    return outcome.value;
  });
}

/** What each connection's reading is shown as; no two are the same. */
function namePhases(questions: readonly LiveQuestion[]): string[] {
  const names: string[] = [];
  for (const { connection } of questions) {
    const plain = `Reading ${connection.label}`;
    const longer = `${plain} as ${connection.userName}`;
    names.push([plain, longer].find((name) => !names.includes(name)) ?? `${longer} (${connection.id})`);
  }
  return names;
}

async function keepSteps(
  job: JobRun<PlanPayload>,
  operationId: OperationId,
  steps: readonly DraftStep[],
): Promise<void> {
  for (let at = 0; at < steps.length; at += STEPS_A_WRITE) {
    job.signal.throwIfAborted();
    await job.save(async (writer) => {
      const end = Math.min(at + STEPS_A_WRITE, steps.length);
      for (let from = at; from < end; from += STEPS_A_STATEMENT) {
        if (from > at) await nextTurn();
        await insertSteps(
          writer,
          operationId,
          from,
          steps.slice(from, Math.min(from + STEPS_A_STATEMENT, end)),
        );
      }
    });
    await nextTurn();
  }
}

/** The operation cannot be planned, and says why. */
async function keepFailure(
  deps: MembershipDeps,
  writer: Writer,
  operationId: OperationId,
  failure: Failure,
): Promise<void> {
  const change = { state: "failed", failure, finishedAtMs: deps.clock.nowMs() } as const;
  if (!(await updateOperationIn(writer, operationId, ["planning"], change))) return;
  const operation = await findOperation(writer, operationId);
  await deps.activity.record(writer, {
    actor: "job-runner",
    action: "operation.planned",
    target: operationId,
    why: failure.message,
    outcome: "failed",
    details: { kind: operation?.kind ?? null, code: failure.code },
  });
  announce(deps);
}

function problemsOf(readings: readonly LiveReading[]): OperationDetail["problems"] {
  return readings.flatMap(({ connection, problem }) =>
    problem === null ? [] : [{ connectionId: connection.id, label: connection.label, failure: problem }],
  );
}

/** Inside a write: tells the screens once it has committed. */
function announce({ store, announce: tell }: MembershipDeps): void {
  store.afterCommit(() => {
    tell("operations");
    tell("activity");
  });
}
