import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireProfileLock, openStore, type Store } from "#main/store/index.ts";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import { silentLog } from "#shared/lib/log.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { canMount, mountSmallDisk, type SmallDisk } from "#test/support/small-disk.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { migrationsFolder, openTemporaryStore } from "#test/support/temporary-store.ts";

const diskFull = { failure: { code: "store/disk-full" } };
const readOnly = { failure: { code: "store/read-only" } };

/** Writes until the store says that it is full; returns how many writes it took. */
async function fill(store: Store): Promise<{ kept: number; error: unknown }> {
  for (let kept = 0; kept < 10_000; kept += 1) {
    try {
      await store.write((writer) => saveSetting(writer, `filling ${kept}`, "x".repeat(20_000)));
    } catch (error) {
      return { kept, error };
    }
  }
  throw new Error("the disk never got full");
}

async function readKept(store: Store, kept: number): Promise<number> {
  let found = 0;
  for (let n = 0; n < kept; n += 1) {
    if ((await findSetting(store.read, `filling ${n}`)) !== undefined) found += 1;
  }
  return found;
}

describe("a profile folder", () => {
  it("that cannot be there, because a file is, says so", async () => {
    const folder = join(makeTemporaryFolder(), "profile");
    writeFileSync(folder, "");
    const clock = createManualClock();
    const opening = openStore({
      folder,
      migrationsFolder,
      clock,
      log: silentLog,
      backupsKept: async () => 3,
    });
    await expect(opening).rejects.toMatchObject(readOnly);
    expect(acquireProfileLock(folder, clock)).toMatchObject({ ok: false, error: readOnly.failure });
  });
});

describe("a database that may not grow", () => {
  it("says that the disk is full, keeps all it had, and works again when there is room", async () => {
    const store = await openTemporaryStore();
    const limitPages = (pages: number) =>
      store.write(async (writer) => {
        writer.get(sql.raw(`PRAGMA max_page_count = ${pages}`));
      });
    await limitPages(100);
    const { kept, error } = await fill(store);
    const found = await readKept(store, kept);
    await limitPages(1_000_000);
    await store.write((writer) => saveSetting(writer, "after", 1));
    expect({ error, found, after: await findSetting(store.read, "after") }).toMatchObject({
      error: { failure: { code: "store/disk-full", facts: { folder: store.folder } } },
      found: kept,
      after: 1,
    });
    expect(kept).toBeGreaterThan(0);
  });
});

// Needs the right to mount, which root has on a machine of its own and in most containers.
describe.skipIf(!canMount())("a small disk (needs the right to mount)", () => {
  let disk: SmallDisk;
  const clock = createManualClock();
  const open = () =>
    openStore({ folder: disk.folder, migrationsFolder, clock, log: silentLog, backupsKept: async () => 3 });

  beforeEach(() => {
    const mounted = mountSmallDisk(3_000);
    if (mounted === null) throw new Error("mounting worked a moment ago");
    disk = mounted;
  });
  afterEach(() => disk.remove());

  it("that is full refuses the write, loses nothing stored, and takes writes again when there is room", async () => {
    const ballast = join(disk.folder, "ballast");
    writeFileSync(ballast, Buffer.alloc(1_000_000));
    const { store } = await open();
    const { kept, error } = await fill(store);
    const found = await readKept(store, kept);
    rmSync(ballast);
    await store.write((writer) => saveSetting(writer, "after", 1));
    await store.close();
    const again = await open();
    expect({
      error,
      found,
      notices: again.notices,
      foundAgain: await readKept(again.store, kept),
      after: await findSetting(again.store.read, "after"),
    }).toMatchObject({ error: diskFull, found: kept, notices: [], foundAgain: kept, after: 1 });
    await again.store.close();
    expect(kept).toBeGreaterThan(0);
  });

  it("that is full from the start says so", async () => {
    expect(() => writeFileSync(join(disk.folder, "ballast"), Buffer.alloc(4_000_000))).toThrow("ENOSPC");
    await expect(open()).rejects.toMatchObject(diskFull);
    expect(acquireProfileLock(disk.folder, clock)).toMatchObject({
      ok: false,
      error: { code: "store/disk-full" },
    });
  });

  it("that cannot be written says so, and leaves the database as it is", async () => {
    const { store } = await open();
    await store.write((writer) => saveSetting(writer, "a", 1));
    await store.close();
    const before = readFileSync(join(disk.folder, "muster.db"));
    disk.makeReadOnly();
    await expect(open()).rejects.toMatchObject(readOnly);
    expect(acquireProfileLock(disk.folder, clock)).toMatchObject({
      ok: false,
      error: { code: "store/read-only" },
    });
    expect(readFileSync(join(disk.folder, "muster.db")).equals(before)).toBe(true);
  });

  it("that cannot take a new profile says so", async () => {
    disk.makeReadOnly();
    await expect(
      openStore({
        folder: join(disk.folder, "new"),
        migrationsFolder,
        clock,
        log: silentLog,
        backupsKept: async () => 3,
      }),
    ).rejects.toMatchObject(readOnly);
  });
});
