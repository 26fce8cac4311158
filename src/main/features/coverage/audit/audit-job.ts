import type { JobEnd, JobKind, JobRun, PhaseEnd } from "#main/jobs/job-kind.ts";
import {
  listRunConnections,
  setRunState,
  updateRunConnection,
  type RunConnectionRow,
} from "#main/store/queries/coverage-runs.ts";
import { isOutOfReach, isSecretDead } from "#shared/domain/connection-failure.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { decideOnFailure, parkedUntilMs } from "../policy/read-failure.ts";
import { telegramScopeOf } from "../policy/telegram-scope.ts";
import type { CoverageDeps } from "./audit-deps.ts";
import { AuditPayload } from "./audit-payload.ts";
import { auditSlack } from "./audit-slack.ts";
import { endAudit, settleMeanwhile } from "./end-audit.ts";
import { listGroups } from "./list-groups.ts";
import { openConnection, type OpenedConnection } from "./open-connection.ts";
import type { ProgressBoard, RunBoard } from "./progress-board.ts";
import { auditTelegram } from "../telegram/audit-telegram.ts";
import { listScope } from "../telegram/list-scope.ts";

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
 * itself. A network that does not answer has the whole job tried again later, and so has a platform that asks for a long
 * pause: then what the others found is settled before the wait.
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
        const end = endOf(await auditWorkspaces(deps, job, board));
        // Hours may pass: what the other connections found is there to be seen meanwhile.
        if (end.end === "failed" && end.notBeforeMs !== undefined)
          await job.save((writer) => settleMeanwhile(deps, runId, writer));
        return end;
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

/**
 * Workspaces side by side; the connections to one workspace share its groups and are listed one after the other. All of
 * Telegram is one workspace.
 */
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
  const workspaces = Map.groupBy(ordered, (part) => `${part.platform}:${part.workspaceId ?? "-"}`);
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
  const { runId } = job.payload;
  const stops: Stop[] = [];
  const stop = async (connectionId: ConnectionId, failure: Failure): Promise<void> => {
    stops.push({ connectionId, failure });
    await job.save((writer) => updateRunConnection(writer, runId, connectionId, { failure }));
    if (isSecretDead(failure)) await deps.connections.markSignedOut(connectionId, failure);
    if (isOutOfReach(failure)) await deps.connections.markUnreachable(connectionId, failure);
    await deps.connections.markLacking(connectionId, failure);
  };
  const listed: { readonly connectionId: ConnectionId; readonly part: ReturnType<typeof partOf> }[] = [];
  const closings: (() => void)[] = [];
  try {
    for (const part of parts) {
      const opened = await openConnection(deps, job, board, part);
      if (!opened.ok) {
        await stop(part.connectionId, opened.error);
        continue;
      }
      closings.push(() => opened.value.close());
      const own = partOf(opened.value, job.payload);
      const end = await own.list();
      if (end.stopped) await stop(part.connectionId, end.stopped);
      else listed.push({ connectionId: part.connectionId, part: own });
    }
    const known = await listRunConnections(deps.store.read, runId);
    const outcomes = await Promise.allSettled(
      listed.map(async ({ connectionId, part }) => {
        const row = known.find((candidate) => candidate.connectionId === connectionId);
        const stopped = await part.gather(row);
        if (stopped) await stop(connectionId, stopped);
      }),
    );
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason as Error;
  } finally {
    for (const close of closings) close();
  }
  return stops;
}

/** Lists the groups of a connection's part, then hands on how to gather the rest. */
function partOf(
  { source, common, rules }: OpenedConnection,
  { strategy: choice, facts }: AuditPayload,
): {
  list(): Promise<PhaseEnd>;
  /** Null when everything was asked, otherwise what stopped it. */
  gather(part: RunConnectionRow | undefined): Promise<Failure | null>;
} {
  const known = (part: RunConnectionRow | undefined) => ({
    choice,
    facts,
    strategy: part?.strategy ?? null,
    listedGroups: part?.listedGroups ?? 0,
  });
  if (source.platform === "slack") {
    const audit = { ...common, source };
    return { list: () => listGroups(audit), gather: (part) => auditSlack(audit, known(part)) };
  }
  const audit = { ...common, source };
  return {
    list: () => listScope(audit, telegramScopeOf(rules)),
    gather: (part) => auditTelegram(audit, known(part)),
  };
}

/**
 * Trying again comes before asking the operator: what only waits must not be held up by a sign-in. A network may be
 * back any moment, a pause that the platform asked for ends at its own time. Nor is a sign-in held up by either: it has
 * the run tried at once, and so has one on a connection that is parked, for the pause was asked of its old session.
 */
function endOf(stops: readonly Stop[]): JobEnd {
  const pausedOn = stops
    .filter(({ failure }) => ["sign-in", "park"].includes(decideOnFailure(failure, 1)))
    .map(({ connectionId }) => connectionId);
  const waiting = stops.find((stop) => decideOnFailure(stop.failure, 1) === "wait");
  if (waiting) return { end: "failed", failure: waiting.failure, pausedOn };
  const [parked] = stops
    .filter((stop) => decideOnFailure(stop.failure, 1) === "park")
    .map(({ failure }) => ({ failure, untilMs: parkedUntilMs(failure) }))
    .toSorted((left, right) => (left.untilMs ?? 0) - (right.untilMs ?? 0));
  if (parked) {
    const { failure, untilMs } = parked;
    return { end: "failed", failure, pausedOn, ...(untilMs === null ? {} : { notBeforeMs: untilMs }) };
  }
  const [first] = stops;
  if (first) return { end: "paused", failure: first.failure, pausedOn };
  return { end: "done" };
}
