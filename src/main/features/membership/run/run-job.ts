import type { JobEnd, JobKind, JobRun } from "#main/jobs/job-kind.ts";
import { listStepConnections } from "#main/store/queries/operation-steps.ts";
import { findOperation, updateOperation } from "#main/store/queries/operations.ts";
import { hasEnded } from "#shared/domain/operation-phase.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import type { EngineDeps } from "../membership-deps.ts";
import { isForTheOperatorAlone } from "../policy/run-failure.ts";
import type { ReportPayload } from "../report/report-job.ts";
import { endRun } from "./end-run.ts";
import { createGroupLocks, type GroupLocks } from "./group-locks.ts";
import { createLaneWaits } from "./lane-waits.ts";
import type { RunGround } from "./lane.ts";
import { runLane, type Stop } from "./run-lane.ts";
import { RunPayload } from "./run-payload.ts";

/** Operations that run at the same time; more wait in the queue. */
const OPERATIONS_AT_ONCE = 4;

/** How often a run that met what may pass is taken up again before it is given up. */
const MAX_ATTEMPTS = 500;

/** How long a change that is under way may still be answered after the run was told to stop. */
const LAST_ANSWER_MS = 5 * SECOND_MS;

/** Screens are told of new outcomes this often. */
const TOLD_EVERY_MS = SECOND_MS;

/**
 * The durable run of an operation. Every step is written down before it is begun and after it has ended, so it can be cut
 * off anywhere and called again; what was begun is then settled by looking, never by doing it again.
 *
 * Connections work side by side: one that needs the operator leaves the others to finish, and then pauses the job on
 * itself, unless the operator has acted by then. `reportJob` writes the files about a run that has ended.
 */
export function createRunJob(deps: EngineDeps, reportJob: JobKind<ReportPayload>): JobKind<RunPayload> {
  const locks = createGroupLocks();
  return {
    kind: "membership.run",
    payload: RunPayload,
    maxAttempts: MAX_ATTEMPTS,
    atOnce: OPERATIONS_AT_ONCE,

    async run(job) {
      const { operationId } = job.payload;
      const row = await findOperation(deps.store.read, operationId);
      // One that gave up may be taken up again; any other end is one.
      if (row === null || (hasEnded(row.state) && row.state !== "failed")) return { end: "done" };
      await job.save((writer) =>
        updateOperation(writer, operationId, { state: "running", failure: null, finishedAtMs: null }),
      );
      deps.announce("operations");
      const ground = openGround(deps, job, locks);
      try {
        return endOf(await runLanes(ground));
      } finally {
        ground.close();
        job.showWait(null);
      }
    },

    onEnd: (end, job, writer) => endRun(deps, reportJob, end, job, writer),
  };
}

async function runLanes(ground: RunGround): Promise<Stop[]> {
  const { deps, operationId } = ground;
  const lanes = await listStepConnections(deps.store.read, operationId);
  const ended = await Promise.allSettled(lanes.map(({ connectionId }) => runLane(ground, connectionId)));
  return ended.flatMap((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason as Error;
    return outcome.value === null ? [] : [outcome.value];
  });
}

/** What signing in again puts right comes first, since that alone has the job go on by itself. */
function endOf(stops: readonly Stop[]): JobEnd {
  const [first] = stops.toSorted(
    (left, right) =>
      Number(isForTheOperatorAlone(left.failure)) - Number(isForTheOperatorAlone(right.failure)),
  );
  if (!first) return { end: "done" };
  const pausedOn = isForTheOperatorAlone(first.failure) ? null : first.connectionId;
  return { end: "paused", failure: first.failure, pausedOn };
}

function openGround(
  deps: EngineDeps,
  job: JobRun<RunPayload>,
  locks: GroupLocks,
): RunGround & { close(): void } {
  const changes = new AbortController();
  const over = new AbortController();
  const abortLate = () => {
    deps.clock.sleep(LAST_ANSWER_MS, over.signal).then(
      () => changes.abort(job.signal.reason),
      () => {
        // The run ended first.
      },
    );
  };
  job.signal.addEventListener("abort", abortLate, { once: true });
  let toldMs = Number.NEGATIVE_INFINITY;
  return {
    deps,
    job,
    operationId: job.payload.operationId,
    locks,
    waits: createLaneWaits(job.showWait),
    changeSignal: changes.signal,
    noteProgress() {
      const nowMs = deps.clock.monotonicMs();
      if (nowMs - toldMs < TOLD_EVERY_MS) return;
      toldMs = nowMs;
      deps.announce("operations");
    },
    close() {
      job.signal.removeEventListener("abort", abortLate);
      over.abort();
    },
  };
}
