import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { exitCodes } from "#main/cli/exit-codes.ts";
import { createProgram } from "#main/cli/program.ts";
import { firstWords, isCommandLine } from "#main/cli/run-command-line.ts";
import { openTerminal } from "#main/cli/terminal.ts";

const root = resolve(import.meta.dirname, "../../..");

function makeProgram(): Command {
  return createProgram({
    bundleFolder: resolve(root, "out/main"),
    spawnSandbox: () => {
      throw new Error("no sandbox here");
    },
    fetch,
    spawnKeychainHost: () => {
      throw new Error("no keychain here");
    },
    terminal: openTerminal(false),
    end: () => undefined,
  });
}

/** `audit --out`, `runs show --json`, …: every command with every option. */
function describeCommands(command: Command, path = ""): string[] {
  return command.commands.flatMap((child) => {
    const name = `${path}${child.name()}`;
    return [
      name,
      ...child.options.map(({ long }) => `${name} ${long}`),
      ...describeCommands(child, `${name} `),
    ];
  });
}

test("every command is one that the packaged program knows from its first word", () => {
  const names = makeProgram().commands.map((command) => command.name());
  expect(
    [...names, "help", "--help", "-h", "--version", "-V"].filter((name) => !isCommandLine([name])),
  ).toEqual([]);
  expect(firstWords).toHaveLength(names.length + 5);
  expect([[], ["--profile", "x"], ["muster://open"]].map(isCommandLine)).toEqual([false, false, false]);
});

test("docs/command-line.md tells of every command, option and exit code", () => {
  const page = readFileSync(resolve(root, "docs/command-line.md"), "utf8");
  const words = new Set(describeCommands(makeProgram()).map((entry) => entry.split(" ").at(-1) ?? ""));
  const codes = Object.values(exitCodes).map((code) => `| ${code} `);
  expect([...words, ...codes].filter((word) => !page.includes(word))).toEqual([]);
});
