import { expect, test } from "vitest";
import { startSandbox, type Sandbox } from "#sandbox/start-sandbox.ts";
import type { SingleRunReport } from "#main/features/coverage/index.ts";
import type { Strategy } from "#shared/domain/coverage.ts";
import { openCoverageLab } from "#test/support/coverage-lab.ts";
import { bothTeamsOf, connectBoth, judge } from "#test/support/sandbox-telegram-audit.ts";

const SEEDS = Array.from({ length: 20 }, (_, at) => at + 1);

async function auditWith(sandbox: Sandbox, strategy: Strategy): Promise<SingleRunReport> {
  const both = await connectBoth(sandbox);
  const lab = await openCoverageLab({
    connections: both.connections,
    teamAndRules: () => bothTeamsOf(sandbox),
  });
  try {
    const started = await lab.coverage.start({ connectionIds: [], strategy }, "command-line");
    if (!started.ok) throw new Error(started.error.code);
    await lab.coverage.waitForEnd(started.value.runId);
    const report = await lab.coverage.getReport(started.value.runId);
    if (!report.ok) throw new Error(report.error.code);
    return report.value;
  } finally {
    await lab.stop();
    await lab.store.close();
    await both.close();
  }
}

test.each(SEEDS)(
  "world %i: Slack and Telegram in one run say what is really so, and every unknown has its cause in the world",
  async (seed) => {
    const sandbox = await startSandbox({ seed, limits: false });
    try {
      const strategy = seed % 2 === 1 ? "inverse" : "roster";
      const report = await auditWith(sandbox, strategy);
      const { wrong, unjustified, settled, unknown } = judge(sandbox, report, bothTeamsOf(sandbox));
      expect({ state: report.run.state, wrong, unjustified, mostSettled: unknown * 20 < settled }).toEqual({
        state: "completed",
        wrong: [],
        unjustified: [],
        mostSettled: true,
      });
    } finally {
      await sandbox.close();
    }
  },
  60_000,
);
