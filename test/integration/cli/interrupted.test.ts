import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { canHaveKeyring, type KeyringSession, openKeyringSession } from "./keyring.ts";
import { answerOf, type Ended, muster, startMuster } from "./muster.ts";
import { type RunningSandbox, startSandboxCommand } from "./sandbox.ts";
import { type AuditAnswer, outcomeOf } from "./truth.ts";

/** More than the calls of a roster audit of the small world, which are seven. */
const mostKills = 10;

if (!canHaveKeyring)
  console.warn("SKIPPED: interrupted audits are tested with gnome-keyring, and so on Linux");

describe.skipIf(!canHaveKeyring)("an audit that is cut off", () => {
  let keyring: KeyringSession;
  let sandbox: RunningSandbox;
  let expected: unknown;
  beforeAll(async () => {
    keyring = await openKeyringSession();
    sandbox = await startSandboxCommand("--world", "small", "--seed", "9", "--limits", "off");
    const whole = await openProfile();
    expected = outcomeOf(answerOf<AuditAnswer>(await whole.audit()));
  });
  afterAll(async () => {
    await sandbox.stop();
    await keyring.close();
  });
  beforeEach(() => sandbox.fault("clear"));

  /** A profile with the workspace and its team in it. */
  async function openProfile() {
    const folder = join(makeTemporaryFolder(), "profile");
    const run = (args: readonly string[], stdin = ""): Promise<Ended> =>
      muster([...args, "--profile", folder, "--json"], { env: keyring.env, stdin });
    const signIn = (token: string): Promise<Ended> =>
      run(["connections", "add", "slack", "--token-stdin", "--api-url", sandbox.ready.slack.apiUrl], token);
    await signIn(sandbox.ready.slack.tokens.full);
    await run(["team", "import", "-"], sandbox.rules);
    const flags = ["audit", "--slack", "--strategy", "roster"];
    return {
      folder,
      run,
      signIn,
      audit: (...more: string[]): Promise<Ended> => run([...flags, ...more]),
      start: (...more: string[]) =>
        startMuster([...flags, ...more, "--profile", folder, "--json"], { env: keyring.env }),
      async listRuns(): Promise<string[]> {
        const { runs } = answerOf<{ runs: { id: string; state: string }[] }>(await run(["runs"]));
        return runs.map(({ id, state }) => `${id} ${state}`);
      },
    };
  }

  const slowDown = (delayMs: number): Promise<void> =>
    sandbox.fault("add", "--method", "*", "--kind", "slow", "--delay-ms", String(delayMs));

  async function untilCalls(count: number): Promise<void> {
    while ((await sandbox.countCalls()) < count) await sleep(5);
  }

  test("by kill -9, at every call, is gone on with by the next one, and ends as if nothing had happened", async () => {
    const profile = await openProfile();
    let kills = 0;
    for (let hasEnded = false; !hasEnded && kills < mostKills;) {
      // It gets one answer further than the one before, and is killed while it waits for the next.
      await sandbox.stallAfter(1);
      const audit = profile.start();
      const ended = audit.ended().then(() => true);
      hasEnded = await Promise.race([ended, untilCalls(2).then(() => false)]);
      if (hasEnded) break;
      // The answer is being worked on, is being stored, or is stored.
      await sleep((kills * 7) % 30);
      audit.process.kill("SIGKILL");
      await ended;
      kills += 1;
    }
    await sandbox.fault("clear");
    const before = await profile.listRuns();
    const isDone = before[0]?.endsWith(" completed") === true;
    const last = await (isDone ? profile.run(["runs", "show"]) : profile.audit());

    const answer = answerOf<AuditAnswer>(last);
    const verified = answerOf<{ intact: boolean }>(await profile.run(["activity", "verify"]));
    expect({
      isKilledOften: kills >= 5,
      before: before.length,
      after: (await profile.listRuns()).length,
      code: last.code,
      outcome: outcomeOf(answer),
      cells: new Set(answer.results.map(({ groupId, personId }) => `${groupId} ${personId}`)).size,
      intact: verified.intact,
    }).toEqual({
      isKilledOften: true,
      before: 1,
      after: 1,
      code: 0,
      outcome: expected,
      cells: answer.results.length,
      intact: true,
    });
  });

  test("by Ctrl+C is cancelled in good order, and gone on with when that is asked for", async () => {
    const profile = await openProfile();
    await sandbox.forgetCalls();
    await slowDown(300);
    const audit = profile.start();
    await untilCalls(2);
    audit.process.kill("SIGINT");
    // The launcher passes the terminal's Ctrl+C on: the same wish, heard twice.
    audit.process.kill("SIGINT");
    const stopped = await audit.ended();
    await sandbox.fault("clear");
    const fresh = await profile.audit();
    const resumed = await profile.audit("--resume");
    const nothingLeft = await profile.audit("--resume");

    const [first, second, third] = [stopped, fresh, resumed].map((one) => answerOf<AuditAnswer>(one));
    expect({
      codes: [stopped, fresh, resumed, nothingLeft].map(({ code }) => code),
      states: [first?.state, second?.state, third?.state],
      isOther: first?.runId !== second?.runId,
      isResumed: first?.runId === third?.runId,
      outcome: third && outcomeOf(third),
      nothingLeft: answerOf(nothingLeft),
    }).toMatchObject({
      codes: [130, 0, 0, 3],
      states: ["cancelled", "completed", "completed"],
      isOther: true,
      isResumed: true,
      outcome: expected,
      nothingLeft: { failure: { code: "job/not-resumable" } },
    });
  });

  test("by Ctrl+C in a wait of an hour ends now", async () => {
    const profile = await openProfile();
    const words = "add --method conversations.members --kind ratelimit --retry-after 3600 --times 1000";
    await sandbox.fault(...words.split(" "));
    const audit = profile.start();
    await audit.complained(/waiting until/);
    audit.process.kill("SIGINT");
    const stopped = await audit.ended();

    expect([stopped.code, answerOf<AuditAnswer>(stopped).state]).toEqual([130, "cancelled"]);
  });

  test("can be left for a new one", async () => {
    const profile = await openProfile();
    await sandbox.forgetCalls();
    await slowDown(300);
    const audit = profile.start();
    await untilCalls(2);
    audit.process.kill("SIGKILL");
    await audit.ended();
    await sandbox.fault("clear");
    const fresh = answerOf<AuditAnswer>(await profile.audit("--new"));

    expect({
      outcome: outcomeOf(fresh),
      runs: (await profile.listRuns()).map((run) => run.split(" ")[1]),
    }).toEqual({
      outcome: expected,
      runs: ["completed", "cancelled"],
    });
  });

  test("because its token was revoked meanwhile is paused, and goes on once the person has signed in again", async () => {
    const profile = await openProfile();
    const token = await sandbox.signInAnew();
    await profile.signIn(token);
    await sandbox.fault("add", "--method", "conversations.members", "--kind", "revoke", "--after", "3");
    const paused = await profile.audit();
    const stillPaused = await profile.audit();
    const { connections } = answerOf<{ connections: { state: string; failure: unknown }[] }>(
      await profile.run(["connections", "list"]),
    );
    await sandbox.fault("clear");
    const again = await profile.signIn(await sandbox.signInAnew());
    const resumed = await profile.audit();

    const [first, second, last] = [paused, stillPaused, resumed].map((one) => answerOf<AuditAnswer>(one));
    expect({
      codes: [paused, stillPaused, again, resumed].map(({ code }) => code),
      states: [first?.state, second?.state, last?.state],
      failures: [first?.failure?.code, second?.failure?.code, last?.failure],
      connections,
      runs: new Set([first, second, last].map((one) => one?.runId)).size,
      outcome: last && outcomeOf(last),
    }).toMatchObject({
      codes: [3, 3, 0, 0],
      states: ["paused", "paused", "completed"],
      failures: ["slack/token-revoked", "slack/token-revoked", null],
      connections: [{ state: "signed-out", failure: { code: "slack/token-revoked" } }],
      runs: 1,
      outcome: expected,
    });
  });

  test("because the program that launched it was killed stops in good order", async () => {
    const profile = await openProfile();
    await slowDown(1_000);
    await sandbox.forgetCalls();
    const launched = launch("audit", "--slack", "--profile", profile.folder);
    const pid = Number(await once(launched.stdout, "data"));
    await untilCalls(1);
    launched.kill("SIGKILL");
    while (isAlive(pid)) await sleep(20);
    await sandbox.fault("clear");

    const states = (await profile.listRuns()).map((run) => run.split(" ")[1]);
    expect(states).toEqual(["cancelled"]);
  });

  test("is the only thing that waits for the launcher: a command ends by itself", async () => {
    const launched = launch("--version");
    await once(launched.stdout, "data");
    expect(await once(launched, "exit")).toEqual([0, null]);
  });

  /** Starts the command line as scripts/muster.mjs does. */
  function launch(...args: string[]) {
    return spawn(process.execPath, [join(import.meta.dirname, "launcher.mjs"), ...args], {
      env: { ...process.env, ...keyring.env, ELECTRON_RUN_AS_NODE: "1" },
      stdio: ["ignore", "pipe", "ignore"],
    });
  }
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
