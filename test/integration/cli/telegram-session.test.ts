import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { keychainServiceName } from "#main/platforms/system/index.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { canHaveKeyring, type KeyringSession, openKeyringSession } from "./keyring.ts";
import { answerOf, type Ended, muster } from "./muster.ts";
import { type RunningSandbox, startSandboxCommand } from "./sandbox.ts";
import { judgeTelegram, openTelegramProfile, type TelegramProfile } from "./telegram-profile.ts";
import type { AuditAnswer, Truth } from "./truth.ts";

interface Answer {
  readonly failure?: { readonly code: string; readonly message: string; readonly todo: string };
  readonly connection?: { readonly id: string; readonly state: string };
}

const audit = ["audit", "--telegram"];

if (!canHaveKeyring) console.warn("SKIPPED: sessions are tested with gnome-keyring, and so on Linux");

describe.skipIf(!canHaveKeyring)("a Telegram session on the command line", () => {
  let keyring: KeyringSession;
  let sandbox: RunningSandbox;
  let truth: Truth;
  beforeAll(async () => {
    keyring = await openKeyringSession();
    sandbox = await startSandboxCommand("--world", "small", "--seed", "5", "--limits", "off");
    truth = answerOf<Truth>(
      await muster(["sandbox", "truth", "--json", "--control", sandbox.ready.controlUrl]),
    );
  });
  afterAll(async () => {
    await sandbox.stop();
    await keyring.close();
  });
  beforeEach(() => sandbox.fault("clear"));

  async function openSignedIn(): Promise<{ profile: TelegramProfile; id: string }> {
    const profile = openTelegramProfile(keyring, sandbox);
    const added = answerOf<Answer>(await profile.signIn());
    await profile.run(["team", "import", "-"], sandbox.rules);
    return { profile, id: added.connection?.id ?? "" };
  }

  /** Another data folder with everything that is in this one, as somebody makes who copies it. */
  function copyOf({ folder }: TelegramProfile): TelegramProfile {
    const copy = join(makeTemporaryFolder(), "profile");
    cpSync(folder, copy, { recursive: true, filter: (path) => !path.includes("profile.lock") });
    return openTelegramProfile(keyring, sandbox, copy);
  }

  /** Takes the secret along as well, which nobody does by accident. */
  function copySecret(from: TelegramProfile, to: TelegramProfile, id: string): void {
    const script = `
      const keytar = require(process.argv[1]);
      const [from, to, id] = process.argv.slice(2);
      keytar.getPassword(from, id).then((secret) => keytar.setPassword(to, id, secret));`;
    const keytar = createRequire(import.meta.url).resolve("@github/keytar");
    const services = [from, to].map(({ folder }) => keychainServiceName(folder));
    const { status } = spawnSync(process.execPath, ["-e", script, keytar, ...services, id], {
      env: { ...process.env, ...keyring.env, ELECTRON_RUN_AS_NODE: "1" },
      stdio: "inherit",
    });
    if (status !== 0) throw new Error("the secret could not be copied");
  }

  const stateOf = async (profile: TelegramProfile, id: string): Promise<string> =>
    answerOf<Answer>(await profile.run(["connections", "check", id])).connection?.state ?? "?";

  test("is made by a QR code that is drawn on standard error, and ended at Telegram by removing it", async () => {
    const { profile, id } = await openSignedIn();
    const during = await sandbox.signIns();
    const checked = await stateOf(profile, id);
    const removed = await profile.run(["connections", "remove", id]);

    const owner = sandbox.ready.telegram.accounts[0];
    expect([id, checked, during, removed.code, await sandbox.signIns()]).toMatchObject([
      `telegram:-:${owner?.userId}`,
      "ready",
      [{ personId: owner?.personId, device: "Muster" }],
      0,
      [],
    ]);
  });

  test("does not come along when its data folder is copied, and says what to do", async () => {
    const { profile, id } = await openSignedIn();
    const copy = copyOf(profile);
    const failed = answerOf<Answer>(await copy.run(["connections", "check", id]));

    expect([failed, await stateOf(profile, id)]).toMatchObject([
      { connection: { state: "signed-out", failure: { code: "keychain/secret-missing" } } },
      "ready",
    ]);
  });

  test("works in two processes at once where Telegram lets it: both audits are right", async () => {
    const { profile, id } = await openSignedIn();
    const copy = copyOf(profile);
    copySecret(profile, copy, id);
    await sandbox.fault(
      "add",
      "--platform",
      "telegram",
      "--method",
      "*",
      "--kind",
      "slow",
      "--delay-ms",
      "20",
    );
    const both = await Promise.all([profile.run(audit), copy.run(audit)]);

    const judged = both.map((ended) => judgeTelegram(answerOf<AuditAnswer>(ended), truth));
    expect({
      codes: both.map(({ code }) => code),
      wrong: judged.map(({ wrong }) => wrong),
      hasSettled: judged.every(({ settled }) => settled > 20),
    }).toEqual({ codes: [0, 0], wrong: [[], []], hasSettled: true });
  });

  test("is void in both when Telegram sees it in two places: each says so and what to do, and goes on after its own sign-in", async () => {
    const others = (await sandbox.signIns()).length;
    const { profile, id } = await openSignedIn();
    const copy = copyOf(profile);
    copySecret(profile, copy, id);
    const fault = (words: string) => sandbox.fault("add", "--platform", "telegram", ...words.split(" "));
    // The first fault that fits strikes: who connects second is noticed, and everything else takes its time.
    await fault("--method help.getConfig --kind duplicate-key");
    await fault("--method * --kind slow --delay-ms 60");
    const both = await Promise.all([profile.run(audit), copy.run(audit)]);
    const before = await profile.run(["runs"]);
    await sandbox.fault("clear");
    const again = [await profile.signIn(), await profile.run(audit)];
    const stillVoid = answerOf<Answer>(await copy.run(["connections", "check", id]));
    const other = [await copy.signIn(), await copy.run(audit)];

    const runIdOf = (ended: Ended) => answerOf<AuditAnswer>(ended).runId;
    const runsBefore = answerOf<{ runs: { id: string; state: string }[] }>(before).runs;
    const finished = [again[1], other[1]].map((ended) => answerOf<AuditAnswer>(ended as Ended));
    expect({
      codes: both.map(({ code }) => code),
      said: both.map(
        ({ stderr }) => /in two places at the same time/.test(stderr) && /session of its own/.test(stderr),
      ),
      runs: runsBefore.map(({ id: runId, state }) => [runId === runIdOf(both[0]), state]),
      isSameRun: finished.map((answer, at) => answer.runId === runIdOf(both[at] as Ended)),
      states: finished.map(({ state }) => state),
      wrong: finished.map((answer) => judgeTelegram(answer, truth).wrong),
      stillVoid,
      signIns: (await sandbox.signIns()).length - others,
    }).toMatchObject({
      codes: [3, 3],
      said: [true, true],
      runs: [[true, "paused"]],
      isSameRun: [true, true],
      states: ["completed", "completed"],
      wrong: [[], []],
      stillVoid: { connection: { state: "signed-out" } },
      signIns: 2,
    });
  });

  test("waits for a locked keychain: nothing is asked of Telegram, nothing is lost, and unlocking is enough", async () => {
    const { profile, id } = await openSignedIn();
    await keyring.lock();
    await sandbox.forgetCalls();
    const refused = answerOf<Answer>(await profile.signIn());
    const checked = answerOf<Answer>(await profile.run(["connections", "check", id]));
    const audited = await profile.run(audit);
    const asked = await sandbox.countCalls();
    await keyring.unlock();
    const resumed = await profile.run(audit);

    expect({
      refused: refused.failure?.code,
      checked,
      audited: [audited.code, answerOf<AuditAnswer>(audited).failure?.code],
      asked,
      resumed: [resumed.code, judgeTelegram(answerOf<AuditAnswer>(resumed), truth).wrong],
      state: await stateOf(profile, id),
    }).toMatchObject({
      refused: "keychain/locked",
      checked: { connection: { state: "unreachable", failure: { code: "keychain/locked" } } },
      audited: [3, "keychain/locked"],
      asked: 0,
      resumed: [0, []],
      state: "ready",
    });
  });
});
