import type { JobEnd, JobKind, JobRun } from "#main/jobs/job-kind.ts";
import {
  findRunRules,
  listRunConnections,
  setRunState,
  updateRunConnection,
  type RunConnectionRow,
} from "#main/store/queries/coverage-runs.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { compileGroupRules } from "../policy/group-rules.ts";
import { accountIdIn } from "../policy/identity-choice.ts";
import { decideOnFailure, isOutOfReach, isSignedOut } from "../policy/read-failure.ts";
import { resolveRequirements } from "../policy/requirements.ts";
import { noticeFirstAnswer } from "../sources/first-answer.ts";
import { openSource } from "../sources/open-source.ts";
import { auditConnection } from "./audit-connection.ts";
import type { CoverageDeps } from "./audit-deps.ts";
import { AuditPayload } from "./audit-payload.ts";
import type { ConnectionAudit } from "./connection-audit.ts";
import { endAudit } from "./end-audit.ts";
import { listGroups } from "./list-groups.ts";
import type { ProgressBoard, RunBoard } from "./progress-board.ts";

/** Beyond this a network that never comes back ends the run; at a growing delay that is days. */
const MAX_ATTEMPTS = 500;

/** One connection that could not be read to its end, and why. */
interface Stop {
  readonly connectionId: ConnectionId;
  readonly failure: Failure;
}

/**
 * The durable audit. Everything it learns is written with the item it belongs to, so it can be cut off anywhere and
 * called again; results are settled from that evidence whenever it ends, however it ends.
 *
 * Connections are independent: one that needs the operator leaves the others to finish, and then pauses the job on
 * itself. A network that does not answer has the whole job tried again later.
 */
export function createAuditJob(deps: CoverageDeps, progress: ProgressBoard): JobKind<AuditPayload> {
  return {
    kind: "coverage.audit",
    payload: AuditPayload,
    maxAttempts: MAX_ATTEMPTS,

    async run(job) {
      const { runId } = job.payload;
      const board = progress.open(runId);
      try {
        await job.save((writer) => setRunState(writer, runId, "running"));
        deps.announce("runs");
        const stops = await auditWorkspaces(deps, job, board);
        return endOf(stops);
      } finally {
        progress.close(runId);
        job.showWait(null);
      }
    },

    async onEnd(end, job, writer) {
      await endAudit(deps, end, job, writer);
    },
  };
}

/** Workspaces side by side; the connections to one workspace share its groups and are listed one after the other. */
async function auditWorkspaces(
  deps: CoverageDeps,
  job: JobRun<AuditPayload>,
  board: RunBoard,
): Promise<Stop[]> {
  const parts = await listRunConnections(deps.store.read, job.payload.runId);
  const ordered = parts.toSorted(
    (left, right) =>
      job.payload.connectionIds.indexOf(left.connectionId) -
      job.payload.connectionIds.indexOf(right.connectionId),
  );
  const workspaces = Map.groupBy(
    ordered,
    (part) => `${part.platform}:${part.workspaceId ?? part.connectionId}`,
  );
  const settled = await Promise.allSettled(
    [...workspaces.values()].map((own) => auditWorkspace(deps, job, board, own)),
  );
  return settled.flatMap((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason as Error;
    return outcome.value;
  });
}

async function auditWorkspace(
  deps: CoverageDeps,
  job: JobRun<AuditPayload>,
  board: RunBoard,
  parts: readonly RunConnectionRow[],
): Promise<Stop[]> {
  const { runId, strategy: choice } = job.payload;
  const stops: Stop[] = [];
  const stop = async (connectionId: ConnectionId, failure: Failure): Promise<void> => {
    stops.push({ connectionId, failure });
    await job.save((writer) => updateRunConnection(writer, runId, connectionId, { failure }));
    if (isSignedOut(failure)) await deps.connections.markSignedOut(connectionId, failure);
    if (isOutOfReach(failure)) await deps.connections.markUnreachable(connectionId, failure);
  };
  const listed: ConnectionAudit[] = [];
  const closings: (() => void)[] = [];
  try {
    for (const part of parts) {
      const opened = await openConnection(deps, job, board, part);
      if (!opened.ok) {
        await stop(part.connectionId, opened.failure);
        continue;
      }
      closings.push(opened.close);
      const end = await listGroups(opened.audit);
      if (end.stopped) await stop(part.connectionId, end.stopped);
      else listed.push(opened.audit);
    }
    const known = await listRunConnections(deps.store.read, runId);
    const outcomes = await Promise.allSettled(
      listed.map(async (audit) => {
        const { connectionId } = audit.source;
        const part = known.find((candidate) => candidate.connectionId === connectionId);
        const stopped = await auditConnection(audit, {
          choice,
          strategy: part?.strategy ?? null,
          listedGroups: part?.listedGroups ?? 0,
        });
        if (stopped) await stop(connectionId, stopped);
      }),
    );
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason as Error;
  } finally {
    for (const close of closings) close();
  }
  return stops;
}

type OpenedConnection =
  | { readonly ok: true; readonly audit: ConnectionAudit; readonly close: () => void }
  | { readonly ok: false; readonly failure: Failure };

async function openConnection(
  deps: CoverageDeps,
  job: JobRun<AuditPayload>,
  board: RunBoard,
  part: RunConnectionRow,
): Promise<OpenedConnection> {
  const { runId } = job.payload;
  const { connectionId } = part;
  const connection = (await deps.connections.listAuditable()).find(({ id }) => id === connectionId);
  const known = await findRunRules(deps.store.read, runId);
  if (!connection || !known) return { ok: false, failure: removedConnection(connectionId) };
  const opened = await openSource(deps.connections, connection);
  if (!opened.ok) return { ok: false, failure: opened.error };
  // Shown as out of reach until somebody has reached it.
  const source =
    connection.state === "unreachable"
      ? noticeFirstAnswer(opened.value, () => deps.connections.markReady(connectionId))
      : opened.value;
  // What was given up stays given up; only what made the connection stop is tried anew.
  if (part.failure !== null && ["sign-in", "wait"].includes(decideOnFailure(part.failure, 1)))
    await job.save((writer) => updateRunConnection(writer, runId, connectionId, { failure: null }));

  // A session may have been used before; what it did then is not this run's.
  const before = source.usage();
  const usage = () => {
    const now = source.usage();
    return {
      calls: part.calls + now.calls - before.calls,
      waitedMs: part.waitedMs + now.waitedMs - before.waitedMs,
    };
  };
  board.countCalls(connectionId, () => usage().calls);
  const stopWatching = source.watchWaits((wait) => {
    board.wait(connectionId, wait);
    job.showWait(board.currentWait());
  });
  const audit: ConnectionAudit = {
    runId,
    job,
    source,
    read: deps.store.read,
    clock: deps.clock,
    board,
    rules: compileGroupRules(known.rules),
    wanted: new Map(
      known.rules.categories.map((category) => [category.id, resolveRequirements(category, known.team)]),
    ),
    accountIds: new Map(
      known.team.map((member) => [member.id, accountIdIn(member, part.platform, part.workspaceId)]),
    ),
    usage,
  };
  return { ok: true, audit, close: stopWatching };
}

/** A connection that was removed while its run was paused; adding it again gives it the same id. */
function removedConnection(connectionId: ConnectionId): Failure {
  return failure("keychain/secret-missing", { connectionId });
}

/** Trying again comes before asking the operator: what only waits must not be held up by a sign-in. */
function endOf(stops: readonly Stop[]): JobEnd {
  const waiting = stops.find((stop) => decideOnFailure(stop.failure, 1) === "wait");
  if (waiting) return { end: "failed", failure: waiting.failure };
  const [first] = stops;
  if (first) return { end: "paused", failure: first.failure, pausedOn: first.connectionId };
  return { end: "done" };
}
