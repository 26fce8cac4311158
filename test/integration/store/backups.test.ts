import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openStore } from "#main/store/index.ts";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import { silentLog } from "#shared/lib/log.ts";
import { DAY_MS, HOUR_MS } from "#shared/lib/time.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { migrationsFolder, openTemporaryStore } from "#test/support/temporary-store.ts";

/** Opens and closes the profile; closing waits for a backup under way. */
async function start(folder: string, nowMs: number, value?: unknown): Promise<void> {
  const clock = createManualClock(nowMs);
  const { store } = await openStore({
    folder,
    migrationsFolder,
    clock,
    log: silentLog,
    backupsKept: async () => 3,
  });
  if (value !== undefined) await store.write((writer) => saveSetting(writer, "a", value));
  await store.close();
}

function listFiles(folder: string): string[] {
  return readdirSync(join(folder, "backups")).sort();
}

async function makeProfile() {
  const store = await openTemporaryStore();
  await store.write((writer) => saveSetting(writer, "a", "first"));
  await store.close();
  return store.folder;
}

const dayMs = Date.UTC(2026, 10, 20, 9);

describe("backups", () => {
  it("are made at most once a day, at the start, and the last three stay", async () => {
    const folder = await makeProfile();
    for (const hours of [0, 5, 24, 30, 49, 80]) await start(folder, dayMs + hours * HOUR_MS);
    expect(listFiles(folder)).toEqual([
      "muster-2026-11-21T09-00-00-000Z.db",
      "muster-2026-11-22T10-00-00-000Z.db",
      "muster-2026-11-23T17-00-00-000Z.db",
    ]);
  });

  it("are whole databases, with what was written while they were made or without it", async () => {
    const folder = await makeProfile();
    await start(folder, dayMs, "written meanwhile");
    const backup = new Sqlite(join(folder, "backups", listFiles(folder)[0] ?? ""), { readonly: true });
    const check = backup.pragma("integrity_check", { simple: true });
    const value = backup.prepare("SELECT value FROM settings WHERE name = 'a'").pluck().get();
    backup.close();
    expect(check).toBe("ok");
    expect(['"first"', '"written meanwhile"']).toContain(value);
  });

  it("can take the place of the database", async () => {
    const folder = await makeProfile();
    await start(folder, dayMs);
    const restored = await openTemporaryStore();
    await restored.close();
    const backup = new Sqlite(join(folder, "backups", listFiles(folder)[0] ?? ""));
    writeFileSync(join(restored.folder, "muster.db"), backup.serialize());
    backup.close();
    const again = await openTemporaryStore({ folder: restored.folder });
    expect(await findSetting(again.read, "a")).toBe("first");
    await again.close();
  });

  it("are made again when the newest one is from a future that the clock no longer knows", async () => {
    const folder = await makeProfile();
    await start(folder, dayMs + 400 * DAY_MS);
    for (const hours of [0, 1, 2]) await start(folder, dayMs + hours * HOUR_MS);
    expect(listFiles(folder)).toHaveLength(2);
  });

  it("that were cut short are cleared away, and never counted", async () => {
    const folder = await makeProfile();
    await start(folder, dayMs);
    writeFileSync(join(folder, "backups", "muster-2026-11-21T09-00-00-000Z.db.partial"), "half");
    writeFileSync(join(folder, "backups", "a note of mine.txt"), "kept");
    await start(folder, dayMs + DAY_MS);
    expect(listFiles(folder)).toEqual([
      "a note of mine.txt",
      "muster-2026-11-20T09-00-00-000Z.db",
      "muster-2026-11-21T09-00-00-000Z.db",
    ]);
  });

  it("that cannot be made do not keep Muster from starting", async () => {
    const folder = await makeProfile();
    writeFileSync(join(folder, "backups"), "a file where the folder should be");
    await start(folder, dayMs, "started all the same");
    const again = await openTemporaryStore({ folder });
    expect(await findSetting(again.read, "a")).toBe("started all the same");
    await again.close();
  });
});
