import { expect, test } from "vitest";
import { createSandboxLauncher, spawnWithNode } from "#main/platforms/sandbox/index.ts";
import { openSlackSession } from "#main/platforms/slack/index.ts";
import { silentLog } from "#shared/lib/log.ts";
import { systemClock } from "#shared/lib/system-clock.ts";

/** The runtime strips types, so the sandbox runs from its sources here. */
const launcher = createSandboxLauncher({ spawn: spawnWithNode("src/sandbox/index.ts"), log: silentLog });

test("a real sandbox starts, answers, gives its sample team and ends", async () => {
  const started = await launcher.start({ seed: 5, world: "small", limits: "off" });
  if (!started.ok) throw new Error(started.error.message);
  const { ready, fetchSampleTeam, stop } = started.value;
  const session = openSlackSession({
    token: ready.slackToken,
    apiUrl: ready.slackApiUrl,
    clock: systemClock,
    log: silentLog,
    retryPauseMs: 1,
  });
  const identity = await session.fetchIdentity({ signal: new AbortController().signal });
  const team = await fetchSampleTeam();
  await stop();
  const after = await session.fetchIdentity({ signal: new AbortController().signal });

  expect({
    identity,
    team: team.ok && Object.keys(JSON.parse(team.value) as object).length > 0,
    after,
  }).toMatchObject({
    identity: { ok: true, value: { teamId: ready.slackTeamId, tokenKind: "user" } },
    team: true,
    after: { error: { code: "network/unreachable" } },
  });
});

test("a sandbox that cannot make its world says why", async () => {
  expect(await launcher.start({ world: "/nowhere/world.json" })).toMatchObject({
    error: {
      code: "sandbox/not-started",
      facts: { reason: expect.stringContaining("/nowhere/world.json") as string },
    },
  });
});

test("a program that cannot be run is a sandbox that does not start", async () => {
  const broken = createSandboxLauncher({ spawn: spawnWithNode("/nowhere/sandbox.js"), log: silentLog });

  expect(await broken.start({})).toMatchObject({ error: { code: "sandbox/not-started" } });
});
