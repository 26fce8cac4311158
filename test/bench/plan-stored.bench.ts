import { setTimeout } from "node:timers/promises";
import { deleteSteps } from "#main/store/queries/all-steps.ts";
import { insertSteps, type NewOperationStep } from "#main/store/queries/operation-steps.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import type { BenchResult } from "#test/support/bench-result.ts";
import type { PlanningLab } from "#test/support/planning-lab.ts";
import { measureStall } from "#test/support/stall-meter.ts";
import { EVERYBODY_EVERYWHERE, openStoredLab } from "#test/support/stored-lab.ts";

// Planning 1,000 groups × 12 people from stored data (nobody can be asked): against reading the matrix and writing the
// same steps with nothing in between, and how long the main thread is held (the median of
// the rounds' longest stalls, beside what a busy machine does to a thread that only waits).

const GROUPS = 1_000;
const PEOPLE = 12;
const ROUNDS = 5;

/** As the plan writes them. */
const STEPS_A_WRITE = 240;
const STEPS_A_STATEMENT = 30;

export async function run(): Promise<BenchResult[]> {
  const lab = await openStoredLab({
    groups: GROUPS,
    people: PEOPLE,
    isIn: (group, person) => (group * 7 + person * 3) % 20 !== 0,
  });

  const planMs: number[] = [];
  const floorMs: number[] = [];
  const stalls: number[] = [];
  const floorStalls: number[] = [];
  const idleStalls: number[] = [];
  // The first plan warms up what everybody loads once.
  const warm = await lab.settle(EVERYBODY_EVERYWHERE);
  const steps = await stepsOf(lab, warm);
  if (steps.length !== GROUPS * PEOPLE) throw new Error(`${steps.length} steps were drafted`);
  for (let round = 0; round < ROUNDS; round++) {
    let operationId = warm;
    const planned = await measureStall(async () => {
      operationId = await lab.settle(EVERYBODY_EVERYWHERE);
    });
    await lab.membership.discard({ operationId });
    planMs.push(planned.elapsedMs);
    stalls.push(planned.stallMs);
    const bare = await measureStall(() => writeBarely(lab, warm, steps));
    floorMs.push(bare.elapsedMs);
    floorStalls.push(bare.stallMs);
    idleStalls.push((await measureStall(() => setTimeout(planned.elapsedMs))).stallMs);
  }
  await lab.stop();
  await lab.store.close();

  const name = `plan, ${GROUPS} groups × ${PEOPLE} people from stored data`;
  const against = "matrix read, steps written";
  return [
    {
      name: `${name}: wall time`,
      value: median(planMs),
      unit: "ms",
      floor: median(floorMs),
      against,
      aim: 1.5,
    },
    { name: `${name}: longest main-thread stall`, value: median(stalls), unit: "ms", aim: 50 },
    { name: `${name}: longest stall of the floor`, value: median(floorStalls), unit: "ms" },
    { name: `${name}: longest stall of a thread that only waits`, value: median(idleStalls), unit: "ms" },
  ];
}

async function stepsOf(lab: PlanningLab, id: OperationId): Promise<NewOperationStep[]> {
  return (await lab.rows(id)).map(
    ({
      operationId: _operationId,
      ordinal: _ordinal,
      isChosen: _isChosen,
      intentAtMs: _intentAtMs,
      token: _token,
      actedAtMs: _actedAtMs,
      verifiedAtMs: _verifiedAtMs,
      ...step
    }) => step,
  );
}

/** What planning cannot do without: reading what is known, and keeping what was drafted. */
async function writeBarely(
  lab: PlanningLab,
  id: OperationId,
  steps: readonly NewOperationStep[],
): Promise<void> {
  await lab.coverage.matrix({ runId: null });
  await lab.store.write((writer) => deleteSteps(writer, id));
  for (let at = 0; at < steps.length; at += STEPS_A_WRITE)
    await lab.store.write(async (writer) => {
      const end = Math.min(at + STEPS_A_WRITE, steps.length);
      for (let from = at; from < end; from += STEPS_A_STATEMENT)
        await insertSteps(writer, id, from, steps.slice(from, Math.min(from + STEPS_A_STATEMENT, end)));
    });
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
