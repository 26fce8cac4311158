import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { spawnUtility } from "#main/shell/spawn-utility.ts";

/** Electron's utility process as it behaves at its exit: listeners are taken off while output is on its way. */
class FakeProcess extends EventEmitter {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  kill(): boolean {
    return true;
  }
  exit(code: number): void {
    this.emit("exit", code);
    this.stdout.removeAllListeners();
    this.stderr.removeAllListeners();
  }
}

const forked = vi.hoisted(() => ({ process: null as unknown }));
vi.mock("electron", () => ({ utilityProcess: { fork: () => forked.process } }));

test("the exit is heard after everything the process said, whole characters and all", async () => {
  const process = new FakeProcess();
  forked.process = process;
  const heard: unknown[] = [];
  const child = spawnUtility("/sandbox.js")(["truth"]);
  child.onStdout((text) => heard.push(text));
  child.onExit((code) => heard.push(code));

  process.exit(2);
  await turn();
  const letter = Buffer.from("ä");
  process.stdout.write(letter.subarray(0, 1));
  await turn();
  process.stdout.end(letter.subarray(1));
  await turn();
  process.stderr.resume().end();
  await vi.waitFor(() => expect(heard).toEqual(["ä", 2]));
});
