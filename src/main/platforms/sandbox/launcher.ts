import { failure, type Failure } from "#shared/domain/failure.ts";
import type { Log } from "#shared/lib/log.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { parseReadyLine } from "./ready-line.ts";
import type { SandboxOptions, SandboxProcess, SandboxReady } from "./sandbox-process.ts";
import type { SpawnedProcess, SpawnSandbox } from "./spawned-process.ts";

export interface SandboxLauncherOptions {
  readonly spawn: SpawnSandbox;
  readonly log: Log;
  /** How long a sandbox may take to make its world; the huge one needs a while. */
  readonly readyWithinMs?: number;
  /** How long it may take to end before it is killed. */
  readonly endWithinMs?: number;
}

export interface SandboxLauncher {
  /**
   * Starts the simulated world and resolves when it answers. Fails with `sandbox/not-started`; `reason` holds the
   * end of what the sandbox said.
   */
  start(options: SandboxOptions): Promise<Result<SandboxProcess, Failure>>;
}

/** A ready line is 2 kB and a sample team 50 kB; more than this is not ours. */
const MAX_OUTPUT_CHARS = 4 * 1024 * 1024;

/** Launches sandboxes as processes of their own: the product shares no code with them. */
export function createSandboxLauncher(options: SandboxLauncherOptions): SandboxLauncher {
  const { spawn, log, readyWithinMs = 60_000, endWithinMs = 3_000 } = options;

  return {
    async start(world) {
      const flags = flagsOf(world);
      const child = spawn(["start", "--json", ...flags, ...limitsFlag(world)]);
      let ended: { code: number | null } | null = null;
      const exit = new Promise<void>((resolve) => {
        child.onExit((code) => {
          ended = { code };
          resolve();
        });
      });
      const ready = await untilReady(child, exit, readyWithinMs);
      if (!ready.ok) {
        await stop(child, exit, endWithinMs);
        log.warn("sandbox-not-started", { reason: ready.error.facts["reason"] });
        return ready;
      }

      let stopping = false;
      void exit.then(() => {
        if (!stopping) log.warn("sandbox-ended-by-itself", { code: ended?.code ?? null });
      });
      return ok({
        ready: ready.value,
        fetchSampleTeam: () => readAll(spawn(["rules", "--json", ...flags]), readyWithinMs),
        async stop() {
          stopping = true;
          await stop(child, exit, endWithinMs);
        },
      });
    },
  };
}

/** The flags that choose a world; the same ones give the same world again. */
function flagsOf({ seed, world }: SandboxOptions): string[] {
  return [
    ...(seed === undefined ? [] : ["--seed", String(seed)]),
    ...(world === undefined ? [] : ["--world", world]),
  ];
}

function limitsFlag({ limits }: SandboxOptions): string[] {
  return limits === undefined ? [] : ["--limits", limits];
}

function untilReady(
  child: SpawnedProcess,
  exit: Promise<void>,
  readyWithinMs: number,
): Promise<Result<SandboxReady, Failure>> {
  return new Promise((resolve) => {
    let said = "";
    let complained = "";
    const timer = setTimeout(
      () => settle(notStarted(`not ready after ${readyWithinMs} ms`, complained)),
      readyWithinMs,
    );
    const settle = (result: Result<SandboxReady, Failure>): void => {
      clearTimeout(timer);
      resolve(result);
    };
    child.onStderr((text) => (complained = tailOf(complained + text)));
    child.onStdout((text) => {
      const end = said.length + text.indexOf("\n");
      said = (said + text).slice(0, MAX_OUTPUT_CHARS);
      if (!text.includes("\n")) return;
      const ready = parseReadyLine(said.slice(0, end));
      settle(ready ? ok(ready) : notStarted("its first line is not what a sandbox says", complained));
    });
    void exit.then(() => settle(notStarted("it ended", complained)));
  });
}

function readAll(child: SpawnedProcess, withinMs: number): Promise<Result<string, Failure>> {
  return new Promise((resolve) => {
    let said = "";
    let complained = "";
    let problem: string | null = null;
    let ended: { code: number | null } | null = null;
    const settleOnceWhole = (): void => {
      if (ended === null) return;
      const isGood = ended.code === 0 && problem === null;
      // What is still on its way is heard after the exit; the team is one line, so its end can be told.
      if (isGood && !said.endsWith("\n")) return;
      clearTimeout(timer);
      if (isGood) resolve(ok(said));
      else resolve(notStarted(problem ?? "it gave no sample team", complained));
    };
    const giveUp = (why: string): void => {
      problem = why;
      child.kill();
      settleOnceWhole();
    };
    const timer = setTimeout(() => giveUp(`no sample team after ${withinMs} ms`), withinMs);
    child.onStdout((text) => {
      said += text;
      if (said.length > MAX_OUTPUT_CHARS) giveUp("its sample team is too long");
      else settleOnceWhole();
    });
    child.onStderr((text) => (complained = tailOf(complained + text)));
    child.onExit((code) => {
      ended = { code };
      settleOnceWhole();
    });
  });
}

async function stop(child: SpawnedProcess, exit: Promise<void>, endWithinMs: number): Promise<void> {
  child.end();
  const timer = setTimeout(() => child.kill(), endWithinMs);
  await exit;
  clearTimeout(timer);
}

/** `complained` is the end of what the sandbox wrote to standard error. */
function notStarted(why: string, complained: string): Result<never, Failure> {
  const said = complained.trim();
  return err(failure("sandbox/not-started", { reason: said === "" ? why : `${why}: ${said}` }));
}

function tailOf(text: string): string {
  return text.slice(-1_000);
}
