/** Takes the lock of a profile, says so or why not, and holds it until it is told to go. */
import { acquireProfileLock } from "#main/store/index.ts";

const [folder = "", mode] = process.argv.slice(2);
const lock = acquireProfileLock(folder, { nowMs: () => 1_234 });
console.log(lock.ok ? "locked" : `refused ${JSON.stringify(lock.error)}`);
if (lock.ok && mode === "release") {
  lock.value.release();
  console.log("released");
}
if (lock.ok) setInterval(() => {}, 1_000);
