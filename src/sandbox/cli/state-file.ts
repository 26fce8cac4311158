import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** Writes the state file of this process, readable by its user only, and returns a function that removes it. */
export function announceSandbox(running: RunningSandbox): () => void {
  mkdirSync(folder(), { recursive: true, mode: 0o700 });
  const file = join(folder(), `${running.pid}.json`);
  writeFileSync(file, `${JSON.stringify(running)}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
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
