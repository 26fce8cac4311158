/** A process that audits a sandbox in a profile folder, to be killed: takes up what the one before it left. */
import { RunId } from "#shared/domain/ids.ts";
import type { Strategy } from "#shared/domain/coverage.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { SandboxReady } from "#sandbox/start-sandbox.ts";
import { openCoverageLab } from "./coverage-lab.ts";
import { connectionTo, settledCells } from "./sandbox-audit.ts";
import { openTemporaryStore } from "./temporary-store.ts";

const [folder = "", strategy = "", input = ""] = process.argv.slice(2);
const { ready, teamAndRules } = JSON.parse(input) as { ready: SandboxReady; teamAndRules: TeamAndRules };
const store = await openTemporaryStore({ folder });
const lab = await openCoverageLab({
  store,
  connections: [connectionTo({ ready })],
  teamAndRules: () => teamAndRules,
});
const [unfinished] = (await lab.coverage.listRuns({ cursor: null, limit: 1 })).items;
const runId = unfinished?.id ?? (await start());
await lab.coverage.waitForEnd(runId);
const report = await lab.coverage.getReport(runId);
if (!report.ok) throw new Error(report.error.code);
const { run } = report.value;
await lab.stop();
await store.close();
process.stdout.write(
  JSON.stringify({
    cells: settledCells(report.value),
    results: report.value.results.length,
    state: run.state,
    calls: run.calls,
  }),
);

async function start(): Promise<RunId> {
  const started = await lab.coverage.start(
    { connectionIds: [], strategy: strategy as Strategy },
    "command-line",
  );
  if (!started.ok) throw new Error(started.error.code);
  return RunId.parse(started.value.runId);
}
