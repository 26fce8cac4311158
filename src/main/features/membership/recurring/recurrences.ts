import { randomUUID } from "node:crypto";
import { isCronRule, isLate, type JobKind, type Schedule } from "#main/jobs/index.ts";
import { findOperation, findRequest } from "#main/store/queries/operations.ts";
import {
  deleteRecurrence,
  findRecurrence,
  findRecurrenceNamed,
  listRecurrences,
  type RecurrenceRow,
  saveRecurrence,
} from "#main/store/queries/recurrences.ts";
import {
  findRecurrenceTurn,
  listRecurrenceTurns,
  type RecurrenceTurnRow,
} from "#main/store/queries/schedule-turns.ts";
import { type Failure, failure, FailureError } from "#shared/domain/failure.ts";
import type { JobId } from "#shared/domain/ids.ts";
import type { OperationId, OperationRequest } from "#shared/domain/operation.ts";
import {
  mayRepeat,
  mayRunUnseen,
  type Recurrence,
  type RecurrenceDraft,
  RecurrenceId,
  type RecurrenceTurn,
  type RepeatableRequest,
} from "#shared/domain/recurrence.ts";
import { hasEnded } from "#shared/domain/operation-phase.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { EngineDeps, MembershipDeps } from "../membership-deps.ts";
import { currentState, jobIdOf } from "../operations/describe-operation.ts";
import { readTitleFacts } from "../plan/title-facts.ts";
import { lastingNameOf } from "../policy/operation-title.ts";
import type { TurnPayload } from "./turn-job.ts";

/** Operations that are planned again and again. */
export interface RecurrencesDoor {
  /** By name. */
  listRecurrences(): Promise<Recurrence[]>;
  /**
   * `input/not-found` for an id that is none, `input/schedule-invalid` for a rule that is none or a time zone that this
   * system does not know, `input/name-taken`, `membership/not-recurring`.
   */
  saveRecurrence(
    input: RecurrenceDraft & { readonly id: RecurrenceId | null },
  ): Promise<Result<Recurrence, Failure>>;
  /** What an operation was planned from, and what to call repeating it. `input/not-found`. */
  requestOf(input: { operationId: OperationId }): Promise<Result<RepeatableRequest, Failure>>;
  removeRecurrence(input: { id: RecurrenceId }): Promise<Result<void, Failure>>;
  runRecurrence(input: { id: RecurrenceId }): Promise<Result<void, Failure>>;
  /**
   * Takes the turn of every recurrence that is due, or of one whether it is due or not, and answers once each has an
   * operation that is planned, or none and the reason. The job runner has to be started, without its clock.
   */
  takeRecurrenceTurns(which: RecurrenceId | "due"): Promise<TakenRecurrenceTurn[]>;
}

/** A turn that was taken at once, of the recurrence it belongs to. */
export interface TakenRecurrenceTurn extends RecurrenceTurn {
  readonly recurrenceId: RecurrenceId;
}

const TURNS_SHOWN = 20;

/** A recurrence's name is at most 200 characters; a number may have to follow. */
const NAME_AT_MOST = 190;

export function createRecurrences(
  deps: Pick<MembershipDeps, keyof EngineDeps | "team">,
  turnJob: JobKind<TurnPayload>,
): RecurrencesDoor {
  const { store, clock, jobs, activity } = deps;

  async function describe(row: RecurrenceRow, schedules: readonly Schedule[]): Promise<Recurrence> {
    const schedule = schedules.find(({ id }) => id === row.id);
    const { cron = "", timeZone = "", enabled = false, nextAtMs = null } = schedule ?? {};
    const turns: RecurrenceTurn[] = [];
    for (const turn of await listRecurrenceTurns(store.read, row.id, TURNS_SHOWN))
      turns.push(await describeTurn(turn));
    const { id, name, request, isConfirmed } = row;
    return {
      id,
      name,
      request,
      isConfirmed,
      cron,
      timeZone,
      enabled,
      nextAtMs: enabled ? nextAtMs : null,
      turns,
    };
  }

  async function describeTurn(row: RecurrenceTurnRow): Promise<RecurrenceTurn> {
    const { dueAtMs, atMs, missed, outcome, operationId } = row;
    const operation = operationId === null ? null : await findOperation(store.read, operationId);
    const job = operation === null || hasEnded(operation.state) ? null : await jobs.find(jobIdOf(operation));
    return {
      dueAtMs,
      atMs,
      missed,
      isLate: isLate(row),
      outcome,
      operationId,
      operationState: operation && currentState(operation, job),
      failure: row.failure ?? operation?.failure ?? null,
    };
  }

  async function findProblem(
    given: RecurrenceDraft & { readonly id: RecurrenceId | null },
  ): Promise<Failure | null> {
    const { id, name, cron, timeZone, request, isConfirmed } = given;
    if (!isCronRule({ cron, timeZone })) return failure("input/schedule-invalid", { cron, timeZone });
    if (!mayRepeat(request) || (isConfirmed && !mayRunUnseen(request)))
      return failure("membership/not-recurring", { kind: request.kind });
    if (id !== null && (await findRecurrence(store.read, id)) === null)
      return failure("input/not-found", { id });
    const named = await findRecurrenceNamed(store.read, name);
    return named === null || named.id === id ? null : failure("input/name-taken", { name });
  }

  /** No other recurrence has it. */
  async function freeNameFor(request: OperationRequest): Promise<string> {
    const name = lastingNameOf(request, await readTitleFacts(deps.team, null)).slice(0, NAME_AT_MOST);
    const taken = new Set((await listRecurrences(store.read)).map((row) => row.name));
    for (let turn = 1; ; turn++) {
      const free = turn === 1 ? name : `${name} (${turn})`;
      if (!taken.has(free)) return free;
    }
  }

  async function startTurn(id: RecurrenceId): Promise<JobId | null> {
    return store.write(async (writer) => {
      const row = await findRecurrence(writer, id);
      if (row === null) return null;
      return jobs.enqueue(writer, {
        kind: turnJob,
        title: titleOf(row.name),
        payload: { recurrenceId: row.id },
      });
    });
  }

  async function dueJobs(which: RecurrenceId | "due"): Promise<JobId[]> {
    const started: JobId[] = [];
    const ids = which === "due" ? (await listRecurrences(store.read)).map(({ id }) => id) : [which];
    for (const id of ids) started.push(...(await jobs.schedules.startDue(id)));
    if (which === "due" || started.length > 0) return started;
    const jobId = await startTurn(which);
    if (jobId === null) throw new FailureError(failure("input/not-found", { id: which }));
    return [jobId];
  }

  return {
    async listRecurrences() {
      const schedules = await jobs.schedules.list();
      const found: Recurrence[] = [];
      for (const row of await listRecurrences(store.read)) found.push(await describe(row, schedules));
      return found;
    },

    async saveRecurrence(given) {
      const cron = given.cron.split(/\s+/).join(" ");
      const problem = await findProblem({ ...given, cron });
      if (problem !== null) return err(problem);
      const { name, request, isConfirmed, timeZone, enabled } = given;
      const id = given.id ?? RecurrenceId.parse(`recurrence-${randomUUID()}`);
      const row = { id, name, request, isConfirmed, createdAtMs: clock.nowMs() };
      await store.write(async (writer) => {
        await saveRecurrence(writer, row);
        await jobs.schedules.put(writer, {
          id,
          kind: turnJob,
          title: titleOf(name),
          payload: { recurrenceId: id },
          cron,
          timeZone,
          enabled,
        });
        await activity.record(writer, {
          action: given.id === null ? "recurrence.added" : "recurrence.changed",
          target: id,
          why: name,
          outcome: "done",
          details: { kind: request.kind, isConfirmed, cron, timeZone, enabled },
        });
        store.afterCommit(() => deps.announce("schedules"));
      });
      return ok(await describe(row, await jobs.schedules.list()));
    },

    async requestOf({ operationId }) {
      const request = await findRequest(store.read, operationId);
      return request === null
        ? err(failure("input/not-found", { operationId }))
        : ok({ request, name: await freeNameFor(request) });
    },

    async removeRecurrence({ id }) {
      const isGone = await store.write(async (writer) => {
        const row = await findRecurrence(writer, id);
        if (row === null) return false;
        await deleteRecurrence(writer, id);
        await jobs.schedules.remove(writer, id);
        await activity.record(writer, {
          action: "recurrence.removed",
          target: id,
          why: row.name,
          outcome: "done",
          details: { kind: row.request.kind },
        });
        store.afterCommit(() => deps.announce("schedules"));
        return true;
      });
      return isGone ? ok(undefined) : err(failure("input/not-found", { id }));
    },

    async runRecurrence({ id }) {
      return (await startTurn(id)) === null ? err(failure("input/not-found", { id })) : ok(undefined);
    },

    async takeRecurrenceTurns(which) {
      const turns: TakenRecurrenceTurn[] = [];
      for (const jobId of await dueJobs(which)) {
        const { failure: why } = await jobs.settled(jobId);
        const row = await findRecurrenceTurn(store.read, jobId);
        if (row === null) throw new FailureError(why ?? failure("job/cancelled"));
        const operation =
          row.outcome === "started" && row.operationId !== null
            ? await findOperation(store.read, row.operationId)
            : null;
        if (operation !== null) await jobs.settled(operation.planJobId);
        turns.push({ recurrenceId: row.recurrenceId, ...(await describeTurn(row)) });
      }
      return turns;
    },
  };
}

/** Of the jobs that take its turns. */
function titleOf(name: string): string {
  return `Scheduled: ${name}`;
}
