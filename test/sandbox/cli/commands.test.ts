import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { runCommand } from "#sandbox/cli/run-command.ts";
import type { SandboxReady } from "#sandbox/start-sandbox.ts";
import type { Truth } from "#sandbox/world/truth.ts";

const ENTRY = join(import.meta.dirname, "../../../src/sandbox/index.ts");

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("sandbox start", () => {
  test("prints one line of JSON, serves, can be scripted from another process and cleans up at SIGTERM", async () => {
    const folder = temporaryFolder();
    const { child, ready, output } = await startProcess(folder, [
      "--world",
      "small",
      "--seed",
      "5",
      "--json",
    ]);
    const checked = await fetch(`${ready.slack.apiUrl}auth.test`, {
      headers: { authorization: `Bearer ${ready.slack.tokens.full}` },
    });
    expect(await checked.json()).toMatchObject({ ok: true, team_id: ready.slack.teamId });
    expect(ready).toMatchObject({ pid: child.pid, seed: 5, world: "small", limits: "on" });
    const state = join(folder, "muster-sandbox", `${child.pid}.json`);
    expect(statSync(state).mode & 0o777).toBe(0o600);

    const added = await run(folder, ["fault", "add", "--method", "auth.test", "--kind", "error:fatal_error"]);
    expect([added.code, JSON.parse(added.out)]).toMatchObject([
      0,
      { id: "fault-1", errorCode: "fatal_error" },
    ]);
    const listed = await run(folder, ["fault", "list", "--pid", String(child.pid)]);
    expect(JSON.parse(listed.out)).toMatchObject({ faults: [{ id: "fault-1", struck: 0 }] });
    const cleared = await run(folder, ["fault", "clear", "--id", "fault-1", "--control", ready.controlUrl]);
    expect(JSON.parse(cleared.out)).toEqual({ removed: 1 });
    const live = await run(folder, ["truth", "--json", "--control", ready.controlUrl]);
    expect((JSON.parse(live.out) as Truth).seed).toBe(5);

    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(existsSync(state)).toBe(false);
    expect(output.join("").trim().split("\n").length).toBe(1);
  });

  test("with --exit-with-parent ends when its standard input closes", async () => {
    const { child } = await startProcess(temporaryFolder(), [
      "--world",
      "small",
      "--json",
      "--exit-with-parent",
    ]);
    child.stdin?.end();
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("says which port is in use and exits with 2", async () => {
    const blocker = createServer();
    blocker.listen(0, "127.0.0.1");
    await once(blocker, "listening");
    onTestFinished(() => void blocker.close());
    const { port } = blocker.address() as { port: number };
    const { code, err } = await run(temporaryFolder(), [
      "start",
      "--world",
      "small",
      "--slack-port",
      String(port),
    ]);
    expect([code, err]).toEqual([2, `sandbox: port ${port} of 127.0.0.1 is in use\n`]);
  });
});

describe("a sandbox command line", () => {
  test.each([
    [["start", "--limits", "maybe"], "--limits must be on or off"],
    [["start", "--seed", "x"], "--seed must be a whole number"],
    [["start", "--slack-port", "99999"], "--slack-port must be a whole number from 0 to 65535"],
    [["start", "--nope"], "unknown flag --nope"],
    [["start", "--seed"], "--seed needs a value"],
    [["start", "--world", "/nowhere.json"], "/nowhere.json: $: cannot be read (ENOENT)"],
    [["fault", "add", "--kind", "stall"], "fault add needs --method and --kind"],
    [["fault", "list"], "no sandbox is running"],
    [["fault", "explode"], "fault needs add, list or clear"],
    [["explode"], 'unknown command "explode"'],
    [[], "a command is needed"],
  ])("%j is refused with exit code 2 and nothing on standard output", async (argv, message) => {
    vi.stubEnv("TMPDIR", temporaryFolder());
    let [out, err] = ["", ""];
    const code = await runCommand(argv, { out: (text) => (out += text), err: (text) => (err += text) });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
  });

  test("truth and rules print the same JSON every time", async () => {
    const folder = temporaryFolder();
    const first = await run(folder, ["truth", "--seed", "4", "--world", "reference", "--json"]);
    expect(await run(folder, ["truth", "--seed=4", "--json"])).toEqual(first);
    const { groups } = JSON.parse(first.out) as Truth;
    expect(groups.filter((group) => group.platform === "slack").length).toBe(372);
    expect(groups.filter((group) => group.platform === "telegram").length).toBe(600);
    const rules = await run(folder, ["rules", "--seed", "4", "--json"]);
    expect(JSON.parse(rules.out)).toMatchObject({ version: 1, deprecatedTerms: [{ term: "iBTC" }] });
  });
});

/** A folder that stands in for the system's temporary one, so that tests do not meet other sandboxes. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function spawnSandbox(folder: string, argv: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [ENTRY, ...argv], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", TMPDIR: folder, NODE_OPTIONS: "" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function startProcess(
  folder: string,
  flags: readonly string[],
): Promise<{ child: ChildProcess; ready: SandboxReady; output: string[] }> {
  const child = spawnSandbox(folder, ["start", ...flags]);
  const output: string[] = [];
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  child.stdout?.on("data", (chunk: Buffer) => output.push(chunk.toString("utf8")));
  const [line] = (await once(lines, "line")) as [string];
  return { child, ready: JSON.parse(line) as SandboxReady, output };
}

async function run(
  folder: string,
  argv: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  const child = spawnSandbox(folder, argv);
  const [out, err, [code]] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    once(child, "exit") as Promise<[number]>,
  ]);
  return { code, out, err };
}

async function readAll(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = "";
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}
