import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { canHaveKeyring, type KeyringSession, openKeyringSession, withoutKeyring } from "./keyring.ts";
import { answerOf, type Ended, muster, type MusterOptions, startMuster } from "./muster.ts";
import { type RunningSandbox, startSandboxCommand } from "./sandbox.ts";
import { type AuditAnswer, findUntruths, type Truth } from "./truth.ts";

interface Listed {
  readonly connections: readonly {
    readonly id: string;
    readonly state: string;
    readonly failure: { readonly code: string } | null;
    readonly isProduction: boolean;
    readonly scopes: readonly { readonly scope: string; readonly granted: boolean; readonly need: string }[];
  }[];
}

if (!canHaveKeyring) console.warn("SKIPPED: signing in is tested with gnome-keyring, and so on Linux");

describe.skipIf(!canHaveKeyring)("a workspace signed in on the command line", () => {
  let keyring: KeyringSession;
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    keyring = await openKeyringSession();
    sandbox = await startSandboxCommand("--world", "small", "--seed", "5", "--limits", "off");
  });
  afterAll(async () => {
    await sandbox.stop();
    await keyring.close();
  });

  /** A profile of its own, and `muster` in it. */
  function openProfile(keychain: NodeJS.ProcessEnv = keyring.env) {
    const folder = join(makeTemporaryFolder(), "profile");
    const run = (args: readonly string[], options: MusterOptions = {}): Promise<Ended> =>
      muster([...args, "--profile", folder, "--json"], { env: keychain, ...options });
    return {
      folder,
      run,
      signIn: (token: string): Promise<Ended> =>
        run(["connections", "add", "slack", "--token-stdin", "--api-url", sandbox.ready.slack.apiUrl], {
          stdin: `${token}\n`,
        }),
      async list() {
        return answerOf<Listed>(await run(["connections", "list"])).connections;
      },
      importRules: (): Promise<Ended> => run(["team", "import", "-"], { stdin: sandbox.rules }),
    };
  }

  test("is added, listed, audited, compared and removed, and its token is nowhere but in the keychain", async () => {
    const profile = openProfile();
    const token = await sandbox.signInAnew();
    const added = await profile.signIn(token);
    const imported = await profile.importRules();
    const first = answerOf<AuditAnswer>(await profile.run(["audit", "--slack"]));
    const truth = answerOf<Truth>(
      await muster(["sandbox", "truth", "--json", "--control", sandbox.ready.controlUrl]),
    );
    const gap = first.findings.find(({ kind }) => kind === "missing-required");
    const account = first.personList.find(({ personId }) => personId === gap?.personId)?.identities[0];
    const person = { channel: gap?.groupId ?? "", user: account?.userId ?? "" };
    await sandbox.change({ kind: "add-member", ...person });
    const second = answerOf<AuditAnswer>(await profile.run(["audit", "--slack", "--strategy", "inverse"]));
    await sandbox.change({ kind: "remove-member", ...person });
    const compared = answerOf(await profile.run(["runs", "compare", first.runId, second.runId]));
    const runs = answerOf<{ runs: { id: string }[] }>(await profile.run(["runs"]));
    const [connection] = await profile.list();
    const contents = readdirSync(profile.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
    const removed = await profile.run(["connections", "remove", connection?.id ?? "", "--revoke"]);
    const again = await profile.signIn(token);

    expect({
      codes: [added.code, imported.code, removed.code],
      state: [connection?.state, connection?.isProduction],
      untruths: findUntruths(first, truth),
      strategies: [first.strategy === "roster" || first.strategy === "inverse", second.strategy],
      compared,
      runs: runs.runs.map(({ id }) => id),
      isLeaked: contents.some((text) => text.includes(token)),
      afterwards: await profile.list(),
      again: [again.code, answerOf(again)],
    }).toMatchObject({
      codes: [0, 0, 0],
      state: ["ready", false],
      untruths: [],
      strategies: [true, "inverse"],
      compared: {
        newGaps: [],
        closedGaps: [{ personId: gap?.personId, level: "required" }],
        newGroups: [],
        goneGroups: [],
        renamedGroups: [],
      },
      runs: [second.runId, first.runId],
      isLeaked: false,
      afterwards: [],
      again: [3, { failure: { code: "slack/token-revoked" } }],
    });
  });

  test("without a keychain is refused with what to do, and nothing is stored", async () => {
    const profile = openProfile(withoutKeyring());
    const refused = await profile.signIn(sandbox.ready.slack.tokens.full);
    const stored = readdirSync(profile.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));

    expect({
      code: refused.code,
      failure: answerOf(refused),
      todo: refused.stderr.includes("install and start gnome-keyring"),
      list: await profile.list(),
      isLeaked: stored.some((text) => text.includes(sandbox.ready.slack.tokens.full)),
    }).toMatchObject({
      code: 3,
      failure: { failure: { code: "keychain/unavailable" } },
      todo: true,
      list: [],
      isLeaked: false,
    });
  });

  test("with scopes missing is added and names them, and its audit says which it needs", async () => {
    const profile = openProfile();
    const added = await profile.signIn(sandbox.ready.slack.tokens.missingScope);
    await profile.importRules();
    const audit = await profile.run(["audit", "--slack"]);

    const missing = (await profile.list())[0]?.scopes.filter(({ granted }) => !granted) ?? [];
    const needed = missing.filter(({ need }) => need === "needed").map(({ scope }) => scope);
    expect({
      codes: [added.code, audit.code],
      named: missing.filter(({ scope }) => !added.stderr.includes(`missing scope ${scope}`)),
      answer: answerOf(audit),
      isNeeding: needed.length > 0,
    }).toMatchObject({
      codes: [0, 3],
      named: [],
      answer: {
        state: "paused",
        failure: { code: "slack/missing-scope", facts: { needed: needed.join(", ") } },
      },
      isNeeding: true,
    });
  });

  test("a token that is revoked, a bot's, none at all or an endless one is refused, and nothing is added", async () => {
    const profile = openProfile();
    const { revoked, bot } = sandbox.ready.slack.tokens;
    const refused: Ended[] = [];
    for (const token of [revoked, bot, "", "xoxp-".repeat(10_000)]) refused.push(await profile.signIn(token));

    expect({
      refused: refused.map((one) => [one.code, answerOf<{ failure: { code: string } }>(one).failure.code]),
      list: await profile.list(),
    }).toEqual({
      refused: [
        [3, "slack/token-revoked"],
        [3, "slack/token-kind"],
        [2, "input/file-invalid"],
        [2, "input/file-invalid"],
      ],
      list: [],
    });
  });

  test("an audit in the middle of its work keeps a second writer out and lets readers look", async () => {
    const profile = openProfile();
    await profile.signIn(sandbox.ready.slack.tokens.full);
    await profile.importRules();
    await sandbox.fault(
      "add",
      "--method",
      "conversations.list",
      "--kind",
      "slow",
      "--delay-ms",
      "3000",
      "--times",
      "1",
    );
    const audit = startMuster(["audit", "--profile", profile.folder, "--json"], { env: keyring.env });
    await audit.complained(/Listing groups/);

    const [writer, runs, verified, connections] = await Promise.all([
      profile.run(["team", "import", "-"], { stdin: sandbox.rules }),
      profile.run(["runs"]),
      profile.run(["activity", "verify"]),
      profile.run(["connections", "list"]),
    ]);
    const isAtWork = audit.process.exitCode === null;
    const ended = await audit.ended();

    expect({
      isAtWork,
      writer: [writer.code, answerOf(writer)],
      readers: [runs.code, verified.code, connections.code],
      runs: answerOf<{ runs: { state: string }[] }>(runs).runs.map(({ state }) => state),
      ended: ended.code,
    }).toMatchObject({
      isAtWork: true,
      writer: [6, { failure: { code: "store/profile-in-use", facts: { pid: audit.process.pid } } }],
      readers: [0, 0, 0],
      runs: ["running"],
      ended: 0,
    });
  });

  test("whose server is silent is given up after a while, and gone on with when it answers", async () => {
    const profile = openProfile();
    await profile.signIn(sandbox.ready.slack.tokens.full);
    await profile.importRules();
    await sandbox.fault("add", "--method", "*", "--kind", "drop", "--times", "1000000");
    const silent = await profile.run(["audit", "--slack", "--patience", "1"]);
    await sandbox.fault("clear");
    const resumed = await profile.run(["audit", "--slack"]);

    const [given, ended] = [silent, resumed].map((one) => answerOf<AuditAnswer>(one));
    expect({
      codes: [silent.code, resumed.code],
      states: [given?.state, ended?.state],
      why: given?.failure?.code,
      isSameRun: given?.runId === ended?.runId,
    }).toEqual({
      codes: [3, 0],
      states: ["waiting", "completed"],
      why: "network/unreachable",
      isSameRun: true,
    });
  });

  test("a name that a stranger chose cannot reach the terminal as anything but text", async () => {
    const profile = openProfile();
    const world = join(makeTemporaryFolder(), "world.json");
    const evil = "bitsafe-\u009b2J\u001b[31m\u202egnp";
    writeFileSync(
      world,
      JSON.stringify({
        version: 1,
        people: [{ id: "p-1", name: `Eve ${evil}`, role: "BD", status: "active" }],
        channels: [{ name: evil, customer: true, members: [] }],
      }),
    );
    const args = ["--sandbox", "--world", world, "--limits", "off", "--profile", profile.folder];
    const texts: string[] = [];
    for (const command of [
      ["audit", ...args],
      ["audit", ...args, "--json"],
      ["activity", "list", "--profile", profile.folder],
      ["team", "export", "--profile", profile.folder],
      ["sandbox", "truth", "--world", world],
      ["sandbox", "truth", "--world", world, "--json"],
      ["connections", "remove", evil, "--profile", profile.folder],
      ["audit", evil],
    ]) {
      const { stdout, stderr } = await muster(command, { env: keyring.env });
      texts.push(stdout, stderr);
    }
    const harmful = texts.filter((text) =>
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(text),
    );

    expect({ harmful, isSeen: texts.some((text) => text.includes("gnp")) }).toEqual({
      harmful: [],
      isSeen: true,
    });
  });
});
