import { z } from "zod";
import type { ItemEnd, JobItem } from "#main/jobs/job-kind.ts";
import {
  listBatchSteps,
  listIntents,
  type OperationStepRow,
  updateSteps,
} from "#main/store/queries/operation-steps.ts";
import type { Reader } from "#main/store/store.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { assert } from "#shared/lib/assert.ts";
import { NotSent } from "#shared/lib/not-sent.ts";
import type { Result } from "#shared/lib/result.ts";
import { type EpochMs, MINUTE_MS, SECOND_MS } from "#shared/lib/time.ts";
import { readMembershipSettings } from "../operations/membership-settings.ts";
import { type ActionBudget, budgetOf, budgetReachMs, nextSlotMs } from "../policy/budget.ts";
import { decideOnChangeFailure, decideOnReadFailure, mayAskAgainAtMs } from "../policy/run-failure.ts";
import { looksFirst, settlingOf } from "../policy/settling.ts";
import type { ByStep, Reading, StepOutcome } from "./actor.ts";
import { type Lane, sleepUntil, sleepUntilDue } from "./lane.ts";
import { recordOutcomes, type StepEnd } from "./record-outcomes.ts";

/** How often a batch is sent, and how often its end is looked for, before it is given up. */
const MAX_TRIES = 4;

/** How often a new group is looked for before it counts as not made: making one twice is worse than waiting. */
const LOOKS_FOR_A_GROUP = 3;

/** Where a platform asks for a pause without saying how long. */
const UNSAID_PAUSE_MS = MINUTE_MS;

const Checkpoint = z.object({ untilMs: z.number(), why: z.string() }).nullish();

/** How far a batch is, in this process. */
interface Tries {
  sent: number;
  looked: number;
}

/**
 * Does what is left of one batch: settles what an earlier process began, then intent, change and outcome, each kept before
 * the next begins. Ends when every step of the batch has.
 */
export async function runBatch(lane: Lane, stage: number, item: JobItem): Promise<ItemEnd> {
  const { deps, operationId, connection } = lane;
  const batch = { operationId, connectionId: connection.id, stage, batch: item.key };
  const parked = Checkpoint.parse(item.checkpoint);
  if (parked) await sleepUntil(lane, connection, parked);
  const tries: Tries = { sent: 0, looked: 0 };
  for (;;) {
    lane.job.signal.throwIfAborted();
    const steps = await listBatchSteps(deps.store.read, batch);
    if (steps.length === 0) return { end: "done" };
    const begun = steps.filter(({ state }) => state === "acting");
    const problem = begun.length > 0 ? await settle(lane, begun, tries) : await attempt(lane, steps, tries);
    if (problem === null) continue;
    if (decideOnReadFailure(problem) !== "wait") return { end: "stop", failure: problem };
    await park(lane, item, problem);
  }
}

/** The platform wants a pause: kept, so that another process keeps it too, and waited for. */
async function park(lane: Lane, item: JobItem, problem: Failure): Promise<void> {
  const untilMs = mayAskAgainAtMs(problem) ?? lane.deps.clock.nowMs() + UNSAID_PAUSE_MS;
  const wait = { untilMs, why: problem.message };
  await item.saveCheckpoint(wait, () => Promise.resolve());
  await sleepUntil(lane, lane.connection, wait);
}

/**
 * Finds out what became of steps that were begun, and keeps it. Null when some of them are settled, or may be after
 * another look; otherwise the failure that stops the connection or has it wait.
 */
async function settle(lane: Lane, steps: readonly OperationStepRow[], tries: Tries): Promise<Failure | null> {
  const [first] = steps;
  assert(first, "nothing to settle");
  const settling = settlingOf(lane.connection.platform, first.action);
  if (settling === "nothing") {
    await record(lane, steps, () => unclear());
    return null;
  }
  if (settling === "repeating") {
    await record(lane, steps, () => (tries.sent < MAX_TRIES ? { state: "planned" } : unclear()));
    return null;
  }
  // The change may still be on its way where it was sent just now; only a new group is never to be made twice.
  if (tries.sent > 0 || first.action === "create") await pause(lane, tries.looked + 1);
  const readings = await lane.actor.read(steps, lane.job.signal);
  const problem = firstProblem(readings.values());
  if (problem) return problem;
  // Only a look that tells something counts: pauses that a platform asks for may be many.
  tries.looked += 1;
  const made = steps.filter(({ ordinal }) => readings.get(ordinal)?.is === "so");
  const left = await lane.actor.clearUp(made, lane.job.signal);
  if (left && stopsTheLane(left)) return left;
  await record(lane, steps, (step) => endAfterReading(step, readings.get(step.ordinal), tries));
  return null;
}

/** What a reading makes of a step that was begun; undefined: it is looked at once more. */
function endAfterReading(
  step: OperationStepRow,
  reading: Reading | undefined,
  tries: Tries,
): StepEnd | undefined {
  assert(reading, "a step that was not read");
  switch (reading.is) {
    case "so":
      if (reading.since === "before") return { state: "already-so" };
      return { state: "done", ...(reading.made ? { made: reading.made } : {}) };
    case "changed":
      return { state: "refused", failure: changedMeanwhile(step, reading.now) };
    case "unknown": {
      if (decideOnReadFailure(reading.failure) === "open" && tries.looked < MAX_TRIES) return undefined;
      return unclear(reading.failure);
    }
    case "not-so":
      if (step.action === "create" && tries.looked < LOOKS_FOR_A_GROUP) return undefined;
      return tries.sent < MAX_TRIES
        ? { state: "planned" }
        : { state: "failed", failure: failure("network/timed-out") };
  }
}

/** One try at steps that are to be done. As `settle`, null means: look at the batch again. */
async function attempt(
  lane: Lane,
  steps: readonly OperationStepRow[],
  tries: Tries,
): Promise<Failure | null> {
  const [first] = steps;
  assert(first, "nothing to do");
  const { connection } = lane;
  const read = lane.deps.store.read;
  await sleepUntilDue(lane, connection, async () => slotOf(lane, await budgetFor(lane, read, first), read));
  const key = first.groupKey ?? `${connection.id} ${first.newGroup ?? first.userId ?? first.ordinal}`;
  return lane.locks.hold(key, () => lookAndAct(lane, steps, tries));
}

async function lookAndAct(
  lane: Lane,
  steps: readonly OperationStepRow[],
  tries: Tries,
): Promise<Failure | null> {
  const { deps, actor, job } = lane;
  const [first] = steps;
  assert(first, "nothing to do");
  if (looksFirst(lane.connection.platform, first.action)) {
    const readings = await actor.read(steps, job.signal);
    const problem = firstProblem(readings.values());
    if (problem) return problem;
    const ends = new Map(
      steps.map((step) => [step.ordinal, endAfterLook(step, readings.get(step.ordinal), tries)] as const),
    );
    if ([...ends.values()].some((end) => end !== undefined)) {
      await record(lane, steps, ({ ordinal }) => ends.get(ordinal));
      return null;
    }
  }
  const tokens = new Map<number, string | null>();
  for (const step of steps) {
    const token = await actor.prepare(step, job.signal);
    if (!token.ok) return failedPreparation(lane, steps, token.error);
    tokens.set(step.ordinal, token.value);
  }
  if (!(await begin(lane, steps, tokens))) return null;
  tries.sent += 1;
  const begun = steps.map((step) => ({ ...step, token: tokens.get(step.ordinal) ?? step.token }));
  const outcomes = await sendOrTakeBack(lane, begun);
  if (outcomes === null) {
    tries.sent -= 1;
    return null;
  }
  if (outcomes.ok) {
    await record(lane, steps, ({ ordinal }) => outcomes.value.get(ordinal));
    return null;
  }
  const met = outcomes.error;
  switch (decideOnChangeFailure(met)) {
    case "open":
      deps.log.info("membership-open-outcome", { operationId: lane.operationId, code: met.code });
      return null;
    case "wait":
    case "operator":
      // Refused before anything was done, so it is to be done still.
      await record(lane, steps, () => ({ state: "planned" }));
      return met;
    case "refuse":
      await record(lane, steps, () => ({ state: "refused", failure: met }));
      return null;
  }
}

/**
 * Null when the change was not begun after all: while it waited for its turn, what it was to change became something
 * else. It is left as it was planned then, as it is when it was told to stop.
 */
async function sendOrTakeBack(
  lane: Lane,
  steps: readonly OperationStepRow[],
): Promise<Result<ByStep<StepOutcome>, Failure> | null> {
  try {
    return await lane.actor.act(steps, lane.changeSignal);
  } catch (error) {
    if (!(error instanceof NotSent)) throw error;
    await record(lane, steps, () => ({ state: "planned" }));
    if (lane.job.signal.aborted) throw error;
    return null;
  }
}

/**
 * What a look just before makes of a step; undefined: it is done as planned. A look that cannot tell is no reason not to
 * add or remove, but nobody's new name is written over.
 */
function endAfterLook(
  step: OperationStepRow,
  reading: Reading | undefined,
  tries: Tries,
): StepEnd | undefined {
  assert(reading, "a step that was not read");
  switch (reading.is) {
    case "so":
      // Sent before by this process, then found undone, and there after all: that was us.
      return { state: tries.sent > 0 ? "done" : "already-so" };
    case "not-so":
      return undefined;
    case "changed":
      return { state: "refused", failure: changedMeanwhile(step, reading.now) };
    case "unknown":
      return step.action === "rename" ? { state: "refused", failure: reading.failure } : undefined;
  }
}

/** Nothing was sent yet: the connection's failures stop it, any other refuses these steps. */
async function failedPreparation(
  lane: Lane,
  steps: readonly OperationStepRow[],
  met: Failure,
): Promise<Failure | null> {
  if (stopsTheLane(met)) return met;
  await record(lane, steps, () => ({ state: "refused", failure: met }));
  return null;
}

/** Keeps the intent; false when another operation took the place in the budget meanwhile. */
async function begin(
  lane: Lane,
  steps: readonly OperationStepRow[],
  tokens: ReadonlyMap<number, string | null>,
): Promise<boolean> {
  const { clock } = lane.deps;
  let isFree = false;
  await lane.job.save(async (writer) => {
    const [first] = steps;
    assert(first, "nothing to begin");
    const intentAtMs = clock.nowMs();
    const slot = await slotOf(lane, await budgetFor(lane, writer, first), writer);
    isFree = slot.untilMs <= intentAtMs;
    if (!isFree) return;
    const same = Map.groupBy(steps, ({ ordinal }) => tokens.get(ordinal) ?? null);
    for (const [token, own] of same)
      await updateSteps(
        writer,
        lane.operationId,
        own.map(({ ordinal }) => ordinal),
        { state: "acting", intentAtMs, token, failure: null },
      );
  });
  return isFree;
}

async function budgetFor(
  lane: Lane,
  read: Reader,
  { action }: OperationStepRow,
): Promise<ActionBudget | null> {
  const { budgets } = await readMembershipSettings(read);
  return budgetOf(lane.connection.platform, action, budgets);
}

async function slotOf(
  { deps, connection }: Lane,
  budget: ActionBudget | null,
  read: Reader,
): Promise<{ untilMs: EpochMs; why: string }> {
  const nowMs = deps.clock.nowMs();
  if (budget === null) return { untilMs: nowMs, why: "" };
  const intents = await listIntents(read, {
    connectionId: connection.id,
    actions: budget.actions,
    sinceMs: nowMs - budgetReachMs(budget),
  });
  return { untilMs: nextSlotMs(intents, budget.windows, nowMs), why: budget.because };
}

async function record(
  lane: Lane,
  steps: readonly OperationStepRow[],
  endOf: (step: OperationStepRow) => StepEnd | undefined,
): Promise<void> {
  const { clock } = lane.deps;
  await lane.job.save((writer) => recordOutcomes(writer, steps, endOf, clock.nowMs()));
  lane.noteProgress();
}

async function pause(lane: Lane, tries: number): Promise<void> {
  await lane.deps.clock.sleep(2 ** tries * SECOND_MS, lane.job.signal);
}

/** The first failure among readings that concerns the whole connection. */
function firstProblem(readings: Iterable<Reading>): Failure | null {
  for (const reading of readings)
    if (reading.is === "unknown" && stopsTheLane(reading.failure)) return reading.failure;
  return null;
}

function stopsTheLane(met: Failure): boolean {
  return ["offline", "operator", "wait"].includes(decideOnReadFailure(met));
}

function changedMeanwhile({ before }: OperationStepRow, now: string): Failure {
  return failure("membership/changed-meanwhile", { before, now }, `It is called “${now}” now.`);
}

function unclear(met?: Failure): StepEnd {
  return { state: "unclear", failure: failure("membership/outcome-unclear", {}, met?.message) };
}
