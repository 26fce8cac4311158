import path from "node:path";
import { type Application, composeApplication } from "#main/compose.ts";
import { openFileLog } from "#main/logging/file-log.ts";
import { keychainServiceName, profileFolder } from "#main/platforms/system/index.ts";
import type { CommandResult, CommonOptions } from "./command.ts";
import type { CommandLine } from "./program.ts";

/**
 * Opens the profile, does one thing in it, and closes it. A command that only reads does so beside a Muster that
 * holds the profile; one that writes ends with `store/profile-in-use` then.
 */
export async function withApplication(
  { bundleFolder, spawnSandbox }: CommandLine,
  options: CommonOptions,
  access: "read" | "write",
  action: (application: Application) => Promise<CommandResult>,
): Promise<CommandResult> {
  const folder = profileFolder(options.profile);
  const opened = await composeApplication({
    profileFolder: folder,
    bundleFolder,
    access,
    keychainService: keychainServiceName(folder),
    log: openFileLog(path.join(folder, "logs"), "info"),
    spawnSandbox,
    openBrowser: () =>
      Promise.reject(new Error("the command line signs in with a token, never with a browser")),
    runtime: {
      description: `Node ${process.versions.node} of Electron ${process.versions["electron"] ?? "(none)"}.`,
      caveat: null,
    },
  });
  if (!opened.ok) return { end: "failed", failure: opened.error };
  try {
    for (const notice of opened.value.notices.list()) {
      process.stderr.write(
        `muster: ${notice.failure.message} [${notice.failure.code}] ${notice.failure.todo}\n`,
      );
    }
    return await action(opened.value);
  } finally {
    await opened.value.close();
  }
}
