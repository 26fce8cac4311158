import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { canHaveKeyring, type KeyringSession, openKeyringSession, withoutKeyring } from "./keyring.ts";
import { answerOf, muster } from "./muster.ts";

const hourMs = 3_600_000;

interface Diagnosis {
  readonly ok: boolean;
  readonly checks: readonly { id: string; ok: boolean; finding: string; todo: string | null }[];
}

if (!canHaveKeyring) console.warn("SKIPPED: the doctor is tested with gnome-keyring, and so on Linux");

describe.skipIf(!canHaveKeyring)("muster doctor", () => {
  let keyring: KeyringSession;
  beforeAll(async () => {
    keyring = await openKeyringSession();
  });
  afterAll(() => keyring.close());

  /** A server that tells a time of its own, as the only one that the profile talks to. */
  async function diagnoseWithServer(
    aheadMs: number,
    options: { readonly isUp?: boolean; readonly keychain?: NodeJS.ProcessEnv } = {},
  ): Promise<{ code: unknown; bad: unknown[] }> {
    const server = createServer((_request, response) => {
      response.sendDate = false;
      response.setHeader("date", new Date(Date.now() + aheadMs).toUTCString());
      response.end('{"ok":true}');
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    const profile = makeTemporaryFolder();
    await muster(["runs", "--profile", profile]);
    addConnection(profile, `http://127.0.0.1:${port}/api/`);
    if (options.isUp === false) server.close();
    const ended = await muster(["doctor", "--profile", profile, "--json"], {
      env: options.keychain ?? keyring.env,
    });
    server.close();
    const { ok, checks } = answerOf<Diagnosis>(ended);
    const bad = checks.filter((check) => !check.ok);
    expect([ok, checks.map(({ id }) => id)]).toEqual([
      bad.length === 0,
      ["runtime", "keychain", "database", "network", "clock"],
    ]);
    return { code: ended.code, bad: bad.map(({ id, finding, todo }) => [id, finding, todo !== null]) };
  }

  test("finds nothing where all is well", async () => {
    expect(await diagnoseWithServer(0)).toEqual({ code: 0, bad: [] });
  });

  test("says that no keychain answers, and what to do", async () => {
    expect(await diagnoseWithServer(0, { keychain: withoutKeyring() })).toEqual({
      code: 5,
      bad: [["keychain", expect.stringContaining("[keychain/unavailable]"), true]],
    });
  });

  test("says that the network is down, and that the time cannot be compared then", async () => {
    expect(await diagnoseWithServer(0, { isUp: false })).toEqual({
      code: 5,
      bad: [
        ["network", expect.stringMatching(/^No answer from 127\.0\.0\.1:\d+\.$/), true],
        ["clock", "No server could be asked for the time.", true],
      ],
    });
  });

  test("says that the clock is wrong, and by how much", async () => {
    expect(await diagnoseWithServer(hourMs)).toEqual({
      code: 5,
      bad: [["clock", expect.stringMatching(/^The clock is 3(599|600|601) s behind the server's\.$/), true]],
    });
  });

  test("says that the data folder cannot be used, and still looks at the rest", async () => {
    const blocked = join(makeTemporaryFolder(), "file");
    writeFileSync(blocked, "not a folder");
    const ended = await muster(["doctor", "--profile", join(blocked, "profile"), "--json"], {
      env: keyring.env,
    });
    const { checks } = answerOf<Diagnosis>(ended);
    expect({
      code: ended.code,
      states: checks.slice(0, 3).map(({ id, ok }) => [id, ok]),
    }).toEqual({
      code: 5,
      states: [
        ["runtime", true],
        ["keychain", true],
        ["database", false],
      ],
    });
  });
});

function addConnection(profile: string, apiUrl: string): void {
  const database = new Sqlite(join(profile, "muster.db"));
  database
    .prepare(
      `INSERT INTO connections (id, platform, workspace_id, label, user_id, user_name, api_url, is_sandbox, state,
         granted_scopes, added_at_ms)
       VALUES ('slack:T1:U1', 'slack', 'T1', 'Test', 'U1', 'test', ?, 0, 'ready', '[]', 0)`,
    )
    .run(apiUrl);
  database.close();
}
