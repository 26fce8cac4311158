import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron } from "playwright";
import type { BenchResult } from "#test/support/bench-result.ts";

// From starting the process to the first usable paint (a heading is on the screen), and what all its processes hold
// in memory a moment later: Muster with a profile that was used before, against a blank Electron window.

interface Start {
  readonly paintMs: number;
  readonly memoryMb: number;
}

const ROOT = join(import.meta.dirname, "..", "..");
const ROUNDS = 7;
const SETTLE_MS = 1_000;

export async function run(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "muster-bench-start-"));
  const profile = join(folder, "profile");
  mkdirSync(profile);
  const startMuster = () => start([ROOT, `--profile=${profile}`], folder);
  const startBlank = () => start([join(import.meta.dirname, "blank-window")], folder);
  try {
    // The first start of each fills the file system's cache, makes the database and Chromium's own files.
    await startMuster();
    await startBlank();
    const muster: Start[] = [];
    const blank: Start[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      muster.push(await startMuster());
      blank.push(await startBlank());
    }
    return [
      result("start to first usable paint", "ms", 1.5, muster, blank, ({ paintMs }) => paintMs),
      result("memory after start, all processes (PSS)", "MB", 1.5, muster, blank, ({ memoryMb }) => memoryMb),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function result(
  name: string,
  unit: string,
  aim: number,
  muster: readonly Start[],
  blank: readonly Start[],
  read: (start: Start) => number,
): BenchResult {
  const value = median(muster.map(read));
  return { name, value, unit, against: "a blank Electron window", floor: median(blank.map(read)), aim };
}

async function start(args: readonly string[], folder: string): Promise<Start> {
  const executablePath = process.env["MUSTER_ELECTRON"];
  if (executablePath === undefined)
    throw new Error("MUSTER_ELECTRON must name the executable (npm run bench does)");
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  const startedMs = performance.now();
  const application = await _electron.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", ...args],
    env: { ...env, BLANK_WINDOW_FOLDER: join(folder, "blank") },
    timeout: 30_000,
  });
  const page = await application.firstWindow();
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  const paintMs = performance.now() - startedMs;
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const memoryMb = readProportionalMemoryMb(application.process().pid ?? 0);
  // How it quits is not measured here, and both are asked alike.
  const closed = new Promise<void>((resolve) => {
    application.once("close", () => resolve());
  });
  application.process().kill("SIGKILL");
  await closed;
  return { paintMs, memoryMb };
}

/** Memory of a process and its descendants, pages they share counted once among those who share them. Linux only. */
function readProportionalMemoryMb(root: number): number {
  const parents = new Map<number, number>();
  for (const line of execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n")) {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    parents.set(pid, parent);
  }
  const family = new Set([root]);
  for (let grown = true; grown;) {
    grown = false;
    for (const [pid, parent] of parents) {
      if (!family.has(parent) || family.has(pid)) continue;
      family.add(pid);
      grown = true;
    }
  }
  const alive = new Set(readdirSync("/proc"));
  let kilobytes = 0;
  for (const pid of family) {
    if (!alive.has(String(pid))) continue;
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return kilobytes / 1_024;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
