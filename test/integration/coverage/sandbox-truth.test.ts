import { afterEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "#sandbox/start-sandbox.ts";
import type { SingleRunReport } from "#main/features/coverage/index.ts";
import type { Strategy } from "#shared/domain/coverage.ts";
import { openCoverageLab } from "#test/support/coverage-lab.ts";
import { connectionTo, expectedCells, settledCells, teamOf } from "#test/support/sandbox-audit.ts";

const SEEDS = Array.from({ length: 20 }, (_, at) => at + 1);

const open: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

async function auditWith(sandbox: Sandbox, strategy: Strategy): Promise<SingleRunReport> {
  const lab = await openCoverageLab({
    connections: [connectionTo(sandbox)],
    teamAndRules: () => teamOf(sandbox),
  });
  const started = await lab.coverage.start({ connectionIds: [], strategy }, "command-line");
  if (!started.ok) throw new Error(started.error.code);
  await lab.coverage.waitForEnd(started.value.runId);
  const report = await lab.coverage.getReport(started.value.runId);
  await lab.stop();
  await lab.store.close();
  if (!report.ok) throw new Error(report.error.code);
  return report.value;
}

test.each(SEEDS)("world %i: both strategies say what is really so, with the fewest calls", async (seed) => {
  const sandbox = await startSandbox({ seed, limits: false });
  open.push(sandbox);
  const teamAndRules = teamOf(sandbox);
  const expected = expectedCells(sandbox, teamAndRules);
  const truth = sandbox.control.truth();
  const asked = new Set(Object.keys(expected).map((cell) => cell.split(" ")[0]));

  sandbox.control.clearCalls();
  const inverse = await auditWith(sandbox, "inverse");
  const inverseCalls = sandbox.control.calls();
  sandbox.control.clearCalls();
  const roster = await auditWith(sandbox, "roster");
  const rosterCalls = sandbox.control.calls();

  const active = teamAndRules.team.filter((member) => member.status !== "inactive");
  expect({
    inverse: settledCells(inverse),
    inverseState: inverse.run.state,
    inverseCalls: inverseCalls.counts,
    roster: settledCells(roster),
    rosterState: roster.run.state,
    rosterCalls: rosterCalls.counts,
    counted: [inverse.run.calls, roster.run.calls],
  }).toEqual({
    inverse: expected,
    inverseState: "completed",
    inverseCalls: {
      "conversations.list": Math.ceil(truth.groups.filter((group) => group.visibleToToken).length / 1_000),
      "users.conversations": active.length,
      ...verifications(inverse),
    },
    roster: expected,
    rosterState: "completed",
    rosterCalls: {
      "conversations.list": Math.ceil(truth.groups.filter((group) => group.visibleToToken).length / 1_000),
      "conversations.members": asked.size,
    },
    counted: [inverseCalls.total, rosterCalls.total],
  });
});

/** Shared channels that hold nobody of the team: no listing names them, so only their rosters prove an absence. */
function verifications(report: SingleRunReport): Record<string, number> {
  const present = new Set(
    report.results.filter((result) => result.presence === "present").map((result) => result.groupKey),
  );
  const wanted = new Set(report.results.map((result) => result.groupKey));
  const unseen = report.groups.filter(
    (group) => group.isShared && wanted.has(group.key) && !present.has(group.key),
  );
  return unseen.length === 0 ? {} : { "conversations.members": unseen.length };
}
