/** Starts the simulated world as a process of its own. */
export { createSandboxLauncher, type SandboxLauncher } from "./launcher.ts";
export type { SandboxOptions, SandboxProcess, SandboxTelegram } from "./sandbox-process.ts";
export { spawnWithNode } from "./spawn-with-node.ts";
export type { SpawnedProcess, SpawnSandbox } from "./spawned-process.ts";
