import { setImmediate as nextTurn } from "node:timers/promises";
import type { ItemEnd, PhaseEnd } from "#main/jobs/job-kind.ts";
import { listUnverified, type OperationStepRow, updateSteps } from "#main/store/queries/operation-steps.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { decideOnReadFailure, mayAskAgainAtMs } from "../policy/run-failure.ts";
import { isVerifiable } from "../policy/settling.ts";
import { type Lane, sleepUntil } from "./lane.ts";

/** Rows read at once; more would hold the main thread for too long. */
const STEPS_AT_ONCE = 1_000;

/**
 * Reads back what the operation did on this connection: confirmed, or `failed` with `membership/not-confirmed-by-reading`.
 * What cannot be read stays done and unconfirmed.
 */
export async function verifySteps(lane: Lane): Promise<PhaseEnd> {
  const steps = await readUnverified(lane);
  const units = unitsOf(steps);
  const phase = `${lane.connection.id} reading back`;
  await lane.job.addItems(phase, [...units.keys()]);
  return lane.job.forEachItem(phase, { concurrency: lane.actor.batchesAtOnce }, async (item) => {
    const own = units.get(item.key) ?? [];
    return own.length === 0 ? { end: "done" } : verifyUnit(lane, own);
  });
}

async function verifyUnit(lane: Lane, steps: readonly OperationStepRow[]): Promise<ItemEnd> {
  const passing = steps.filter((step) => isPassing(step, steps));
  const lasting = steps.filter((step) => !passing.includes(step));
  const readings = await lane.actor.read(lasting, lane.job.signal);
  for (const reading of readings.values()) {
    if (reading.is !== "unknown") continue;
    const problem = reading.failure;
    const verdict = decideOnReadFailure(problem);
    if (verdict === "offline" || verdict === "operator") return { end: "stop", failure: problem };
    if (verdict === "wait") {
      await waitFor(lane, problem);
      return verifyUnit(lane, steps);
    }
  }
  const found = (isSo: boolean) =>
    lasting
      .filter(({ ordinal }) => {
        const reading = readings.get(ordinal);
        return reading?.is !== "unknown" && (reading?.is === "so") === isSo;
      })
      .map(({ ordinal }) => ordinal);
  const verifiedAtMs = lane.deps.clock.nowMs();
  const { operationId } = lane;
  return {
    end: "done",
    save: async (writer) => {
      // The name it had for a while was read when the next one was given.
      const confirmed = [...passing.map(({ ordinal }) => ordinal), ...found(true)];
      const contradicted = found(false);
      if (confirmed.length > 0) await updateSteps(writer, operationId, confirmed, { verifiedAtMs });
      if (contradicted.length > 0)
        await updateSteps(writer, operationId, contradicted, {
          state: "failed",
          failure: failure("membership/not-confirmed-by-reading"),
        });
    },
  };
}

/** A name that only made room: the group got another one of the same operation since. */
function isPassing(
  { action, ordinal, after }: OperationStepRow,
  steps: readonly OperationStepRow[],
): boolean {
  return action === "rename" && steps.some((later) => later.ordinal > ordinal && later.before === after);
}

async function waitFor(lane: Lane, problem: Failure): Promise<void> {
  const untilMs = mayAskAgainAtMs(problem);
  if (untilMs !== null) await sleepUntil(lane, lane.connection, { untilMs, why: problem.message });
}

async function readUnverified({ deps, operationId, connection }: Lane): Promise<OperationStepRow[]> {
  const steps: OperationStepRow[] = [];
  for (;;) {
    const page = await listUnverified(deps.store.read, {
      operationId,
      connectionId: connection.id,
      after: steps.at(-1)?.ordinal ?? null,
      limit: STEPS_AT_ONCE,
    });
    steps.push(...page);
    if (page.length < STEPS_AT_ONCE) return steps.filter(({ action }) => isVerifiable(action));
    await nextTurn();
  }
}

/**
 * Steps that one reading confirms, by the item's key. On Slack whichever takes fewer: what each person is in, or who is
 * in each channel.
 */
function unitsOf(steps: readonly OperationStepRow[]): ReadonlyMap<string, OperationStepRow[]> {
  const isShared = ({ platform, action }: OperationStepRow) =>
    platform === "slack" && (action === "add" || action === "remove");
  const shared = steps.filter(isShared);
  const people = new Set(shared.map(({ userId }) => userId)).size;
  const groups = new Set(shared.map(({ groupId }) => groupId)).size;
  return Map.groupBy(steps, (step) => {
    if (step.action === "rename") return `name ${step.groupKey}`;
    if (!isShared(step)) return `step ${step.ordinal}`;
    return people < groups ? `person ${step.userId}` : `group ${step.groupId}`;
  });
}
