import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { resolve } from "node:path";
import type { SandboxReady } from "#sandbox/start-sandbox.ts";

const entry = resolve(import.meta.dirname, "..", "..", "src", "sandbox", "index.ts");

/** A sandbox in a process of its own, so that what it takes is not counted as ours. */
export interface SandboxChild {
  readonly ready: SandboxReady;
  close(): Promise<void>;
  /** kill −9, as a machine that loses its power. */
  kill(): Promise<void>;
}

export async function startSandboxChild(options: {
  readonly world: string;
  readonly seed?: number;
  readonly limits: boolean;
  /** Further flags of `sandbox start`. */
  readonly flags?: readonly string[];
}): Promise<SandboxChild> {
  const { world, seed = 1, limits, flags = [] } = options;
  const child = spawn(
    process.execPath,
    [
      entry,
      "start",
      "--json",
      "--world",
      world,
      "--seed",
      String(seed),
      "--limits",
      limits ? "on" : "off",
      "--exit-with-parent",
      ...flags,
    ],
    { env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" }, stdio: ["pipe", "pipe", "inherit"] },
  );
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  for await (const line of createInterface({ input: child.stdout })) {
    return {
      ready: JSON.parse(line) as SandboxReady,
      close: async () => {
        child.kill("SIGTERM");
        await ended;
      },
      kill: async () => {
        child.kill("SIGKILL");
        await ended;
      },
    };
  }
  throw new Error("the sandbox ended before it was ready");
}
