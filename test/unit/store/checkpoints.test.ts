import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { createCheckpoints } from "#main/store/checkpoints.ts";
import { silentLog } from "#shared/lib/log.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";

test("a log that cannot be moved is told of once, not at every commit, and keeps nobody from closing", async () => {
  const file = join(makeTemporaryFolder(), "muster.db");
  const connection = new Sqlite(file);
  writeFileSync(`${file}-wal`, Buffer.alloc(5 * 1024 * 1024));
  const told: string[] = [];
  let tries = 0;
  const checkpoints = createCheckpoints({
    file,
    connection,
    doFileWork: async () => {
      tries += 1;
      throw new Error("disk I/O error");
    },
    log: { ...silentLog, error: (event, { error } = {}) => told.push(`${event} ${String(error)}`) },
  });
  for (let commit = 0; commit < 5; commit += 1) {
    checkpoints.afterCommit();
    await sleep(1);
  }
  await checkpoints.stop();
  checkpoints.afterCommit();
  connection.close();

  expect([tries, told]).toEqual([1, ["checkpoint-failed Error: disk I/O error"]]);
});
