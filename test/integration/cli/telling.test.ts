import Database from "better-sqlite3";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Application, composeApplication } from "#main/compose.ts";
import { spawnWithNode } from "#main/platforms/sandbox/index.ts";
import { DEFAULT_TELLING } from "#shared/domain/telling.ts";
import { silentLog } from "#shared/lib/log.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { canHaveKeyring, type KeyringSession, openKeyringSession } from "./keyring.ts";
import { answerOf, type Ended, muster } from "./muster.ts";
import { type RunningSandbox, startSandboxCommand } from "./sandbox.ts";
import type { AuditAnswer, Truth } from "./truth.ts";

const bundleFolder = resolve(import.meta.dirname, "../../../out/main");

interface Turns {
  readonly turns: readonly {
    readonly schedule: string;
    readonly missed: number;
    readonly isLate: boolean;
    readonly outcome: string;
    readonly run: AuditAnswer | null;
  }[];
}

if (!canHaveKeyring) console.warn("SKIPPED: telling is tested with gnome-keyring, and so on Linux");

describe.skipIf(!canHaveKeyring)("an audit that the command line made", () => {
  let keyring: KeyringSession;
  let sandbox: RunningSandbox;
  let channelId: string;
  beforeAll(async () => {
    keyring = await openKeyringSession();
    sandbox = await startSandboxCommand("--world", "small", "--seed", "5", "--limits", "off");
    const { groups } = await readTruth();
    const { tokenOwnerId } = sandbox.ready.slack;
    const own = groups.find(
      ({ platform, memberIds }) => platform === "slack" && memberIds.includes(tokenOwnerId),
    );
    channelId = own?.id ?? "";
  });
  afterAll(async () => {
    await sandbox.stop();
    await keyring.close();
  });

  async function readTruth(): Promise<Truth> {
    return answerOf<Truth>(
      await muster(["sandbox", "truth", "--json", "--control", sandbox.ready.controlUrl]),
    );
  }

  /** A signed-in profile with the world's team and rules, and `muster` in it. */
  async function openProfile() {
    const folder = join(makeTemporaryFolder(), "profile");
    const run = (args: readonly string[], stdin = ""): Promise<Ended> =>
      muster([...args, "--profile", folder, "--json"], { env: keyring.env, stdin });
    const { apiUrl, tokens } = sandbox.ready.slack;
    await run(["connections", "add", "slack", "--token-stdin", "--api-url", apiUrl], `${tokens.full}\n`);
    await run(["team", "import", "-"], sandbox.rules);
    return { folder, run };
  }

  /** Says who is told, as the window would. */
  async function tellSlack(folder: string): Promise<void> {
    await inProfile(folder, async ({ insights, connections }) => {
      const [connection] = await connections.list();
      const slack = { enabled: true, connectionId: connection?.id ?? null, target: channelId };
      const saved = await insights.saveTelling({ settings: { ...DEFAULT_TELLING, slack } });
      if (!saved.ok) throw new Error(saved.error.message);
    });
  }

  async function inProfile<Value>(
    folder: string,
    action: (application: Application) => Promise<Value>,
  ): Promise<Value> {
    const composed = await composeApplication({
      profileFolder: folder,
      bundleFolder,
      access: "write",
      keychainService: "muster-test",
      log: silentLog,
      spawnSandbox: spawnWithNode(join(bundleFolder, "sandbox.js")),
      spawnKeychainHost: () => {
        throw new Error("no secret is asked for here");
      },
      fetch,
      openBrowser: () => Promise.reject(new Error("no browser here")),
      runtime: { description: "test", caveat: null },
    });
    if (!composed.ok) throw new Error(composed.error.message);
    try {
      return await action(composed.value);
    } finally {
      await composed.value.close();
    }
  }

  /** How many messages of ours the channel holds, as Slack's own API tells. */
  async function countPosts(): Promise<number> {
    const { apiUrl, tokens } = sandbox.ready.slack;
    const answer = await fetch(new URL("conversations.history", apiUrl), {
      method: "POST",
      headers: { authorization: `Bearer ${tokens.full}` },
      body: new URLSearchParams({ channel: channelId, limit: "200" }),
    });
    const { messages } = (await answer.json()) as { messages: { text: string }[] };
    return messages.filter(({ text }) => text.startsWith("*Muster: ")).length;
  }

  test("is told at its end, once; one without new gaps is not, and notifications wait for the window", async () => {
    const { folder, run } = await openProfile();
    await tellSlack(folder);
    const before = await countPosts();
    const first = await run(["audit", "--slack"]);
    const second = await run(["audit", "--slack"]);
    const recent = await inProfile(folder, async ({ insights }) => (await insights.getTelling()).recent);

    expect({
      codes: [first.code, second.code],
      notes: [first, second].map(({ stderr }) => /Told over slack: \d+ gaps in/.test(stderr)),
      posts: (await countPosts()) - before,
      recent: recent.map(({ channel, state, runId }) => [channel, state, runId]).sort(),
    }).toEqual({
      codes: [0, 0],
      notes: [true, false],
      posts: 1,
      recent: [
        ["slack", "sent", answerOf<AuditAnswer>(first).runId],
        ["system", "waiting", answerOf<AuditAnswer>(first).runId],
      ],
    });
  });

  test("whose message is refused ends as the audit did, and says so", async () => {
    const { folder, run } = await openProfile();
    await tellSlack(folder);
    await sandbox.fault(
      "add",
      "--method",
      "chat.postMessage",
      "--kind",
      "error:restricted_action",
      "--times",
      "1",
    );
    const ended = await run(["audit", "--slack"]);

    expect([ended.code, /Not told over slack: .*\[slack\//.test(ended.stderr)]).toEqual([0, true]);
  });

  test("runs when its schedule is due, with the times that were missed, and then not again until the next time", async () => {
    const { folder, run } = await openProfile();
    const early = await run(["schedules", "run"]);
    const hour = 3_600_000;
    const database = new Database(join(folder, "muster.db"));
    const dueAtMs = Math.floor(Date.now() / (24 * hour)) * 24 * hour - 46 * hour;
    database.prepare("update schedules set next_at_ms = ? where id = 'slack-audit'").run(dueAtMs);
    database.close();
    const due = await run(["schedules", "run", "--due"]);
    const again = await run(["schedules", "run", "--due"]);
    const named = await run(["schedules", "run", "slack"]);
    const listed = answerOf<{ schedules: { turns: { outcome: string; runId: string }[] }[] }>(
      await run(["schedules", "list"]),
    );

    const [turn] = answerOf<Turns>(due).turns;
    const [wanted] = answerOf<Turns>(named).turns;
    expect({
      codes: [early, due, again, named].map(({ code }) => code),
      nothing: [answerOf(early), answerOf(again)],
      due: { ...turn, run: turn?.run?.state },
      named: { outcome: wanted?.outcome, state: wanted?.run?.state },
      kept: listed.schedules[0]?.turns.map(({ outcome, runId }) => [outcome, runId]),
    }).toMatchObject({
      codes: [0, 0, 0, 0],
      nothing: [{ turns: [] }, { turns: [] }],
      due: { schedule: "slack-audit", isLate: true, outcome: "started", run: "completed" },
      named: { outcome: "started", state: "completed" },
      kept: [
        ["started", wanted?.run?.runId],
        ["started", turn?.run?.runId],
      ],
    });
    expect(turn?.missed).toBeGreaterThan(0);
  });

  test("that a schedule cannot start ends with what is missing", async () => {
    const { run } = await openProfile();
    const ended = await run(["schedules", "run", "telegram"]);
    const both = await run(["schedules", "run", "telegram", "--due"]);
    const unknown = await run(["schedules", "run", "matrix"]);

    expect([
      [ended.code, answerOf<Turns>(ended).turns[0]],
      [both.code, unknown.code],
    ]).toMatchObject([
      [3, { schedule: "telegram-audit", failure: { code: "input/nothing-to-audit" }, run: null }],
      [2, 2],
    ]);
  });
});
