import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { acquireProfileLock } from "#main/store/index.ts";
import { type Child, startChild } from "#test/support/child.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";

const clock = { nowMs: () => 5_678 };

function startHolder(folder: string, mode = "hold"): Child {
  return startChild("test/integration/store/lock-holder.ts", folder, mode);
}

/** Has everything collected that nothing refers to, and lets it clean up after itself. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < 3; round += 1) {
    await nextTurn();
    collect();
  }
  await nextTurn();
}

describe("the lock of a profile", () => {
  it("is refused to a second process, which is told who holds it and since when", async () => {
    const folder = makeTemporaryFolder();
    const holder = startHolder(folder);
    await holder.said("locked");
    const second = startHolder(folder);
    const refusal = JSON.parse(await second.said("refused")) as unknown;
    const here = acquireProfileLock(folder, clock);
    await holder.kill();
    const expected = {
      code: "store/profile-in-use",
      facts: { pid: holder.process.pid, sinceMs: 1_234 },
    };
    expect(refusal).toMatchObject(expected);
    expect(here).toMatchObject({ ok: false, error: expected });
  });

  it("is free as soon as its holder was killed, whatever that left behind", async () => {
    const folder = makeTemporaryFolder();
    const holder = startHolder(folder);
    await holder.said("locked");
    await holder.kill();
    const next = acquireProfileLock(folder, clock);
    expect([existsSync(join(folder, "profile.lock.json")), next.ok]).toEqual([true, true]);
    if (next.ok) next.value.release();
  });

  it("is free when it was released, though the process lives on", async () => {
    const folder = makeTemporaryFolder();
    const holder = startHolder(folder, "release");
    await holder.said("released");
    const next = acquireProfileLock(folder, clock);
    await holder.kill();
    expect(next.ok).toBe(true);
    if (next.ok) next.value.release();
  });

  it("is refused within one process as well, until it is released, once or twice", () => {
    const folder = makeTemporaryFolder();
    const first = acquireProfileLock(folder, clock);
    const second = acquireProfileLock(folder, clock);
    if (first.ok) {
      first.value.release();
      first.value.release();
    }
    const third = acquireProfileLock(folder, clock);
    expect([first.ok, second.ok, third.ok]).toEqual([true, false, true]);
  });

  it("is refused also when nobody can read who holds it", async () => {
    const folder = makeTemporaryFolder();
    const first = acquireProfileLock(folder, clock);
    writeFileSync(join(folder, "profile.lock.json"), "{");
    expect(acquireProfileLock(folder, clock)).toMatchObject({
      ok: false,
      error: { code: "store/profile-in-use", facts: { pid: null, sinceMs: null } },
    });
    if (first.ok) first.value.release();
  });

  it("is held although nobody remembers it", async () => {
    const folder = makeTemporaryFolder();
    expect(acquireProfileLock(folder, clock).ok).toBe(true);
    await collectGarbage();
    expect(acquireProfileLock(folder, clock).ok).toBe(false);
  });

  it("goes to exactly one of several processes that start together", async () => {
    const folder = makeTemporaryFolder();
    const holders = Array.from({ length: 4 }, () => startHolder(folder));
    const outcomes = await Promise.all(
      holders.map((holder) =>
        Promise.any([
          holder.said("locked").then(() => "locked"),
          holder.said("refused").then(() => "refused"),
        ]),
      ),
    );
    await Promise.all(holders.map((holder) => holder.kill()));
    expect(outcomes.sort()).toEqual(["locked", "refused", "refused", "refused"]);
  });

  it.skipIf(process.getuid?.() === 0)("says that a folder cannot be written", () => {
    const folder = makeTemporaryFolder();
    chmodSync(folder, 0o500);
    expect(acquireProfileLock(join(folder, "inner"), clock)).toMatchObject({
      ok: false,
      error: { code: "store/read-only" },
    });
  });
});
