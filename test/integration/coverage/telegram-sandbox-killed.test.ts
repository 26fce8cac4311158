import { expect, onTestFinished, test } from "vitest";
import type { CallReport } from "#sandbox/control/call-log.ts";
import type { SandboxReady } from "#sandbox/start-sandbox.ts";
import type { Truth } from "#sandbox/world/truth.ts";
import { openTestLab } from "#test/support/open-test-lab.ts";
import { type SandboxChild, startSandboxChild } from "#test/support/sandbox-child.ts";
import { bothTeamsOf, connectBoth, judge } from "#test/support/sandbox-telegram-audit.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";

/** What a running sandbox in another process answers behind the scenes. */
async function ask(ready: SandboxReady, resource: string, body?: object): Promise<unknown> {
  const answer = await fetch(new URL(resource, ready.controlUrl), {
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  return answer.json();
}

/** So slow that the kill falls into the middle of the run. */
function slowDown(ready: SandboxReady): Promise<unknown> {
  return ask(ready, "faults", { platform: "telegram", method: "*", kind: "slow", delayMs: 40 });
}

async function callsOf(ready: SandboxReady): Promise<number> {
  const { counts } = (await ask(ready, "calls")) as CallReport;
  return Object.entries(counts).reduce(
    // Telegram's names have one dot and a family that Slack does not have.
    (sum, [method, calls]) => (/^(messages|channels)\./.test(method) ? sum + calls : sum),
    0,
  );
}

test.each(["inverse", "roster"] as const)(
  "%s: Slack and Telegram killed and started again in the middle of the run change nothing of its result",
  { timeout: 120_000 },
  async (strategy) => {
    const state = makeTemporaryFolder();
    const start = (...flags: string[]): Promise<SandboxChild> =>
      startSandboxChild({
        world: "reference",
        seed: 3,
        limits: false,
        flags: ["--telegram-state", state, ...flags],
      });
    const first = await start();
    const { dc } = first.ready.telegram;
    const ports = [
      "--telegram-port",
      String(dc.port),
      "--slack-port",
      new URL(first.ready.slack.apiUrl).port,
    ];
    const truth = (await ask(first.ready, "truth")) as Truth;
    const world = { control: { truth: () => truth } };
    const team = bothTeamsOf(world);
    const both = await connectBoth(first);
    onTestFinished(both.close);
    const lab = await openTestLab(both.connections, team);
    await slowDown(first.ready);

    const started = await lab.coverage.start({ connectionIds: [], strategy }, "command-line");
    if (!started.ok) throw new Error(started.error.code);
    const { runId } = started.value;
    await expect.poll(() => callsOf(first.ready), { timeout: 30_000 }).toBeGreaterThan(20);
    await first.kill();
    const isUnreachable = () => lab.reached.some((told) => told.startsWith("telegram"));
    await expect.poll(isUnreachable, { timeout: 60_000 }).toBe(true);
    const atKill = (await lab.coverage.getRun({ runId })) as { value: { run: { state: string } } };
    const second = await start(...ports);
    onTestFinished(second.close);
    const run = await lab.coverage.waitForEnd(runId);
    const report = await lab.coverage.getReport(runId);

    if (!report.ok) throw new Error(report.error.code);
    const { wrong, unjustified, settled } = judge(world, report.value, team);
    expect({
      atKill: ["running", "waiting"].includes(atKill.value.run.state),
      state: run.state,
      wrong,
      unjustified,
      hasSettledMost: settled > 1_000,
      signedOut: lab.signedOut,
      isSessionTheSame: ((await ask(second.ready, "telegram/sign-ins")) as { signIns: [] }).signIns.length,
    }).toEqual({
      atKill: true,
      state: "completed",
      wrong: [],
      unjustified: [],
      hasSettledMost: true,
      signedOut: [],
      isSessionTheSame: 1,
    });
  },
);
