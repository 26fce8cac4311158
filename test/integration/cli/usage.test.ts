import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { answerOf, muster } from "./muster.ts";

const cli = resolve(import.meta.dirname, "../../../out/main/cli.js");
const runtimeEnv = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };

describe("a command line that cannot be understood", () => {
  test.each([
    ["an unknown command", ["adit"], /unknown command 'adit'/],
    ["an unknown option", ["audit", "--sandbx"], /unknown option '--sandbx'[^]*Did you mean --sandbox\?/],
    [
      "a strategy that is none",
      ["audit", "--strategy", "guess"],
      /Allowed choices are auto, inverse, roster/,
    ],
    ["a seed that is no number", ["audit", "--sandbox", "--seed", "x"], /a whole number from 0/],
    ["a world that is not there", ["audit", "--sandbox", "--world", "no.json"], /a file that exists/],
    ["a world without the sandbox", ["audit", "--world", "small"], /'--world' is about the simulated world/],
    ["a report of no known kind", ["audit", "--out", "x.pdf"], /must end in \.xlsx, \.csv or \.json/],
    ["a report into no folder", ["runs", "show", "--out", "no/x.csv"], /there is no folder/],
    ["both going on and not", ["audit", "--resume", "--new"], /exclude each other/],
    ["a token that would be an argument", ["connections", "add", "slack", "xoxp-1"], /too many arguments/],
    ["no way to give the token", ["connections", "add", "slack"], /'--token-stdin' not specified/],
    ["another platform", ["connections", "add", "irc", "--token-stdin"], /only slack/],
    ["no file", ["team", "import"], /missing required argument 'file'/],
    ["a run that is not there", ["runs", "show", "run-1"], /does not exist any more/],
    ["a connection that is not there", ["connections", "remove", "x"], /does not exist any more/],
    ["nobody to add", ["members", "add", "--slack"], /name people, or a role/],
    ["a plan that is to be run", ["members", "add", "x", "--dry-run", "--yes"], /cannot be used with option/],
    ["a removal from nowhere", ["members", "remove", "x"], /one of --groups, --category and --all/],
    ["what is typed for a plan", ["members", "remove", "x", "--all", "--confirm", "remove 1"], /needs --yes/],
    ["two ways to rename", ["members", "rename", "--find", "a", "--deprecated"], /choose one of --find/],
    ["a rename by nothing", ["members", "rename", "--find", "a"], /belong together/],
    ["a history that is neither", ["members", "history"], /choose one of --visible and --hidden/],
    ["too many invites", ["members", "budgets", "--invites-an-hour", "21"], /a whole number from 1 to 20/],
    ["an operation that is not there", ["members", "show", "x"], /does not exist any more/],
    ["an unknown sandbox command", ["sandbox", "stop"], /unknown command "stop"/],
  ])("for %s ends with 2 and says why", async (_what, args, why) => {
    const profile = args[0] === "sandbox" || args[0] === "adit" ? [] : ["--profile", makeTemporaryFolder()];
    const ended = await muster([...args, ...profile]);
    expect(ended.stderr).toMatch(why);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("is one JSON object on standard output when --json is asked for", async () => {
    const wrong = await muster(["audit", "--strategy", "guess", "--json"]);
    const missing = await muster(["runs", "show", "x", "--json", "--profile", makeTemporaryFolder()]);
    expect([answerOf(wrong), answerOf(missing)]).toMatchObject([
      { failure: { code: "usage", message: expect.stringContaining("--strategy") as string } },
      { failure: { code: "input/not-found", facts: { runId: "x" } } },
    ]);
  });

  test("does nothing at all", async () => {
    const profile = join(makeTemporaryFolder(), "profile");
    await muster(["audit", "--strategy", "guess", "--profile", profile]);
    expect(existsSync(profile)).toBe(false);
  });
});

describe("help", () => {
  const commands: readonly (readonly [string, readonly string[]])[] = [
    [
      "",
      ["audit", "runs", "team", "connections", "activity", "doctor", "sandbox", "Exit codes:", "Examples:"],
    ],
    [
      "audit",
      "--slack --sandbox --seed --world --limits --strategy --out --resume --new --patience --profile --json".split(
        " ",
      ),
    ],
    ["runs", ["list", "show", "compare"]],
    ["runs show", ["--out", "--profile", "--json"]],
    [
      "members",
      "add remove rename history create find rights list show run undo rest resume cancel budgets".split(" "),
    ],
    ["members add", "--slack --telegram --groups --category --gaps --role --dry-run --yes --json".split(" ")],
    ["team", ["import", "export"]],
    ["connections", ["list", "add", "check", "remove"]],
    ["connections add", ["--token-stdin", "--api-url", "--profile", "--json"]],
    ["connections remove", ["--revoke"]],
    ["activity", ["verify", "list"]],
    ["doctor", ["--profile", "--json"]],
  ];

  test.each(commands)("of “%s” names everything it knows, on standard output", async (command, words) => {
    const args = command === "" ? [] : command.split(" ");
    const { code, stdout, stderr } = await muster([...args, "--help"]);
    expect({ code, stderr, missing: words.filter((word) => !stdout.includes(word)) }).toEqual({
      code: 0,
      stderr: "",
      missing: [],
    });
  });

  test("of the sandbox is the sandbox's own", async () => {
    const { code, stderr } = await muster(["sandbox", "--help"]);
    expect([code, ["start", "truth", "rules", "fault"].every((word) => stderr.includes(word))]).toEqual([
      0,
      true,
    ]);
  });
});

describe("standard output", () => {
  test("arrives whole at a slow reader, however much it is", async () => {
    const child = spawn(process.execPath, [cli, "sandbox", "truth", "--json"], {
      env: runtimeEnv,
      stdio: ["ignore", "pipe", "ignore"],
    });
    await sleep(1_500);
    let text = "";
    for await (const chunk of child.stdout.setEncoding("utf8")) text += String(chunk);
    const truth = JSON.parse(text) as { groups: unknown[] };
    expect([text.length > 100_000, truth.groups.length > 300]).toEqual([true, true]);
  });

  test("that nobody reads any more does not stop the work, and is no error", async () => {
    const profile = join(makeTemporaryFolder(), "profile");
    const args = [
      "audit",
      "--sandbox",
      "--world",
      "small",
      "--limits",
      "off",
      "--json",
      "--profile",
      profile,
    ];
    const child = spawn(process.execPath, [cli, ...args], {
      env: runtimeEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    let complaints = "";
    child.stderr.on("data", (chunk) => (complaints += String(chunk)));
    const [code] = (await once(child, "close")) as [number];
    const { runs } = answerOf<{ runs: { state: string }[] }>(
      await muster(["runs", "--profile", profile, "--json"]),
    );
    expect({
      code,
      hasComplaint: /EPIPE|error/i.test(complaints),
      runs: runs.map(({ state }) => state),
    }).toEqual({
      code: 0,
      hasComplaint: false,
      runs: ["completed"],
    });
  });

  test.runIf(existsSync("/dev/full"))("that cannot be written is an error", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [cli, "runs", "--json", "--profile", makeTemporaryFolder()], {
      env: runtimeEnv,
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    let complaints = "";
    child.stderr?.on("data", (chunk) => (complaints += String(chunk)));
    const [code] = (await once(child, "close")) as [number];
    expect({ code, complaints }).toEqual({
      code: 3,
      complaints: expect.stringMatching(/^muster: the output could not be written: .*ENOSPC/) as string,
    });
  });
});
