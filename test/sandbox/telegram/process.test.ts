import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Api } from "telegram";
import { describe, expect, onTestFinished, test } from "vitest";
import { runCommand } from "#sandbox/cli/run-command.ts";
import type { SandboxReady } from "#sandbox/start-sandbox.ts";
import { gramjsClient, refusalOf, signedInGramjs } from "./gramjs-client.ts";
import { signedInMtcute } from "./mtcute-client.ts";

/** Another build of the sandbox can be put to the test: `SANDBOX_ENTRY=out/main/sandbox.js`. */
const ENTRY = process.env["SANDBOX_ENTRY"] ?? join(import.meta.dirname, "../../../src/sandbox/index.ts");

describe("the sandbox's own process", () => {
  test("prints all that a client needs, on the port it was given, and takes faults from the command line", async () => {
    const port = await freePort();
    const ready = await start(["--telegram-port", String(port), "--limits", "off"]);
    const { telegram } = ready;
    expect([
      telegram.dc,
      telegram.testDc,
      telegram.accounts.filter(({ isTokenOwner }) => isTokenOwner).length,
    ]).toEqual([{ id: 2, host: "127.0.0.1", port }, false, 1]);
    const client = await signedInGramjs({ ready });
    const other = await signedInMtcute({ ready }, 1);
    expect([Number((await client.getMe()).id), (await other.getMe()).id]).toEqual(
      telegram.accounts.slice(0, 2).map(({ userId }) => userId),
    );
    const order = [
      "--platform",
      "telegram",
      "--method",
      "updates.getState",
      "--kind",
      "flood",
      "--seconds",
      "11",
    ];
    const [code, answer] = await run(["fault", "add", ...order, "--control", ready.controlUrl]);
    expect([code, JSON.parse(answer)]).toMatchObject([0, { id: "telegram-fault-1", retryAfterS: 11 }]);
    expect(await refusalOf(client.invoke(new Api.updates.GetState()))).toBe("420 FLOOD_WAIT_11");
  });

  test("scans a QR code when its control API is asked to", async () => {
    const ready = await start(["--limits", "off"]);
    const client = gramjsClient({ ready });
    await client.connect();
    const { apiId, apiHash, accounts } = ready.telegram;
    const personId = accounts[1]?.personId;
    const shown = await client.invoke(new Api.auth.ExportLoginToken({ apiId, apiHash, exceptIds: [] }));
    const link = `tg://login?token=${(shown as Api.auth.LoginToken).token.toString("base64url")}`;
    const scan = async (body: object): Promise<unknown> => {
      const url = new URL("telegram/accept-login-token", ready.controlUrl);
      return (await fetch(url, { method: "POST", body: JSON.stringify(body) })).json();
    };
    expect([await scan({ link, personId }), await scan({ link, personId }), await scan({ link })]).toEqual([
      { accepted: true },
      { error: "the token cannot be accepted: AUTH_TOKEN_ALREADY_ACCEPTED" },
      { error: "link and personId must be texts" },
    ]);
    const done = await client.invoke(new Api.auth.ExportLoginToken({ apiId, apiHash, exceptIds: [] }));
    expect(done.className).toBe("auth.LoginTokenSuccess");
  });

  test("that was killed goes on with its sign-ins when it kept its state", async () => {
    const state = mkdtempSync(join(tmpdir(), "sandbox-state-"));
    onTestFinished(() => rmSync(state, { recursive: true, force: true }));
    const flags = ["--limits", "off", "--telegram-state", state];
    const first = await start(flags);
    const client = await signedInGramjs({ ready: first }, 1);
    const session = String(client.session.save());
    await client.destroy();
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    const second = await start(flags);
    const later = gramjsClient({ ready: second }, { session });
    await later.connect();
    expect(Number((await later.getMe()).id)).toBe(second.telegram.accounts[1]?.userId);
  });

  test.each([
    [["start", "--telegram-port", "70000"], "--telegram-port must be a whole number from 0 to 65535"],
    [
      ["fault", "add", "--platform", "irc", "--method", "a.b", "--kind", "stall"],
      '--platform must be slack or telegram, not "irc"',
    ],
  ])("refuses %j", async (argv, message) => {
    let err = "";
    const code = await runCommand(argv, { out: () => {}, err: (text) => (err += text) });
    expect([code, err.includes(message)]).toEqual([2, true]);
  });
});

interface Started extends SandboxReady {
  readonly child: ChildProcess;
}

async function start(flags: readonly string[]): Promise<Started> {
  const child = launch(["start", "--world", "small", "--json", ...flags]);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await once(lines, "line")) as [string];
  return { ...(JSON.parse(line) as SandboxReady), child };
}

async function run(argv: readonly string[]): Promise<[number, string]> {
  const child = launch(argv);
  let out = "";
  child.stdout?.on("data", (chunk) => (out += String(chunk)));
  const [code] = (await once(child, "close")) as [number];
  return [code, out];
}

function launch(argv: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [ENTRY, ...argv], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: "" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
