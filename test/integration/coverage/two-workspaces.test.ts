import { expect, onTestFinished, test } from "vitest";
import { startSandbox, type Sandbox } from "#sandbox/start-sandbox.ts";
import { openTestLab } from "#test/support/open-test-lab.ts";
import { reportOf } from "#test/support/scripted-audit.ts";
import { connectionTo, expectedCells, settledCells, teamOf } from "#test/support/sandbox-audit.ts";

async function openWorld(seed: number): Promise<Sandbox> {
  const sandbox = await startSandbox({ world: "small", seed, limits: false });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

test.each(["inverse", "roster"] as const)(
  "%s: an account that only the other workspace has proves nothing here, not even by a complete member list",
  async (strategy) => {
    const [home, other] = [await openWorld(1), await openWorld(2)];
    const team = teamOf(home);
    const lab = await openTestLab([connectionTo(home), connectionTo(other)], team);
    const started = await lab.coverage.start({ connectionIds: [], strategy }, "command-line");
    if (!started.ok) throw new Error(started.error.code);
    const said = settledCells(await reportOf(lab, started.value.runId));

    const strangers = Object.keys(expectedCells(other, team)).map((cell) => [
      cell,
      "unknown: identity-not-found",
    ]);
    expect(said).toEqual({ ...expectedCells(home, team), ...Object.fromEntries(strangers) });
  },
);
