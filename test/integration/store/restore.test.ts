import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openStore } from "#main/store/index.ts";
import { doFileWork } from "#main/store/file-work.ts";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import { restoreBackup } from "#main/store/restore-backup.ts";
import { silentLog } from "#shared/lib/log.ts";
import { DAY_MS } from "#shared/lib/time.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { migrationsFolder, openTemporaryStore } from "#test/support/temporary-store.ts";

const dayMs = Date.UTC(2026, 10, 20, 9);

async function open(folder: string, nowMs: number) {
  const clock = createManualClock(nowMs);
  return openStore({ folder, migrationsFolder, clock, log: silentLog, backupsKept: async () => 3 });
}

/** A profile with a backup that says `first`, and a database that says `second`. */
async function makeProfile(): Promise<{ folder: string; file: string; backup: string }> {
  const store = await openTemporaryStore();
  await store.write((writer) => saveSetting(writer, "a", "first"));
  await store.close();
  const { folder } = store;
  await (await open(folder, dayMs)).store.close();
  const again = await open(folder, dayMs + 1_000);
  await again.store.write((writer) => saveSetting(writer, "a", "second"));
  await again.store.close();
  const backup = readdirSync(join(folder, "backups"))[0] ?? "";
  return { folder, file: join(folder, "muster.db"), backup: join(folder, "backups", backup) };
}

function restore(folder: string, name: string) {
  return restoreBackup(name, { folder, migrationsFolder, nowMs: dayMs + DAY_MS / 2, doFileWork });
}

async function read(folder: string): Promise<unknown> {
  const { store } = await open(folder, dayMs + DAY_MS / 2);
  const value = await findSetting(store.read, "a");
  await store.close();
  return value;
}

describe("restoring a backup", () => {
  it.each([
    ["latest", () => "latest"],
    ["its name", (backup: string) => basename(backup)],
  ])("by %s brings back what it holds, and keeps the database that was there", async (_how, nameOf) => {
    const { folder, file, backup } = await makeProfile();
    const before = readFileSync(file);
    const copy = readFileSync(backup);
    const restored = await restore(folder, nameOf(backup));
    const aside = join(folder, "muster.replaced-2026-11-20T21-00-00-000Z.db");

    expect({
      restored,
      isKept: readFileSync(aside).equals(before),
      isBackupKept: readFileSync(backup).equals(copy),
      value: await read(folder),
      left: readdirSync(folder).filter((name) => name.includes("restoring")),
    }).toEqual({
      restored: { ok: true, value: { backup: { file: backup, atMs: dayMs }, setAside: aside } },
      isKept: true,
      isBackupKept: true,
      value: "first",
      left: [],
    });
  });

  it("twice at the same moment keeps both databases", async () => {
    const { folder } = await makeProfile();
    await restore(folder, "latest");
    await restore(folder, "latest");
    expect(readdirSync(folder).filter((name) => name.startsWith("muster.replaced-"))).toHaveLength(2);
  });

  it("works where the database is gone, with the log that it left", async () => {
    const { folder, file } = await makeProfile();
    rmSync(file);
    writeFileSync(`${file}-wal`, "what was left");
    const restored = await restore(folder, "latest");
    expect([restored.ok && restored.value.setAside, await read(folder)]).toEqual([null, "first"]);
  });

  it("refuses what is no backup, a damaged one and one of a newer Muster, and touches nothing", async () => {
    const { folder, file, backup } = await makeProfile();
    const before = readFileSync(file);
    const newer = join(folder, "backups", "muster-2026-11-20T09-00-00-001Z.db");
    copyFileSync(backup, newer);
    const database = new Sqlite(newer);
    database.pragma("user_version = 9999");
    database.close();
    const damaged = join(folder, "backups", "muster-2026-11-20T09-00-00-002Z.db");
    copyFileSync(backup, damaged);
    truncateSync(damaged, 5 * 4096);
    const ends = [];
    for (const name of [
      "muster-2020-01-01T00-00-00-000Z.db",
      "../muster.db",
      basename(newer),
      basename(damaged),
    ])
      ends.push(await restore(folder, name));

    expect([ends.map((end) => (end.ok ? "ok" : end.error.code)), readFileSync(file).equals(before)]).toEqual([
      ["input/not-found", "input/not-found", "store/newer-version", "store/unsound"],
      true,
    ]);
    expect([
      existsSync(join(folder, "muster.restoring.db")),
      readdirSync(folder).filter((name) => name.includes("replaced")),
    ]).toEqual([false, []]);
  });
});
