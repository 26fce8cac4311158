import type { Command } from "commander";
import type { SpawnKeychainHost } from "#main/platforms/keychain/index.ts";
import type { SpawnSandbox } from "#main/platforms/sandbox/index.ts";
import type { CommandResult } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** What differs between a checkout and the packaged program. */
export interface Surroundings {
  /** Where the main bundle lies. */
  readonly bundleFolder: string;
  readonly spawnSandbox: SpawnSandbox;
  readonly spawnKeychainHost: SpawnKeychainHost;
  /** What talks to the platforms over HTTP. */
  readonly fetch: typeof globalThis.fetch;
}

/** What a command file needs to add itself. */
export interface CommandLine extends Surroundings {
  readonly program: Command;
  readonly terminal: Terminal;
  /** Adds `--profile` and `--json`, which every command that opens a profile has. */
  common(command: Command): Command;
  /** Says how the command ended; the last word counts. */
  end(result: CommandResult): void;
}
