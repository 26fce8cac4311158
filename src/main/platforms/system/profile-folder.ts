import { homedir } from "node:os";
import path from "node:path";

export interface SystemFacts {
  readonly os: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const here: SystemFacts = { os: process.platform, env: process.env, home: homedir() };

/**
 * The data folder: the one asked for, made absolute, or the system's usual place for an application's data. The
 * latter is where Electron puts it too (`app.getPath("userData")`), so that window and command line share it.
 */
export function profileFolder(asked: string | undefined, facts: SystemFacts = here): string {
  if (asked !== undefined) return path.resolve(asked);
  return path.join(applicationData(facts), "Muster");
}

function applicationData({ os, env, home }: SystemFacts): string {
  switch (os) {
    case "darwin":
      return path.join(home, "Library", "Application Support");
    case "win32":
      return env["APPDATA"] ?? path.join(home, "AppData", "Roaming");
    default:
      return env["XDG_CONFIG_HOME"] || path.join(home, ".config");
  }
}

/**
 * The name under which a profile's secrets are kept. Profiles do not share secrets: removing a connection from one
 * must not sign another out.
 */
export function keychainServiceName(folder: string, facts: SystemFacts = here): string {
  return folder === profileFolder(undefined, facts) ? "Muster" : `Muster (${folder})`;
}
