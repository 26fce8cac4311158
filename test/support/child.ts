import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..", "..");

/** A TypeScript file of ours, running as a process of its own on the same runtime as the tests. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves with the rest of the first line of standard output that begins with `word`; rejects when it exits before. */
  said(word: string): Promise<string>;
  /** Resolves with the exit code, or the name of the signal, and what was written to standard error. */
  ended(): Promise<{ how: number | string | null; stderr: string }>;
  /** kill −9, and waits until it is dead. */
  kill(): Promise<void>;
}

/** `file` is relative to the repository. */
export function startChild(file: string, ...args: string[]): Child {
  const child = spawn(process.execPath, [resolve(root, file), ...args], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    cwd: root,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const closed = once(child, "close").then(([code, signal]: (number | string | null)[]) => ({
    how: code ?? signal ?? null,
    stderr,
  }));

  function find(word: string): string | null {
    const line = stdout
      .split("\n")
      .slice(0, -1)
      .find((text) => text.startsWith(word));
    return line === undefined ? null : line.slice(word.length).trim();
  }

  return {
    process: child,
    async said(word) {
      for (;;) {
        const found = find(word);
        if (found !== null) return found;
        const more = once(child.stdout, "data").then(() => true);
        const isOpen = await Promise.race([more, closed.then(() => false)]);
        if (!isOpen && find(word) === null) throw new Error(`it ended without saying "${word}": ${stderr}`);
      }
    },
    ended: () => closed,
    async kill() {
      child.kill("SIGKILL");
      await closed;
    },
  };
}
