import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { findOperation } from "#main/store/queries/operations.ts";
import { startSandbox, type Sandbox } from "#sandbox/start-sandbox.ts";
import { type OperationDetail, OperationRequest } from "#shared/domain/operation.ts";
import type { BenchResult } from "#test/support/bench-result.ts";
import type { LabConnection } from "#test/support/coverage-lab.ts";
import { openPlanningLab, type PlanningLab } from "#test/support/planning-lab.ts";
import { connectionTo, teamOf } from "#test/support/sandbox-audit.ts";
import { startSandboxChild } from "#test/support/sandbox-child.ts";
import { measureStall } from "#test/support/stall-meter.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";

/** How much shorter than Slack's the minute of the limited sandbox is. */
const TIME_SCALE = 0.1;
const MINUTE_MS = 60_000 * TIME_SCALE;

/** Calls of one method that Slack's tier 3 promises in a minute (docs.slack.dev/apis/web-api/rate-limits, checked 2026-11). */
const TIER_3_A_MINUTE = 50;

const CHANNELS = 67;

/** What carrying an operation out on Slack costs: calls and time under limits, and how long it holds the main thread. */
export async function run(): Promise<BenchResult[]> {
  return [
    // First, while no simulated world shares our memory.
    ...(await withoutLimits()),
    ...(await underLimits()),
  ];
}

/** Two people into the 67 channels: an invitation a channel, and what each of the two is in, read back. */
async function underLimits(): Promise<BenchResult[]> {
  const world = writeWorld({ channels: CHANNELS, people: 2, areIn: false });
  const sandbox = await startSandbox({ world, rateTimeScale: TIME_SCALE });
  const lab = await openLab(sandbox, connectionTo(sandbox, { limitWindowMs: MINUTE_MS }));
  const planned = await planOf(lab, "add");
  sandbox.control.clearCalls();
  const startedMs = performance.now();
  await carryOut(lab, planned);
  const elapsedMs = performance.now() - startedMs;
  const { total, counts, rateLimited } = sandbox.control.calls();
  expectAll(sandbox, 2, true);
  await close(lab);
  await sandbox.close();
  const name = `2 people into ${CHANNELS} Slack channels under enforced limits (1/10 time)`;
  return [
    {
      name: `${name}: calls`,
      value: total,
      unit: "calls",
      floor: CHANNELS + 2,
      against: "an invitation a channel, one reading a person",
      aim: 1.05,
    },
    {
      name: `${name}: invitations`,
      value: counts["conversations.invite"] ?? 0,
      unit: "calls",
      floor: CHANNELS,
    },
    { name: `${name}: refused for the limit`, value: rateLimited, unit: "calls" },
    {
      name: `${name}: time of the run`,
      value: elapsedMs,
      unit: "ms",
      floor: Math.floor((CHANNELS - 1) / TIER_3_A_MINUTE) * MINUTE_MS,
      against: "what tier 3 allows",
      aim: 1.1,
    },
  ];
}

/** 5,000 steps: a call for each when people are taken out, one a channel when they are put in again. */
async function withoutLimits(): Promise<BenchResult[]> {
  const shape = { channels: 500, people: 10 };
  const world = writeWorld({ ...shape, areIn: true });
  const local = await startSandbox({ world, limits: false });
  const teamAndRules = teamOf(local);
  await local.close();
  const sandbox = await startSandboxChild({ world, limits: false });
  const connection = connectionTo(sandbox, { limitWindowMs: 1 });
  const lab = await openPlanningLab({ connections: [connection], teamAndRules });
  await lab.audit();
  const results: BenchResult[] = [];
  for (const kind of ["remove", "add"] as const) {
    const operation = await planOf(lab, kind);
    if (operation.counts.planned !== shape.channels * shape.people)
      throw new Error(`${operation.counts.planned} steps were planned`);
    const { elapsedMs, stallMs } = await measureStall(() => carryOut(lab, operation));
    const name = `5,000 steps without limits, ${kind === "remove" ? "5,000 removals" : "500 invitations"}`;
    results.push(
      { name: `${name}: wall time`, value: elapsedMs, unit: "ms" },
      { name: `${name}: longest main-thread stall`, value: stallMs, unit: "ms", aim: 50 },
    );
  }
  await close(lab);
  await sandbox.close();
  return results;
}

function writeWorld(shape: {
  readonly channels: number;
  readonly people: number;
  readonly areIn: boolean;
}): string {
  const people = Array.from({ length: shape.people }, (_, at) => `person-${at}`);
  const file = join(makeTemporaryFolder(), "world.json");
  const world = {
    version: 1,
    people: [
      { id: "me", name: "Me Myself", role: "BD", tokenOwner: true },
      ...people.map((id) => ({ id, name: id, role: "BD" })),
    ],
    channels: [
      { name: "general", general: true, members: "*" },
      ...Array.from({ length: shape.channels }, (_, at) => ({
        name: `bitsafe-customer-${at}`,
        private: at % 3 === 0,
        members: ["me", ...(shape.areIn ? people : [])],
      })),
    ],
  };
  writeFileSync(file, JSON.stringify(world));
  return file;
}

async function openLab(sandbox: Sandbox, connection: LabConnection): Promise<PlanningLab> {
  sandbox.control.configure({ limits: false });
  const lab = await openPlanningLab({ connections: [connection], teamAndRules: teamOf(sandbox) });
  await lab.audit();
  sandbox.control.configure({ limits: true });
  return lab;
}

/** Everybody but the account itself, in every customer channel. */
async function planOf(lab: PlanningLab, kind: "add" | "remove"): Promise<OperationDetail> {
  const matrix = await lab.coverage.matrix({ runId: null });
  const personIds = matrix?.people.map(({ personId }) => personId).filter((id) => id !== "me");
  const targets = { by: "cross", people: { by: "person", personIds }, groups: { by: "all" } };
  return lab.plan(OperationRequest.parse({ kind, platforms: ["slack"], targets }));
}

async function carryOut(lab: PlanningLab, { id, typedConfirmation }: OperationDetail): Promise<void> {
  const confirmed = await lab.membership.confirm({ operationId: id, typed: typedConfirmation });
  if (!confirmed.ok) throw new Error(confirmed.error.code);
  const row = await findOperation(lab.store.read, id);
  if (!row?.runJobId) throw new Error("it was not started");
  await lab.jobs.settled(row.runJobId);
  const ended = await findOperation(lab.store.read, id);
  if (ended?.state !== "done") throw new Error(`it ended as ${ended?.state}: ${ended?.failure?.code}`);
}

/** A fast operation that does not do it is worth nothing. */
function expectAll({ control }: Sandbox, people: number, areIn: boolean): void {
  const customers = control.truth().groups.filter(({ customer }) => customer);
  const wrong = customers.filter(({ memberIds }) => (memberIds.length === people + 1) !== areIn);
  if (wrong.length > 0) throw new Error(`${wrong.length} channels are not as they should be`);
}

async function close(lab: PlanningLab): Promise<void> {
  await lab.stop();
  await lab.store.close();
}
