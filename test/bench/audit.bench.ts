import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import type { Strategy } from "#shared/domain/coverage.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import { startSandbox, type Sandbox } from "#sandbox/start-sandbox.ts";
import type { BenchResult } from "#test/support/bench-result.ts";
import { openCoverageLab, type LabConnection } from "#test/support/coverage-lab.ts";
import { connectionTo, expectedCells, settledCells, teamOf } from "#test/support/sandbox-audit.ts";
import { startSandboxChild } from "#test/support/sandbox-child.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";

/** How much shorter than Slack's the minute of the limited sandbox is: three minutes of limits take twelve seconds. */
const TIME_SCALE = 0.1;
const MINUTE_MS = 60_000 * TIME_SCALE;

/** What an audit costs: calls, time under limits, time of our own, and how long it holds the main thread. */
export async function run(): Promise<BenchResult[]> {
  return [
    ...(await measureReference("inverse")),
    ...(await measureReference("roster")),
    await measureUnderLimits(),
    ...(await measureOwnTime("inverse")),
    ...(await measureOwnTime("roster")),
  ];
}

/** The reference workspace under its real limits: both strategies fit into Slack's first minute. */
async function measureReference(strategy: Strategy): Promise<BenchResult[]> {
  const sandbox = await startSandbox();
  const teamAndRules = teamOf(sandbox);
  const { elapsedMs, calls } = await audit(connectionTo(sandbox), teamAndRules, strategy, (cells) =>
    check(cells, expectedCells(sandbox, teamAndRules)),
  );
  const floorMs = await timeOfBareCalls(sandbox);
  const fewest = fewestCalls(sandbox, teamAndRules, strategy);
  await sandbox.close();
  const name = `audit, reference workspace, ${strategy}`;
  return [
    {
      name: `${name}: calls`,
      value: calls,
      unit: "calls",
      floor: fewest,
      against: "fewest possible",
      aim: 1,
    },
    {
      name: `${name}: wall time`,
      value: elapsedMs,
      unit: "ms",
      floor: calls * floorMs,
      against: "the calls alone, one by one",
    },
  ];
}

/** Enough rosters that the limits, not the calls, decide: 250 channels are three minutes' worth of Slack's. */
async function measureUnderLimits(): Promise<BenchResult> {
  const world = join(makeTemporaryFolder(), "world.json");
  writeFileSync(
    world,
    JSON.stringify({ version: 1, generate: { channels: 340, customerChannels: 330, messages: 1 } }),
  );
  const sandbox = await startSandbox({ world, rateTimeScale: TIME_SCALE });
  const teamAndRules = teamOf(sandbox);
  const { elapsedMs, calls } = await audit(
    connectionTo(sandbox, { limitWindowMs: MINUTE_MS }),
    teamAndRules,
    "roster",
    (cells) => check(cells, expectedCells(sandbox, teamAndRules)),
  );
  const floorMs = Math.floor((calls - 2) / 100) * MINUTE_MS;
  await sandbox.close();
  return {
    name: `audit of ${calls - 1} rosters under enforced limits (1/10 time): wall time`,
    value: elapsedMs,
    unit: "ms",
    floor: floorMs,
    against: "what 100 calls a minute allow",
    aim: 1.1,
  };
}

/** 1,000 channels × 500 members without limits, the sandbox in another process. */
async function measureOwnTime(strategy: Strategy): Promise<BenchResult[]> {
  const local = await startSandbox({ world: "huge", limits: false });
  const teamAndRules = teamOf(local);
  const expected = expectedCells(local, teamAndRules);
  await local.close();
  const sandbox = await startSandboxChild({ world: "huge", limits: false });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let cpuBefore = process.cpuUsage();
  // A window of a millisecond takes our own governor's limits away, too.
  const connection = connectionTo(sandbox, { limitWindowMs: 1 });
  let cpu = cpuBefore;
  const { elapsedMs, calls } = await audit(
    connection,
    teamAndRules,
    strategy,
    (cells) => {
      // The comparison is the bench's own work, and not the audit's.
      delay.disable();
      cpu = process.cpuUsage(cpuBefore);
      check(cells, expected);
    },
    () => {
      cpuBefore = process.cpuUsage();
      delay.enable();
    },
  );
  await sandbox.close();
  const name = `audit, 1,000 channels × 500 members, limits off, ${strategy}`;
  return [
    { name: `${name} (${calls} calls): wall time`, value: elapsedMs, unit: "ms" },
    { name: `${name}: own processing time`, value: (cpu.user + cpu.system) / 1_000, unit: "ms" },
    { name: `${name}: longest main-thread stall`, value: delay.max / 1e6, unit: "ms", aim: 50 },
  ];
}

async function audit(
  connection: LabConnection,
  teamAndRules: TeamAndRules,
  strategy: Strategy,
  verify: (cells: Record<string, string>) => void,
  begin: () => void = () => {},
): Promise<{ elapsedMs: number; calls: number }> {
  const lab = await openCoverageLab({ connections: [connection], teamAndRules: () => teamAndRules });
  begin();
  const startedMs = performance.now();
  const started = await lab.coverage.start({ connectionIds: [], strategy }, "command-line");
  if (!started.ok) throw new Error(started.error.code);
  const run = await lab.coverage.waitForEnd(started.value.runId);
  const elapsedMs = performance.now() - startedMs;
  const report = await lab.coverage.getReport(run.id);
  if (!report.ok) throw new Error(report.error.code);
  verify(settledCells(report.value));
  await lab.stop();
  await lab.store.close();
  return { elapsedMs, calls: run.calls };
}

/** A fast audit that is wrong is worth nothing. */
function check(cells: Record<string, string>, expected: Record<string, string>): void {
  const wrong = Object.entries(expected).filter(([cell, presence]) => cells[cell] !== presence);
  if (wrong.length > 0) throw new Error(`${wrong.length} cells are wrong, first: ${wrong[0]?.join(": ")}`);
}

/** One page of the listing, and one call a person, or one a group and 999 members. */
function fewestCalls(sandbox: Sandbox, { team }: TeamAndRules, strategy: Strategy): number {
  const truth = sandbox.control.truth();
  if (strategy === "inverse") return 1 + team.filter((member) => member.status !== "inactive").length;
  const groups = truth.groups.filter((group) => group.customer && group.visibleToToken);
  return 1 + groups.reduce((sum, group) => sum + Math.max(1, Math.ceil(group.memberIds.length / 999)), 0);
}

/** The time of one call of the platform, without an audit around it. */
async function timeOfBareCalls(sandbox: Sandbox): Promise<number> {
  sandbox.control.configure({ limits: false });
  const session = connectionTo(sandbox).open();
  if (!session.ok) throw new Error(session.error.code);
  const { signal } = new AbortController();
  const rounds = 20;
  const startedMs = performance.now();
  for (let round = 0; round < rounds; round += 1)
    await session.value.fetchChannelsOfUser({
      userId: sandbox.ready.slack.tokenOwnerId,
      cursor: null,
      signal,
    });
  return (performance.now() - startedMs) / rounds;
}
