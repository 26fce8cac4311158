import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { RUNTIME_DIR } from "../paths.mjs";
import { ScriptFailure } from "./failure.mjs";

const POLL_MS = 100;
const PATIENCE_MS = 5 * 60_000;

/**
 * Runs `work` while no other process of this checkout runs work of the same name.
 * Two commands started together must not build into one folder. A lock whose owner is gone is taken over.
 */
export async function withLock(name, work) {
  mkdirSync(RUNTIME_DIR, { recursive: true });
  const file = join(RUNTIME_DIR, `${name}.lock`);
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!tryTake(file)) {
    if (Date.now() > giveUpAt) {
      throw new ScriptFailure(
        `another process has held ${file} for five minutes; delete it if none is running`,
      );
    }
    await pause(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryTake(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (!ownerIsAlive(file)) rmSync(file, { force: true });
  return false;
}

function ownerIsAlive(file) {
  let owner;
  try {
    owner = Number(readFileSync(file, "utf8"));
  } catch {
    return true; // Released between the two calls: the next try finds it free.
  }
  // An empty file is an owner that has not written its number yet.
  if (!owner) return true;
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
