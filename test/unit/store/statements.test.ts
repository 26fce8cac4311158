import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";

describe("a statement that is used again", () => {
  it("gives rows in the form that each use asks for", async () => {
    const store = await openTemporaryStore();
    await store.write((writer) => saveSetting(writer, "a", { b: 1 }));
    const text = "SELECT name, value FROM settings";
    const plain = () => store.read.all(sql.raw(text));
    const raw = () => store.read.values(sql.raw(text));
    expect([plain(), raw(), plain(), raw()]).toEqual([
      [{ name: "a", value: '{"b":1}' }],
      [["a", '{"b":1}']],
      [{ name: "a", value: '{"b":1}' }],
      [["a", '{"b":1}']],
    ]);
  });

  it("sees what was written since, also after more statements than are kept", async () => {
    const store = await openTemporaryStore();
    const seen: unknown[] = [];
    for (let n = 0; n < 3; n += 1) {
      await store.write((writer) => saveSetting(writer, "a", n));
      for (let other = 0; other < 400; other += 1) store.read.all(sql.raw(`SELECT ${other}`));
      seen.push(await findSetting(store.read, "a"));
    }
    expect(seen).toEqual([0, 1, 2]);
  });
});
