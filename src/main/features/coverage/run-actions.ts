import { randomUUID } from "node:crypto";
import type { JobKind } from "#main/jobs/job-kind.ts";
import {
  deleteRun,
  findRun,
  insertRun,
  listOpenParts,
  updateRunConnection,
} from "#main/store/queries/coverage-runs.ts";
import type { AuditInput } from "#shared/contract/coverage.ts";
import type { Run, RunTrigger } from "#shared/domain/coverage.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { type ConnectionId, RunId } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { CoverageDeps } from "./audit/audit-deps.ts";
import type { AuditPayload } from "./audit/audit-payload.ts";
import { parkedUntilMs } from "./policy/read-failure.ts";
import { chosenConnections, peopleAskedFor } from "./run-plan.ts";
import { hasEnded } from "./run-states.ts";

/** What can be done with runs. */
export interface RunActions {
  start(input: AuditInput, trigger: RunTrigger): Promise<Result<{ runId: RunId }, Failure>>;
  cancel(input: { runId: RunId }): Promise<Result<void, Failure>>;
  resume(input: { runId: RunId }): Promise<Result<void, Failure>>;
  removeRun(input: { runId: RunId }): Promise<Result<void, Failure>>;
  /**
   * The connection has a new session: a pause that the platform asked of the old one no longer holds its runs up. What
   * the platform says of the new one counts, from its first answer.
   */
  forgetPauses(connectionId: ConnectionId): Promise<void>;
}

export function createRunActions(deps: CoverageDeps, kind: JobKind<AuditPayload>): RunActions {
  const { store, clock, jobs, activity } = deps;

  async function start(input: AuditInput, trigger: RunTrigger): Promise<Result<{ runId: RunId }, Failure>> {
    const chosen = chosenConnections(await deps.connections.listAuditable(), input);
    const { team, rules } = await deps.team.get();
    if (chosen.length === 0 || peopleAskedFor({ team, rules }).size === 0) {
      return err(failure("input/nothing-to-audit"));
    }
    const runId = RunId.parse(`run-${randomUUID()}`);
    const connectionIds = chosen.map((connection) => connection.id);
    const platforms = [...new Set(chosen.map((connection) => connection.platform))];
    await store.write(async (writer) => {
      const jobId = await jobs.enqueue(writer, {
        kind,
        title: `Coverage audit of ${chosen.map((connection) => connection.label).join(", ")}`,
        payload: { runId, strategy: input.strategy, facts: input.facts ?? "needed", connectionIds },
      });
      const isSandbox = chosen.some((connection) => connection.isSandbox);
      await insertRun(
        writer,
        { id: runId, jobId, trigger, platforms, isSandbox, startedAtMs: clock.nowMs(), team, rules },
        chosen.map(({ id: connectionId, platform, workspaceId }) => ({
          connectionId,
          platform,
          workspaceId,
        })),
      );
      await activity.record(writer, {
        action: "coverage.audit-started",
        target: runId,
        outcome: "done",
        details: { trigger, strategy: input.strategy, connections: connectionIds },
        ...(trigger === "schedule" ? { actor: "schedule" } : {}),
      });
      announceRuns();
    });
    return ok({ runId });
  }

  async function cancel({ runId }: { runId: RunId }): Promise<Result<void, Failure>> {
    const run = await findRun(store.read, runId);
    if (run === null) return notFound(runId);
    // What the run has learnt is settled and kept by the end of its job.
    await jobs.cancel(run.jobId);
    return ok(undefined);
  }

  async function resume({ runId }: { runId: RunId }): Promise<Result<void, Failure>> {
    const run = await findRun(store.read, runId);
    if (run === null) return notFound(runId);
    if (!(await jobs.resume(run.jobId))) return err(failure("job/not-resumable", { runId }));
    await store.write(async (writer) => {
      await activity.record(writer, {
        action: "coverage.audit-resumed",
        target: runId,
        outcome: "done",
        details: { calls: run.calls },
      });
      announceRuns();
    });
    return ok(undefined);
  }

  async function removeRun({ runId }: { runId: RunId }): Promise<Result<void, Failure>> {
    const run = await findRun(store.read, runId);
    if (run === null) return notFound(runId);
    if (!hasEnded(run.state)) await jobs.cancel(run.jobId);
    const removed = await store.write(async (writer) => {
      if (!(await deleteRun(writer, runId))) return false;
      await activity.record(writer, {
        action: "coverage.run-removed",
        target: runId,
        outcome: "done",
        details: describe(run),
      });
      announceRuns();
      return true;
    });
    return removed ? ok(undefined) : notFound(runId);
  }

  async function forgetPauses(connectionId: ConnectionId): Promise<void> {
    await store.write(async (writer) => {
      for (const { runId, failure: stop } of await listOpenParts(writer, connectionId))
        if (stop !== null && parkedUntilMs(stop) !== null)
          await updateRunConnection(writer, runId, connectionId, { failure: null });
    });
  }

  /** Inside a write: tells the screens once it has committed. */
  function announceRuns(): void {
    store.afterCommit(() => {
      deps.announce("runs");
      deps.announce("activity");
    });
  }

  return { start, cancel, resume, removeRun, forgetPauses };
}

export function notFound(runId: RunId): Result<never, Failure> {
  return err(failure("input/not-found", { runId }));
}

function describe(run: Run): Record<string, unknown> {
  return { state: run.state, startedAtMs: run.startedAtMs, groups: run.groups, absent: run.absent };
}
