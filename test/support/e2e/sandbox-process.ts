import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { SandboxReady } from "#sandbox/start-sandbox.ts";
import type { Truth } from "#sandbox/world/truth.ts";
import type { WorldChange } from "#sandbox/world/changes.ts";
import type { FaultOrder } from "#sandbox/control/fault-rules.ts";
import type { TelegramSignInFacts } from "#sandbox/control/sandbox-control.ts";
import { electronPath, ROOT } from "./places.ts";

const SANDBOX = join(ROOT, "out", "main", "sandbox.js");

/** What a test does to a simulated world from behind the scenes. */
export interface WorldControl {
  truth(): Promise<Truth>;
  change(change: WorldChange): Promise<void>;
  /** The same of Telegram; what can be done is told where the sandbox does it. */
  changeTelegram(change: { readonly kind: string } & Record<string, unknown>): Promise<void>;
  fault(order: FaultOrder): Promise<void>;
  clearFaults(): Promise<void>;
  settings(change: Record<string, unknown>): Promise<void>;
  /** A phone of this person's scans a QR code. */
  scan(link: string, personId: string): Promise<void>;
  /** Every client that is signed in to the simulated Telegram. */
  signIns(): Promise<readonly TelegramSignInFacts[]>;
  /** This person ends every sign-in from Telegram's own app. */
  endSignIns(personId: string): Promise<void>;
}

/** A simulated world in a process of its own, which survives the Musters that connect to it. */
export interface SandboxProcess extends WorldControl {
  readonly ready: SandboxReady;
  /** The team-and-rules file that fits the world. */
  rules(): string;
  end(): Promise<void>;
}

export async function startSandboxProcess(
  options: { readonly world?: string; readonly seed?: number; readonly limits?: "on" | "off" } = {},
): Promise<SandboxProcess> {
  const world = ["--world", options.world ?? "reference", "--seed", String(options.seed ?? 1)];
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
  const child = spawn(
    electronPath(),
    [SANDBOX, "start", "--json", ...world, "--limits", options.limits ?? "off", "--exit-with-parent"],
    { env, stdio: ["pipe", "pipe", "inherit"] },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  // Not read by `for await`, which would close the pipe under the sandbox.
  const lines = createInterface({ input: child.stdout });
  const first = new Promise<string>((resolve) => lines.once("line", resolve));
  const line = await Promise.race([first, ended]);
  if (line === undefined) throw new Error("the sandbox ended before it was ready");
  const ready = JSON.parse(line) as SandboxReady;
  return {
    ...controlAt(ready.controlUrl),
    ready,
    rules() {
      const { stdout, status } = spawnSync(electronPath(), [SANDBOX, "rules", "--json", ...world], { env });
      if (status !== 0) throw new Error("the sandbox gave no rules");
      return stdout.toString("utf8");
    },
    async end() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function controlAt(controlUrl: string): WorldControl {
  async function ask(method: string, resource: string, body?: unknown): Promise<unknown> {
    const response = await fetch(new URL(resource, controlUrl), {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`the sandbox refused ${method} ${resource}: ${JSON.stringify(answer)}`);
    return answer;
  }
  return {
    truth: async () => (await ask("GET", "truth")) as Truth,
    change: async (change) => void (await ask("POST", "world", change)),
    changeTelegram: async (change) => void (await ask("POST", "telegram/world", change)),
    fault: async (order) => void (await ask("POST", "faults", order)),
    clearFaults: async () => void (await ask("DELETE", "faults")),
    settings: async (change) => void (await ask("POST", "settings", change)),
    scan: async (link, personId) =>
      void (await ask("POST", "telegram/accept-login-token", { link, personId })),
    async signIns() {
      const { signIns } = (await ask("GET", "telegram/sign-ins")) as {
        signIns: readonly TelegramSignInFacts[];
      };
      return signIns;
    },
    endSignIns: async (personId) =>
      void (await ask("DELETE", `telegram/sign-ins?personId=${encodeURIComponent(personId)}`)),
  };
}
