import Sqlite from "better-sqlite3";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createActivity } from "#main/features/activity/index.ts";
import { createManualClock } from "#test/support/manual-clock.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";

async function openLog() {
  const store = await openTemporaryStore();
  const clock = createManualClock(1_000);
  const announced: string[] = [];
  const activity = createActivity({ store, clock, actor: "ann", announce: (topic) => announced.push(topic) });
  const record = (...actions: string[]) =>
    store.write(async (writer) => {
      for (const action of actions) {
        await activity.record(writer, { action, target: `target of ${action}`, outcome: "done" });
      }
    });
  /** Changes the file behind Muster's back, as somebody with a database tool would. */
  const tamper = (sql: string) => {
    const file = new Sqlite(join(store.folder, "muster.db"));
    file.exec("DROP TRIGGER activity_refuses_update; DROP TRIGGER activity_refuses_delete;");
    file.exec(sql);
    file.close();
  };
  return { store, clock, activity, announced, record, tamper };
}

const everything = { cursor: null, limit: 100, search: "" };

describe("the activity log", () => {
  it("keeps every field of a line, with the next number and the hash of the line before", async () => {
    const { store, activity, announced, record } = await openLog();
    await record("team.member-added");
    await store.write((writer) =>
      activity.record(writer, {
        actor: "schedule",
        action: "coverage.audit-started",
        target: null,
        why: "nightly \ud800",
        outcome: "refused",
        details: { z: 1, a: { y: undefined, b: [Number.NaN] } },
      }),
    );
    const { items } = await activity.list(everything);
    expect({ items, announced, verified: await activity.verify() }).toEqual({
      items: [
        {
          seq: 2,
          atMs: 1_000,
          actor: "schedule",
          action: "coverage.audit-started",
          target: null,
          why: "nightly \ufffd",
          outcome: "refused",
          details: { z: 1, a: { b: [null] } },
          previousHash: items[1]?.hash,
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
        {
          seq: 1,
          atMs: 1_000,
          actor: "ann",
          action: "team.member-added",
          target: "target of team.member-added",
          why: null,
          outcome: "done",
          details: {},
          previousHash: "0".repeat(64),
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
      announced: ["activity", "activity"],
      verified: { intact: true, entries: 2 },
    });
  });

  it("loses the line together with the action it describes, without a gap and without an announcement", async () => {
    const { store, activity, announced, record } = await openLog();
    await record("a");
    await store
      .write(async (writer) => {
        await activity.record(writer, { action: "b", outcome: "done" });
        throw new Error("the action failed");
      })
      .catch(() => {});
    await record("c");
    const { items } = await activity.list(everything);
    expect({ lines: items.map(({ seq, action }) => [seq, action]), announced }).toEqual({
      lines: [
        [2, "c"],
        [1, "a"],
      ],
      announced: ["activity", "activity"],
    });
  });

  it("is listed in pages, newest first", async () => {
    const { activity, record } = await openLog();
    await record("a", "b", "c");
    const first = await activity.list({ cursor: null, limit: 2, search: "" });
    const second = await activity.list({ cursor: first.nextCursor, limit: 2, search: "" });
    expect(
      [first, second].map((page) => ({ ...page, items: page.items.map(({ action }) => action) })),
    ).toEqual([
      { items: ["c", "b"], nextCursor: "2", total: 3 },
      { items: ["a"], nextCursor: null, total: 3 },
    ]);
  });

  it("finds text literally in actor, action, target and why, whatever its case", async () => {
    const { store, activity, record } = await openLog();
    await record("team.a_b", "team.axb");
    await store.write((writer) =>
      activity.record(writer, { action: "x", why: "100% Sure", actor: "Zoe", outcome: "done" }),
    );
    const find = async (search: string) =>
      (await activity.list({ ...everything, search })).items.map(({ action }) => action);
    expect({
      underscore: await find("A_B"),
      percent: await find("0% s"),
      actor: await find("zoe"),
      target: await find("target of"),
      backslash: await find("\\"),
    }).toEqual({
      underscore: ["team.a_b"],
      percent: ["x"],
      actor: ["x"],
      target: ["team.axb", "team.a_b"],
      backslash: [],
    });
  });

  it("cannot be changed through Muster's own connection", async () => {
    const { store, record } = await openLog();
    await record("a");
    const file = new Sqlite(join(store.folder, "muster.db"));
    expect(() => file.exec("UPDATE activity SET actor = 'eve'")).toThrow("append-only");
    expect(() => file.exec("DELETE FROM activity")).toThrow("append-only");
    file.close();
  });
});

describe("verifying the activity log", () => {
  const cases: [name: string, sql: string, brokenAtSeq: number, problem: string][] = [
    ["an edited field", "UPDATE activity SET actor = 'eve' WHERE seq = 3", 3, "edited"],
    ["an edited time", "UPDATE activity SET at_ms = at_ms + 1 WHERE seq = 1", 1, "edited"],
    ["an emptied target", "UPDATE activity SET target = NULL WHERE seq = 3", 3, "edited"],
    ["edited details", `UPDATE activity SET details = '{"a":1}' WHERE seq = 5`, 5, "edited"],
    ["details that are no JSON", "UPDATE activity SET details = '{' WHERE seq = 2", 2, "edited"],
    ["an exchanged hash", `UPDATE activity SET hash = '${"a".repeat(64)}' WHERE seq = 4`, 4, "edited"],
    ["a removed first line", "DELETE FROM activity WHERE seq = 1", 1, "missing"],
    ["a removed line", "DELETE FROM activity WHERE seq = 3", 3, "missing"],
    ["a removed last line", "DELETE FROM activity WHERE seq = 5", 5, "missing"],
    ["a removed end", "DELETE FROM activity WHERE seq >= 3", 3, "missing"],
    ["an emptied log", "DELETE FROM activity", 1, "missing"],
    [
      "a removed line whose gap was closed",
      "DELETE FROM activity WHERE seq = 3; UPDATE activity SET seq = 3 WHERE seq = 4; UPDATE activity SET seq = 4 WHERE seq = 5",
      3,
      "missing",
    ],
    [
      "two exchanged lines",
      "UPDATE activity SET seq = 99 WHERE seq = 2; UPDATE activity SET seq = 2 WHERE seq = 3; UPDATE activity SET seq = 3 WHERE seq = 99",
      2,
      "reordered",
    ],
    ["a line moved to the end", "UPDATE activity SET seq = 99 WHERE seq = 2", 2, "reordered"],
    ["a forgotten end", "DELETE FROM settings WHERE name = 'activity.head'", 5, "edited"],
    [
      "an added line",
      "INSERT INTO activity SELECT 6, at_ms, 'eve', action, target, why, outcome, details, hash, 'x' FROM activity WHERE seq = 5",
      6,
      "edited",
    ],
  ];

  it.each(cases)("finds %s", async (_name, sql, brokenAtSeq, problem) => {
    const { activity, record, tamper } = await openLog();
    await record("a", "b", "c", "d", "e");
    expect(await activity.verify()).toEqual({ intact: true, entries: 5 });
    tamper(sql);
    expect(await activity.verify()).toMatchObject({ intact: false, brokenAtSeq, problem });
  });

  it("finds a line that was replaced together with its hash", async () => {
    const { activity, record, tamper } = await openLog();
    await record("a", "b", "c");
    const other = await openLog();
    await other.record("a", "forged");
    const forged = (await other.activity.list(everything)).items[0];
    tamper(
      `UPDATE activity SET action = 'forged', target = '${forged?.target}', hash = '${forged?.hash}' WHERE seq = 2`,
    );
    expect(await activity.verify()).toMatchObject({ intact: false, brokenAtSeq: 2, problem: "edited" });
  });

  it("still lists a log whose details were edited into no JSON", async () => {
    const { activity, record, tamper } = await openLog();
    await record("a");
    tamper("UPDATE activity SET details = '{' WHERE seq = 1");
    expect((await activity.list(everything)).items[0]?.details).toEqual({ unreadable: "{" });
  });

  it("holds an empty log for intact", async () => {
    const { activity } = await openLog();
    expect(await activity.verify()).toEqual({ intact: true, entries: 0 });
  });

  it("lets lines be written while it reads, over many chunks", async () => {
    const { activity, record } = await openLog();
    await record(...Array.from({ length: 600 }, (_, n) => `a${n}`));
    const verifying = activity.verify();
    await record("late");
    expect([await verifying, await activity.verify()]).toEqual([
      { intact: true, entries: 600 },
      { intact: true, entries: 601 },
    ]);
  });
});
