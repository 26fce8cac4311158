import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const builtCli = resolve(import.meta.dirname, "../../../out/main/cli.js");

/** A running `muster …` with a person's terminal before it, not pipes. */
export interface TypedMuster {
  /** Resolves with what fits in what the screen was sent since the last time, and forgets all before its end. */
  shown(pattern: RegExp): Promise<string>;
  /** Presses these keys. */
  type(text: string): void;
  /** Its exit code, and everything that the screen was sent. */
  ended(): Promise<{ readonly code: number | null; readonly screen: string }>;
}

/**
 * Starts the built command line in a pseudo-terminal, which `script` of util-linux makes; it is part of every Debian. The
 * screen is 100 columns wide.
 */
export function startInTerminal(args: readonly string[], env: NodeJS.ProcessEnv): TypedMuster {
  const quoted = [process.execPath, builtCli, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  const command = `stty cols 100 rows 50; exec ${quoted.join(" ")}`;
  const child = spawn("script", ["--quiet", "--return", "--flush", "--command", command, "/dev/null"], {
    env: { ...process.env, ...env, ELECTRON_RUN_AS_NODE: "1", SHELL: "/bin/sh", TERM: "xterm" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  // The command may end before the last key.
  child.stdin.on("error", () => undefined);
  let screen = "";
  let seen = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => (screen += text));
  const closed = once(child, "close").then(([code]: (number | null)[]) => ({ code: code ?? null, screen }));
  return {
    async shown(pattern) {
      for (;;) {
        const found = pattern.exec(screen.slice(seen));
        if (found !== null) {
          seen += found.index + found[0].length;
          return found[0];
        }
        const more = once(child.stdout, "data").then(() => true);
        if (!(await Promise.race([more, closed.then(() => false)])) && !pattern.test(screen.slice(seen)))
          throw new Error(`it ended without ${String(pattern)}: ${screen}`);
      }
    },
    type: (text) => void child.stdin.write(text),
    ended: () => closed,
  };
}
