import type { SpawnSandbox } from "#main/platforms/sandbox/index.ts";
import type { CommandLine } from "../program.ts";

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
    .allowExcessArguments()
    .argument("[words...]")
    .action(async (words: string[]) => {
      const exitCode = await runSandbox(spawnSandbox, words);
      end({ end: exitCode === 0 ? "ok" : exitCode === 2 ? "usage" : "cancelled" });
    });
}

/** Runs until the sandbox ends; a signal to this process ends it in good order. */
function runSandbox(spawnSandbox: SpawnSandbox, words: readonly string[]): Promise<number | null> {
  const child = spawnSandbox(words);
  child.onStdout((text) => process.stdout.write(text));
  child.onStderr((text) => process.stderr.write(text));
  const end = () => child.end();
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  return new Promise((resolve) => {
    child.onExit((exitCode) => {
      process.off("SIGINT", end);
      process.off("SIGTERM", end);
      resolve(exitCode);
    });
  });
}
