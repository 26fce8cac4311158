import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { eq, not } from "drizzle-orm";
import { operationSteps } from "#main/store/schema/membership.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { DEFAULT_CHANGE_BUDGETS, type OperationId, OperationRequest } from "#shared/domain/operation.ts";
import type { Result } from "#shared/lib/result.ts";
import type { BenchResult } from "#test/support/bench-result.ts";
import type { PlanningLab } from "#test/support/planning-lab.ts";
import { measureStall, type Stall } from "#test/support/stall-meter.ts";
import { EVERYBODY_EVERYWHERE, openStoredLab } from "#test/support/stored-lab.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";

// How long each door holds the main thread for an operation as large as there may be: 1,000 groups × 60 people, 60,000
// steps, nobody to be asked. Each is compared with what SQLite takes to change all those steps in one statement, in the
// same round: a door that goes through them in pieces stays well below. That is by the thread's own time, which a busy
// machine leaves as it is; the last lines are by the clock, one of them of a thread that only waits. Medians of the rounds.

const GROUPS = 1_000;
const PEOPLE = 60;
const ROUNDS = 3;

/** Every step by itself, as the matrix sends its selection. */
const everyPair = OperationRequest.parse({
  kind: "add",
  platforms: ["slack"],
  targets: {
    by: "pair",
    pairs: Array.from({ length: GROUPS * PEOPLE }, (_, at) => ({
      groupKey: `slack:T1:C${Math.floor(at / PEOPLE)}`,
      personId: `person U${at % PEOPLE}`,
    })),
  },
});

export async function run(): Promise<BenchResult[]> {
  const lab = await openLab();
  const stalls = new Map<string, Stall[]>();
  const note = async (name: string, action: () => Promise<unknown>): Promise<void> => {
    stalls.set(name, [...(stalls.get(name) ?? []), await measureStall(action)]);
  };
  // Another one that touches the same groups, so that overlaps are looked for; and what everybody loads once.
  const other = await lab.settle(EVERYBODY_EVERYWHERE);
  for (let round = 0; round < ROUNDS; round++) await takeRound(lab, other, note);
  await lab.stop();
  await lab.store.close();

  const medianOf = (name: string, of: "busyMs" | "stallMs"): number =>
    median((stalls.get(name) ?? []).map((stall) => stall[of]));
  const doors = [...stalls.keys()].filter((name) => name !== ONE_STATEMENT && name !== WAITING);
  return [
    ...doors.map((name) => ({
      name: `60,000 steps, ${name}: longest without a turn`,
      value: medianOf(name, "busyMs"),
      unit: "ms",
      floor: medianOf(ONE_STATEMENT, "busyMs"),
      against: ONE_STATEMENT,
      aim: 0.8,
    })),
    {
      name: "60,000 steps, any door: longest main-thread stall",
      value: Math.max(...doors.map((name) => medianOf(name, "stallMs"))),
      unit: "ms",
      aim: 50,
    },
    { name: `60,000 steps: longest stall of ${WAITING}`, value: medianOf(WAITING, "stallMs"), unit: "ms" },
  ];
}

const ONE_STATEMENT = "one statement";
const WAITING = "a thread that only waits";

async function takeRound(
  lab: PlanningLab,
  other: OperationId,
  note: (name: string, action: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const { membership, store } = lab;
  await note(ONE_STATEMENT, () =>
    store.write((writer) =>
      writer
        .update(operationSteps)
        .set({ isChosen: not(operationSteps.isChosen) })
        .where(eq(operationSteps.operationId, other)),
    ),
  );
  await note(WAITING, () => setTimeout(500));
  await store.write((writer) =>
    writer.update(operationSteps).set({ isChosen: true }).where(eq(operationSteps.operationId, other)),
  );

  let operationId = other;
  await note("plan by pairs", async () => {
    operationId = await lab.settle(everyPair);
  });
  const steps = (await membership.get({ operationId })).ok ? await lab.rows(operationId) : [];
  if (steps.length !== GROUPS * PEOPLE) throw new Error(`${steps.length} steps were drafted`);
  const all = { operationId, ordinals: null, search: "" };
  const page = { cursor: null, limit: 500 };
  await note("list", () => membership.list({ ...page, limit: 50 }));
  await note("get", () => membership.get({ operationId }));
  await note("list its steps", () =>
    membership.listSteps({ ...page, operationId, states: ["planned"], search: "customer-999" }),
  );
  await note("leave all out", async () => valueOf(await membership.choose({ ...all, isChosen: false })));
  await note("leave all in", async () => valueOf(await membership.choose({ ...all, isChosen: true })));
  const half = steps.map(({ ordinal }) => ordinal).filter((ordinal) => ordinal % 2 === 0);
  await note("leave every other one out", async () =>
    valueOf(await membership.choose({ ...all, ordinals: half, isChosen: false })),
  );
  const { typedConfirmation: typed } = valueOf(await membership.get({ operationId }));
  await note("confirm", async () => valueOf(await membership.confirm({ operationId, typed })));
  await note("ask for approval", async () => valueOf(await membership.approvalRequest({ operationId })));
  await note("cancel", async () => valueOf(await membership.cancel({ operationId })));
  let rest = other;
  await note("plan the rest", async () => {
    rest = await lab.settle({ kind: "rest", operationId });
  });
  await note("discard", async () => valueOf(await membership.discard({ operationId: rest })));
}

async function openLab(): Promise<PlanningLab> {
  const lab = await openStoredLab({
    groups: GROUPS,
    people: PEOPLE,
    isIn: () => false,
    // As the product opens it.
    store: await openTemporaryStore({
      workerUrl: pathToFileURL(path.resolve("src/main/store/store-worker.ts")),
    }),
  });
  // So that what is confirmed waits, and nothing runs beside the measurements.
  const settings = { budgets: DEFAULT_CHANGE_BUDGETS, approvalAbove: 10, approvers: [] };
  valueOf(await lab.membership.saveSettings(settings));
  return lab;
}

function valueOf<Value>(result: Result<Value, Failure>): Value {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
