import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a running sandbox leaves for `fault` and `truth` to find it by. */
interface RunningSandbox {
  readonly pid: number;
  readonly controlUrl: string;
}

function folder(): string {
  return join(tmpdir(), "muster-sandbox");
}

/** How often the folder may vanish between making it and writing into it: another sandbox ended just then. */
const MOST_TRIES = 100;

/**
 * Writes the state file of this process, readable by its user only, and returns a function that removes it, and the
 * folder with the last one.
 */
export function announceSandbox(running: RunningSandbox): () => void {
  const file = join(folder(), `${running.pid}.json`);
  for (let tries = 1; ; tries++) {
    mkdirSync(folder(), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(file, `${JSON.stringify(running)}\n`, { mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || tries === MOST_TRIES) throw error;
    }
  }
  return () => {
    rmSync(file, { force: true });
    try {
      rmdirSync(folder());
    } catch {
      // Others run still, or the folder went with them.
    }
  };
}

/** The sandboxes that run on this machine now. State files of processes that are gone are removed. */
export function listRunningSandboxes(): RunningSandbox[] {
  let names: string[];
  try {
    names = readdirSync(folder()).filter((name) => /^\d+\.json$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const file = join(folder(), name);
    try {
      const running = JSON.parse(readFileSync(file, "utf8")) as RunningSandbox;
      if (isAlive(running.pid)) return [running];
      rmSync(file, { force: true });
    } catch {
      // Another user's, half written, or just removed: not ours to report.
    }
    return [];
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
