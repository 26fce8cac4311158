import type { SpawnSandbox } from "#main/platforms/sandbox/index.ts";
import { failure } from "#shared/domain/failure.ts";
import type { CommandResult } from "../command.ts";
import type { CommandLine } from "../command-line.ts";
import { escapeControls } from "../terminal.ts";

/**
 * `muster sandbox …` hands everything to the sandbox, which is a program of its own: it shares no code with the
 * product, and runs in its own process.
 */
export function addSandboxCommand({ program, spawnSandbox, end }: CommandLine): void {
  program
    .command("sandbox")
    .description("the simulated world: start, truth, rules, fault (muster sandbox --help)")
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .argument("[words...]")
    .action(async (words: string[]) => {
      end(await runSandbox(spawnSandbox, words));
    });
}

/** Runs until the sandbox ends; a signal to this process ends it in good order. */
async function runSandbox(spawnSandbox: SpawnSandbox, words: readonly string[]): Promise<CommandResult> {
  const child = spawnSandbox(words);
  child.onStdout((text) => process.stdout.write(escapeControls(text)));
  child.onStderr((text) => process.stderr.write(escapeControls(text)));
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  let wasAsked = false;
  const stop = () => {
    wasAsked = true;
    child.end();
  };
  for (const signal of signals) process.on(signal, stop);
  const exitCode = await new Promise<number | null>((resolve) => child.onExit(resolve));
  for (const signal of signals) process.off(signal, stop);

  if (exitCode === 0 || wasAsked) return { end: "ok" };
  if (exitCode === 2) return { end: "usage" };
  const reason = exitCode === null ? "it was ended from outside" : `it ended with code ${exitCode}`;
  return { end: "failed", failure: failure("sandbox/not-started", { reason }) };
}
