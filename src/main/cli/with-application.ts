import { randomUUID } from "node:crypto";
import path from "node:path";
import { type Application, type ApplicationOptions, composeApplication } from "#main/compose.ts";
import { openFileLog } from "#main/logging/file-log.ts";
import { keychainServiceName, profileFolder } from "#main/platforms/system/index.ts";
import { FailureError } from "#shared/domain/failure.ts";
import { type Log, silentLog } from "#shared/lib/log.ts";
import { type CommandResult, type CommonOptions, LoggedDefect } from "./command.ts";
import type { CommandLine } from "./command-line.ts";
import { describeFailure } from "./terminal.ts";

export type Access = ApplicationOptions["access"];

/** The profile that a command names, and how to open it. A `temporary` one keeps no log: it is removed while we run. */
export function applicationOptions(
  { bundleFolder, spawnSandbox, spawnKeychainHost, fetch }: CommandLine,
  options: CommonOptions,
  access: Access,
  lifetime: "kept" | "temporary" = "kept",
): ApplicationOptions {
  const folder = profileFolder(options.profile);
  return {
    profileFolder: folder,
    bundleFolder,
    access,
    keychainService: keychainServiceName(folder),
    log: lifetime === "temporary" ? silentLog : openFileLog(path.join(folder, "logs"), "info"),
    spawnSandbox,
    spawnKeychainHost,
    fetch,
    openBrowser: () =>
      Promise.reject(new Error("the command line signs in with a token, never with a browser")),
    runtime: {
      description: `Node ${process.versions.node} of Electron ${process.versions["electron"] ?? "(none)"}.`,
      caveat: null,
    },
  };
}

/**
 * Opens the profile, does one thing in it, and closes it. A command that only reads does so beside a Muster that
 * holds the profile; one that writes ends with `store/profile-in-use` then.
 */
export async function withApplication(
  commandLine: CommandLine,
  options: CommonOptions,
  access: Access,
  action: (application: Application) => Promise<CommandResult>,
): Promise<CommandResult> {
  return withApplicationOf(commandLine, applicationOptions(commandLine, options, access), action);
}

/** The same with options made before. */
export async function withApplicationOf(
  { terminal }: Pick<CommandLine, "terminal">,
  options: ApplicationOptions,
  action: (application: Application) => Promise<CommandResult>,
): Promise<CommandResult> {
  try {
    const opened = await composeApplication(options);
    if (!opened.ok) return { end: "failed", failure: opened.error };
    const application = opened.value;
    try {
      for (const { failure } of application.notices.list()) {
        for (const line of describeFailure(failure)) terminal.note(line);
      }
      return await action(application);
    } finally {
      await application.close();
    }
  } catch (error) {
    if (error instanceof FailureError) return { end: "failed", failure: error.failure };
    throw logDefect(options.log, error);
  }
}

function logDefect(log: Log, error: unknown): LoggedDefect {
  const reference = randomUUID().slice(0, 8);
  log.error("command-defect", { reference, error });
  return new LoggedDefect(reference, error);
}
