import type { JobRun } from "#main/jobs/job-kind.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import { type EpochMs, SECOND_MS } from "#shared/lib/time.ts";
import type { EngineDeps } from "../membership-deps.ts";
import type { Actor } from "./actor.ts";
import type { GroupLocks } from "./group-locks.ts";
import type { LaneWaits } from "./lane-waits.ts";
import type { RunPayload } from "./run-payload.ts";

/** What the lanes of one run share. */
export interface RunGround {
  readonly deps: EngineDeps;
  readonly job: JobRun<RunPayload>;
  readonly operationId: OperationId;
  readonly locks: GroupLocks;
  readonly waits: LaneWaits;
  /** For changes under way: goes on for a moment after the job was told to stop, so that their answers are not lost. */
  readonly changeSignal: AbortSignal;
  /** Something about the operation's steps is new. */
  readonly noteProgress: () => void;
}

/** One connection at work in a run. */
export interface Lane extends RunGround {
  readonly connection: Connection;
  readonly actor: Actor;
}

/** Nobody relies on a timer for longer: it stands still while the computer sleeps. */
const LONGEST_NAP_MS = 30 * SECOND_MS;

/**
 * Sleeps, in naps and by the wall clock, until the time that `due` says, which it is asked before every nap: a budget may
 * be changed meanwhile. Shows why. Rejects when the job is told to stop.
 */
export async function sleepUntilDue(
  { deps, job, waits }: RunGround,
  { id }: Pick<Connection, "id">,
  due: () => Promise<{ readonly untilMs: EpochMs; readonly why: string }>,
): Promise<void> {
  try {
    for (;;) {
      const { untilMs, why } = await due();
      const remainingMs = untilMs - deps.clock.nowMs();
      if (remainingMs <= 0) return;
      waits.set(id, "own", { why, untilMs });
      await deps.clock.sleep(Math.min(remainingMs, LONGEST_NAP_MS), job.signal);
    }
  } finally {
    waits.set(id, "own", null);
  }
}

/** The same for a time that stays. */
export async function sleepUntil(
  ground: RunGround,
  connection: Pick<Connection, "id">,
  wait: { readonly untilMs: EpochMs; readonly why: string },
): Promise<void> {
  await sleepUntilDue(ground, connection, () => Promise.resolve(wait));
}
