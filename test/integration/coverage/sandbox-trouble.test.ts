import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { startSandbox, type Sandbox, type SandboxOptions } from "#sandbox/start-sandbox.ts";
import { openCoverageLab } from "#test/support/coverage-lab.ts";
import { connectionTo, expectedCells, settledCells, teamOf } from "#test/support/sandbox-audit.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";

const open: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  open.push(sandbox);
  return sandbox;
}

test.each(["inverse", "roster"] as const)(
  "%s: storms of 429, stalls, drops, HTML, cut bodies, 5xx and short pages change nothing of the result",
  async (strategy) => {
    const sandbox = await openSandbox({ seed: 5, limits: false });
    const method = strategy === "inverse" ? "users.conversations" : "conversations.members";
    sandbox.control.addFault({ method, kind: "ratelimit", times: 8, retryAfterS: 1 });
    for (const [at, kind] of [
      "stall",
      "drop",
      "html",
      "cut-json",
      "http500",
      "http503",
      "truncate",
      "duplicate",
    ].entries())
      sandbox.control.addFault({ method, kind, after: 8 + at });
    for (const kind of ["html", "drop", "truncate"])
      sandbox.control.addFault({ method: "conversations.list", kind });
    const teamAndRules = teamOf(sandbox);
    const lab = await openCoverageLab({
      connections: [connectionTo(sandbox, { deadlineMs: 400 })],
      teamAndRules: () => teamAndRules,
    });
    const started = await lab.coverage.start({ connectionIds: [], strategy }, "command-line");
    if (!started.ok) throw new Error(started.error.code);
    const run = await lab.coverage.waitForEnd(started.value.runId);
    const report = await lab.coverage.getReport(run.id);
    await lab.stop();
    await lab.store.close();
    expect({
      state: run.state,
      waited: run.waitedMs >= 1_000,
      cells: report.ok && settledCells(report.value),
    }).toEqual({ state: "completed", waited: true, cells: expectedCells(sandbox, teamAndRules) });
  },
);

const auditProcess = resolve(import.meta.dirname, "..", "..", "support", "audit-process.ts");

test.each(["inverse", "roster"] as const)(
  "%s: a process killed with SIGKILL again and again ends with the same result, and no row twice",
  async (strategy) => {
    const sandbox = await openSandbox({ seed: 9, limits: false });
    sandbox.control.addFault({ method: "*", kind: "slow", delayMs: 25 });
    const teamAndRules = teamOf(sandbox);
    const expected = expectedCells(sandbox, teamAndRules);
    const folder = makeTemporaryFolder();
    const begin = (): ChildProcess =>
      spawn(
        process.execPath,
        [auditProcess, folder, strategy, JSON.stringify({ ready: sandbox.ready, teamAndRules })],
        { env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" }, stdio: ["ignore", "pipe", "inherit"] },
      );

    const killAt = strategy === "inverse" ? [1, 5, 12] : [1, 12, 30, 60];
    for (const calls of killAt) {
      const child = begin();
      const exit = once(child, "exit");
      while (sandbox.control.calls().total < calls && child.exitCode === null) await delay(2);
      child.kill("SIGKILL");
      await exit;
    }
    const child = begin();
    let output = "";
    child.stdout?.on("data", (text: Buffer) => (output += text.toString()));
    await once(child, "exit");

    const { cells, results, state, calls } = JSON.parse(output) as Record<string, unknown>;
    const fewest = strategy === "inverse" ? 13 : 73;
    const inFlightAtKills = killAt.length * 8;
    expect({
      cells,
      results,
      state,
      // At most the calls in flight at a kill are made again.
      again: sandbox.control.calls().total <= fewest + inFlightAtKills,
      // A call counts when it is begun: of those in flight at a kill, some never reached the sandbox.
      counted: Number(calls) <= sandbox.control.calls().total + inFlightAtKills,
    }).toEqual({
      cells: expected,
      results: Object.keys(expected).length,
      state: "completed",
      again: true,
      counted: true,
    });
  },
  60_000,
);
