import type { JobRunner } from "#main/jobs/job-runner.ts";
import { findLastPause, listEventful } from "#main/store/queries/operation-events.ts";
import { countSteps } from "#main/store/queries/operation-steps.ts";
import { findOperation, type OperationRow } from "#main/store/queries/operations.ts";
import type { Reader } from "#main/store/store.ts";
import {
  type OperationEventId,
  operationEventIdOf,
  type OperationNews,
  operationOfEvent,
} from "#shared/domain/operation-news.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { jobIdOf } from "./describe-operation.ts";

/** What of operations somebody may want to be told. */
export interface OperationEventsDoor {
  /** What ended since then, and what needs the operator now; oldest first. Reads no steps, so it can be asked often. */
  listOperationEvents(sinceMs: EpochMs): Promise<OperationEventId[]>;
  /** Null when the operation has gone on since, or was removed. */
  findOperationNews(id: OperationEventId): Promise<OperationNews | null>;
}

export function createOperationEvents({
  read,
  jobs,
}: {
  readonly read: Reader;
  readonly jobs: Pick<JobRunner, "find">;
}): OperationEventsDoor {
  return {
    async listOperationEvents(sinceMs) {
      const events: OperationEventId[] = [];
      for (const row of (await listEventful(read, sinceMs)).toReversed()) {
        const atMs = await eventTime(read, row);
        if (atMs !== null && atMs >= sinceMs) events.push(operationEventIdOf(row.id, atMs));
      }
      return events;
    },

    async findOperationNews(id) {
      const operationId = operationOfEvent(id);
      const row = operationId === null ? null : await findOperation(read, operationId);
      const atMs = row && (await eventTime(read, row));
      if (row === null || atMs === null || operationEventIdOf(row.id, atMs) !== id) return null;
      const { kind, title, failure, state } = row;
      if (!isEventful(state)) return null;
      const job = await jobs.find(jobIdOf(row));
      // The job was woken, and the operation's row follows in a moment.
      if (state === "paused" && job?.state !== "paused") return null;
      // What becomes of a schedule's plan is decided where its job ends.
      if (state === "planned" && job?.state !== "done") return null;
      const counts = await countSteps(read, row);
      return { operationId: row.id, atMs, state, kind, title, counts, failure };
    },
  };
}

async function eventTime(read: Reader, row: OperationRow): Promise<EpochMs | null> {
  if (row.state === "planned") return row.plannedAtMs;
  return row.state === "paused" ? findLastPause(read, row.id) : row.finishedAtMs;
}

function isEventful(state: OperationRow["state"]): state is OperationNews["state"] {
  return ["done", "partial", "failed", "paused", "planned"].includes(state);
}
