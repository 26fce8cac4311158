import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { vi } from "vitest";

// Every command is a process that starts in a quarter of a second, and in ten times that beside a busy neighbour.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const builtCli = resolve(import.meta.dirname, "../../../out/main/cli.js");

/** How a command ended. `code` is the exit code, or the name of the signal that killed it. */
export interface Ended {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface MusterOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string;
  readonly cwd?: string;
}

/** A running `muster …`. */
export interface Muster {
  readonly process: ChildProcess;
  /** Resolves with what fits once standard error holds it; rejects when the command ends before. */
  complained(pattern: RegExp): Promise<string>;
  /** Resolves with the first line of standard output. */
  firstLine(): Promise<string>;
  ended(): Promise<Ended>;
}

/** Starts the built command line, as a person's shell would: the product's runtime acting as Node. */
export function startMuster(args: readonly string[], options: MusterOptions = {}): Muster {
  if (!existsSync(builtCli)) throw new Error(`${builtCli} is missing: run \`npm run build\` first`);
  const child = spawn(process.execPath, [builtCli, ...args], {
    env: { ...process.env, ...options.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: ["pipe", "pipe", "pipe"],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  // The command may end before it reads.
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.stdin ?? "");
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const closed = once(child, "close").then(([code, signal]: (number | string | null)[]) => ({
    code: code ?? signal ?? null,
    stdout,
    stderr,
  }));

  async function until(stream: NodeJS.ReadableStream, isThere: () => boolean, what: string): Promise<void> {
    while (!isThere()) {
      const more = once(stream, "data").then(() => true);
      const isOpen = await Promise.race([more, closed.then(() => false)]);
      if (!isOpen && !isThere()) throw new Error(`it ended without ${what}: ${stdout}${stderr}`);
    }
  }

  return {
    process: child,
    async complained(pattern) {
      await until(child.stderr, () => pattern.test(stderr), String(pattern));
      return pattern.exec(stderr)?.[0] ?? "";
    },
    async firstLine() {
      await until(child.stdout, () => stdout.includes("\n"), "a line");
      return stdout.slice(0, stdout.indexOf("\n"));
    },
    ended: () => closed,
  };
}

/** Runs a command to its end. */
export function muster(args: readonly string[], options: MusterOptions = {}): Promise<Ended> {
  return startMuster(args, options).ended();
}

/** The one object that `--json` printed; anything else on standard output fails the test. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what a test expects to find is checked by it
export function answerOf<Answer = Record<string, unknown>>({ stdout, stderr, code }: Ended): Answer {
  if (stdout.indexOf("\n") !== stdout.length - 1)
    throw new Error(`not one line (exit ${code}): ${stdout.slice(0, 500)}\n${stderr}`);
  return JSON.parse(stdout) as Answer;
}
