import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { beforeAll, describe, expect, test } from "vitest";
import { canMount, mountSmallDisk } from "#test/support/small-disk.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { answerOf, muster } from "./muster.ts";

const sandboxAudit = ["audit", "--sandbox", "--world", "small", "--limits", "off"];

/** A profile with an audit in it, copied for each test. */
let original: string;
beforeAll(async () => {
  original = join(makeTemporaryFolder(), "profile");
  const made = await muster([...sandboxAudit, "--profile", original]);
  if (made.code !== 0) throw new Error(made.stderr);
});

function copyProfile(): string {
  const copy = join(makeTemporaryFolder(), "profile");
  cpSync(original, copy, { recursive: true });
  return copy;
}

describe("the activity log", () => {
  const triggers = ["activity_refuses_update", "activity_refuses_delete"];

  test("that nobody touched is intact", async () => {
    const ended = await muster(["activity", "verify", "--profile", original, "--json"]);
    expect([ended.code, answerOf(ended)]).toMatchObject([0, { intact: true }]);
  });

  test.each([
    ["an edited line", "UPDATE activity SET actor = 'nobody' WHERE seq = 2", "edited", 2],
    ["a removed line", "DELETE FROM activity WHERE seq = 2", "missing", 2],
    [
      "two lines that changed places",
      `UPDATE activity SET seq = -1 WHERE seq = 2; UPDATE activity SET seq = 2 WHERE seq = 3;
       UPDATE activity SET seq = 3 WHERE seq = -1`,
      "reordered",
      2,
    ],
    ["no last line", "DELETE FROM activity WHERE seq = (SELECT max(seq) FROM activity)", "missing", null],
  ])("with %s is unsound, and the line is named", async (_what, tampering, problem, line) => {
    const profile = copyProfile();
    const database = new Sqlite(join(profile, "muster.db"));
    for (const trigger of triggers) database.exec(`DROP TRIGGER ${trigger}`);
    const { last } = database.prepare("SELECT max(seq) AS last FROM activity").get() as { last: number };
    database.exec(tampering);
    database.close();
    const ended = await muster(["activity", "verify", "--profile", profile]);
    const json = await muster(["activity", "verify", "--profile", profile, "--json"]);

    expect({ code: ended.code, answer: answerOf(json), said: ended.stdout }).toMatchObject({
      code: 5,
      answer: { intact: false, problem, brokenAtSeq: line ?? last },
      said: expect.stringContaining(`Broken at line ${line ?? last} (${problem})`) as string,
    });
  });
});

describe("a profile in trouble", () => {
  test("with a damaged database goes on with a new one, says so, and keeps the old file", async () => {
    const profile = copyProfile();
    const file = join(profile, "muster.db");
    const damaged = readFileSync(file);
    damaged.fill(0x5a, 100, 40_000);
    writeFileSync(file, damaged);
    const ended = await muster(["runs", "--profile", profile, "--json"]);
    const again = await muster(["runs", "--profile", profile, "--json"]);

    const aside = readdirSync(profile, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    expect(ended.stderr).toMatch(/\[store\/damaged\]\n[^]*setAside: .*muster/);
    expect({
      codes: [ended.code, again.code],
      runs: [answerOf(ended), answerOf(again)],
      isKept: aside.some((contents) => contents.equals(damaged)),
      saidAgain: again.stderr,
    }).toEqual({ codes: [0, 0], runs: [{ runs: [] }, { runs: [] }], isKept: true, saidAgain: "" });
  });

  test.runIf(canMount())("on a full disk says so, and keeps what was there", async () => {
    const disk = mountSmallDisk(2_048);
    if (disk === null) throw new Error("mounting worked a moment ago");
    try {
      const profile = join(disk.folder, "profile");
      cpSync(join(original, "muster.db"), join(profile, "muster.db"));
      const before = answerOf(await muster(["runs", "--profile", profile, "--json"]));
      fill(disk.folder);
      const audit = await muster([...sandboxAudit, "--profile", profile, "--json", "--patience", "1"]);
      const failure = answerOf<{ failure: { code: string } }>(audit).failure;

      expect([audit.code, failure.code]).toEqual([3, "store/disk-full"]);
      expect(audit.stderr).toContain("Free some space");
      for (const name of readdirSync(disk.folder).filter((file) => file.startsWith("ballast")))
        writeFileSync(join(disk.folder, name), "");
      const after = answerOf<{ runs: unknown[] }>(await muster(["runs", "--profile", profile, "--json"]));
      expect(after.runs).toEqual(expect.arrayContaining((before as { runs: unknown[] }).runs));
    } finally {
      disk.remove();
    }
  });

  test.runIf(canMount())("on a disk that cannot be written says so", async () => {
    const disk = mountSmallDisk(4_096);
    if (disk === null) throw new Error("mounting worked a moment ago");
    try {
      const profile = join(disk.folder, "profile");
      cpSync(original, profile, { recursive: true });
      disk.makeReadOnly();
      const ended = await muster(["team", "import", "-", "--profile", profile, "--json"], { stdin: "{}" });
      expect([ended.code, answerOf(ended)]).toMatchObject([3, { failure: { code: "store/read-only" } }]);
      expect(ended.stderr).toContain("--profile");
    } finally {
      disk.remove();
    }
  });
});

if (!canMount()) console.warn("SKIPPED: full and read-only disks, which only root can mount");

/** Takes whatever room there is. */
function fill(folder: string): void {
  for (const size of [262_144, 16_384, 4_096, 512]) {
    for (let at = 0; at < 1_000; at += 1) {
      try {
        writeFileSync(join(folder, `ballast-${size}-${at}`), Buffer.alloc(size));
      } catch {
        break;
      }
    }
  }
}
