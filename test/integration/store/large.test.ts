import { copyFileSync, readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Sqlite from "better-sqlite3";
import { describe, expect, it, vi } from "vitest";
import { openStore } from "#main/store/index.ts";
import { createFileWork } from "#main/store/off-thread.ts";
import { saveSetting } from "#main/store/queries/settings.ts";
import { silentLog } from "#shared/lib/log.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { migrationsFolder, openTemporaryStore } from "#test/support/temporary-store.ts";

const worker = join(import.meta.dirname, "..", "..", "..", "src", "main", "store", "store-worker.ts");
const workerUrl = pathToFileURL(worker);

function open(folder: string) {
  const clock = createManualClock();
  return openStore({
    folder,
    migrationsFolder,
    clock,
    log: silentLog,
    backupsKept: async () => 3,
    workerUrl,
  });
}

/** Larger than what is checked without a worker. */
async function makeLargeProfile(): Promise<string> {
  const store = await openTemporaryStore();
  for (let n = 0; n < 40; n += 1) {
    await store.write((writer) => saveSetting(writer, `setting ${n}`, "x".repeat(500_000)));
  }
  await store.close();
  return store.folder;
}

describe("a large database", () => {
  it("is checked and backed up by a worker thread", async () => {
    const folder = await makeLargeProfile();
    const { store, notices } = await open(folder);
    await store.close();
    const [backup = ""] = readdirSync(join(folder, "backups"));
    const copy = new Sqlite(join(folder, "backups", backup), { readonly: true });
    const settings = copy.prepare("SELECT count(*) FROM settings").pluck().get();
    copy.close();
    expect({ notices, settings }).toEqual({ notices: [], settings: 40 });
  });

  it("is set aside when the worker finds it damaged", async () => {
    const folder = await makeLargeProfile();
    const file = join(folder, "muster.db");
    truncateSync(file, statSync(file).size - 4096 * 100);
    const { store, notices } = await open(folder);
    await store.close();
    expect(notices.map(({ code }) => code)).toEqual(["store/damaged"]);
  });
});

/** A busy machine starts its worker late. */
const PATIENCE = { timeout: 20_000, interval: 100 };

describe("the log of what was written", () => {
  it(
    "is moved into the database by the worker, begun anew, and nothing of it is lost",
    { timeout: 30_000 },
    async () => {
      const folder = makeTemporaryFolder();
      const logBytes = () => statSync(join(folder, "muster.db-wal")).size;
      const { store } = await open(folder);
      await store.write(async (writer) => {
        for (let n = 0; n < 20; n += 1) await saveSetting(writer, `setting ${n}`, "x".repeat(500_000));
      });
      const grownTo = logBytes();
      let turn = 0;
      // Each write finds it moved, or not yet; one that changed nothing would not look.
      await vi.waitUntil(async () => {
        await store.write((writer) => saveSetting(writer, "one more", turn++));
        return logBytes() < grownTo / 2;
      }, PATIENCE);
      // Without the log: what lies in the database by itself, while the store is open.
      copyFileSync(join(folder, "muster.db"), join(folder, "alone.db"));
      const alone = new Sqlite(join(folder, "alone.db"), { readonly: true });
      const settings = alone
        .prepare("SELECT count(*) FROM settings WHERE name LIKE 'setting %'")
        .pluck()
        .get();
      alone.close();
      await store.close();
      expect(settings).toBe(20);
    },
  );
});

describe("the store's worker", () => {
  it("brings home the code of what went wrong", async () => {
    const folder = makeTemporaryFolder();
    const work = createFileWork(workerUrl);
    const copying = work({ work: "copy", file: join(folder, "none.db"), target: join(folder, "copy.db") });
    await expect(copying).rejects.toMatchObject({ code: "SQLITE_CANTOPEN" });
  });

  it("that ends without an answer is a defect", async () => {
    const folder = makeTemporaryFolder();
    const silent = join(folder, "silent.mjs");
    writeFileSync(silent, "");
    const work = createFileWork(pathToFileURL(silent));
    await expect(work({ work: "copy", file: silent, target: "" })).rejects.toThrow("no answer");
  });
});
