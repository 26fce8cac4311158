import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openStore } from "#main/store/index.ts";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import { silentLog } from "#shared/lib/log.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { migrationsFolder, openTemporaryStore } from "#test/support/temporary-store.ts";

const startMs = Date.UTC(2026, 10, 20, 9);
const stamp = "2026-11-20T09-00-00-000Z";

function open(folder: string) {
  const clock = createManualClock(startMs);
  return openStore({ folder, migrationsFolder, clock, log: silentLog, backupsKept: async () => 3 });
}

/** A profile whose database has a setting in it, closed. */
async function makeProfile(): Promise<{ folder: string; file: string }> {
  const store = await openTemporaryStore();
  for (let n = 0; n < 200; n += 1) {
    await store.write((writer) => saveSetting(writer, `setting ${n}`, "x".repeat(1_000)));
  }
  await store.close();
  return { folder: store.folder, file: join(store.folder, "muster.db") };
}

function overwrite(file: string, at: number, bytes: Buffer): void {
  const content = readFileSync(file);
  bytes.copy(content, at);
  writeFileSync(file, content);
}

describe("a damaged database", () => {
  const damages: [name: string, damage: (file: string) => void][] = [
    ["is no database at all", (file) => writeFileSync(file, "this was a database once\n".repeat(200))],
    ["has lost its first bytes", (file) => overwrite(file, 0, Buffer.alloc(16))],
    [
      "was cut in the middle",
      (file) => truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096),
    ],
    ["was cut within its first page", (file) => truncateSync(file, 700)],
    ["has garbage in its pages", (file) => overwrite(file, 3 * 4096, Buffer.alloc(20 * 4096, 0xab))],
    [
      "belongs to another program",
      (file) => {
        writeFileSync(file, "");
        const other = new Sqlite(file);
        other.exec("CREATE TABLE bookmarks (url TEXT)");
        other.close();
      },
    ],
  ];

  it.each(damages)(
    "is set aside as it was found when it %s, and a new one started",
    async (_name, damage) => {
      const { folder, file } = await makeProfile();
      damage(file);
      const found = readFileSync(file);
      const { store, notices } = await open(folder);
      await store.write((writer) => saveSetting(writer, "new", 1));
      const aside = join(folder, `muster.damaged-${stamp}.db`);
      expect({
        notices: notices.map(({ code, facts }) => ({ code, facts })),
        aside: readFileSync(aside).equals(found),
        old: await findSetting(store.read, "setting 1"),
        new: await findSetting(store.read, "new"),
      }).toEqual({
        notices: [
          {
            code: "store/damaged",
            facts: { setAside: aside, backupsFolder: join(folder, "backups"), newestBackup: null },
          },
        ],
        aside: true,
        old: undefined,
        new: 1,
      });
      await store.close();
    },
  );

  it("is set aside with its write-ahead log, which must not leak into the new one", async () => {
    const { file } = await makeProfile();
    // A killed process leaves the log behind: copied while the database is open.
    const writing = new Sqlite(file);
    writing.exec("UPDATE settings SET value = '\"late\"'");
    const copy = makeTemporaryFolder();
    for (const suffix of ["", "-wal", "-shm"]) copyFileSync(file + suffix, join(copy, `muster.db${suffix}`));
    writing.close();
    writeFileSync(join(copy, "muster.db"), "garbage ".repeat(2_000));

    const { store, notices } = await open(copy);
    expect({
      notices: notices.length,
      old: await findSetting(store.read, "setting 1"),
      files: readdirSync(copy).filter((name) => name.includes("damaged")),
    }).toEqual({
      notices: 1,
      old: undefined,
      files: ["", "-shm", "-wal"].map((suffix) => `muster.damaged-${stamp}.db${suffix}`),
    });
    await store.close();
  });

  it("names the newest backup, and never overwrites what was set aside before", async () => {
    const { folder, file } = await makeProfile();
    const healthy = await open(folder);
    await healthy.store.close();
    for (let round = 0; round < 2; round += 1) {
      writeFileSync(file, "garbage ".repeat(2_000));
      const { store, notices } = await open(folder);
      await store.close();
      expect(notices[0]?.facts["newestBackup"]).toBe(join(folder, "backups", `muster-${stamp}.db`));
    }
    expect(readdirSync(folder).filter((name) => name.includes("damaged"))).toHaveLength(2);
  });

  it("that was emptied is told from a first start by the backups beside it", async () => {
    const fresh = makeTemporaryFolder();
    writeFileSync(join(fresh, "muster.db"), "");
    const first = await open(fresh);
    await first.store.close();

    const { folder, file } = await makeProfile();
    const healthy = await open(folder);
    await healthy.store.close();
    truncateSync(file, 0);
    const emptied = await open(folder);
    await emptied.store.close();
    expect([first.notices.length, emptied.notices.length]).toEqual([0, 1]);
  });

  it("leaves a write-ahead log without its database aside, when setting aside was cut short", async () => {
    const { file } = await makeProfile();
    const writing = new Sqlite(file);
    writing.exec("UPDATE settings SET value = '\"late\"'");
    const copy = makeTemporaryFolder();
    copyFileSync(`${file}-wal`, join(copy, "muster.db-wal"));
    writing.close();
    const { store } = await open(copy);
    expect([
      await findSetting(store.read, "setting 1"),
      existsSync(join(copy, `muster.damaged-${stamp}.db-wal`)),
    ]).toEqual([undefined, true]);
    await store.close();
  });
});

describe("checking the database in use", () => {
  it("finds it whole, and finds what became of it since it was opened", async () => {
    const { folder, file } = await makeProfile();
    const { store } = await open(folder);
    const whole = await store.check();
    overwrite(file, 3 * 4096, Buffer.alloc(20 * 4096, 0xab));
    const broken = await store.check();
    await store.close();
    expect([whole, broken]).toMatchObject([{ ok: true }, { ok: false, error: { code: "store/unsound" } }]);
  });
});

describe("a whole database", () => {
  it("is opened as it is, also after its process was killed and left a write-ahead log", async () => {
    const { file } = await makeProfile();
    const writing = new Sqlite(file);
    writing.exec("UPDATE settings SET value = '\"late\"'");
    const copy = makeTemporaryFolder();
    for (const suffix of ["", "-wal"]) copyFileSync(file + suffix, join(copy, `muster.db${suffix}`));
    writing.close();
    const { store, notices } = await open(copy);
    expect([notices, await findSetting(store.read, "setting 1")]).toEqual([[], "late"]);
    await store.close();
  });

  it("of a newer Muster is left alone", async () => {
    const { folder, file } = await makeProfile();
    const newer = new Sqlite(file);
    newer.pragma("user_version = 9999");
    newer.close();
    const found = readFileSync(file);
    await expect(open(folder)).rejects.toMatchObject({
      failure: { code: "store/newer-version", facts: { version: 9999 } },
    });
    expect([
      readFileSync(file).equals(found),
      readdirSync(folder).filter((name) => /damaged|backups/.test(name)),
    ]).toEqual([true, []]);
  });
});
