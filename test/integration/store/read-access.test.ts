import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openStore } from "#main/store/index.ts";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import { silentLog } from "#shared/lib/log.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { migrationsFolder, openTemporaryStore } from "#test/support/temporary-store.ts";

function look(folder: string) {
  const clock = createManualClock();
  return openStore({
    folder,
    migrationsFolder,
    clock,
    log: silentLog,
    backupsKept: async () => 3,
    access: "read",
  });
}

describe("a store opened for reading", () => {
  it("sees what a running Muster commits, and refuses to write", async () => {
    const running = await openTemporaryStore();
    const { store } = await look(running.folder);
    await running.write((writer) => saveSetting(writer, "a", 1));
    expect(await findSetting(store.read, "a")).toBe(1);
    await expect(store.write(async () => {})).rejects.toMatchObject({
      failure: { code: "store/profile-in-use" },
    });
    await store.close();
    await running.write((writer) => saveSetting(writer, "a", 2));
    expect(await findSetting(running.read, "a")).toBe(2);
  });

  it("works also when no Muster has the database open", async () => {
    const running = await openTemporaryStore();
    await running.write((writer) => saveSetting(writer, "a", 1));
    await running.close();
    const { store } = await look(running.folder);
    expect(await findSetting(store.read, "a")).toBe(1);
    await store.close();
  });

  it("is refused when there is no database yet, or one of another version", async () => {
    const empty = await look(makeTemporaryFolder()).catch((error: unknown) => error);
    const profile = await openTemporaryStore();
    await profile.close();
    const versions: unknown[] = [];
    for (const version of [1, 9999]) {
      const file = new Sqlite(join(profile.folder, "muster.db"));
      file.pragma(`user_version = ${version}`);
      file.close();
      versions.push(await look(profile.folder).catch((error: unknown) => error));
    }
    expect([empty, ...versions]).toMatchObject([
      { failure: { code: "store/profile-in-use" } },
      { failure: { code: "store/profile-in-use" } },
      { failure: { code: "store/newer-version" } },
    ]);
  });
});
