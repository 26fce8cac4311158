import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { settle } from "#test/support/manual-clock.ts";

describe("a write", () => {
  it("is seen by readers once it has committed, and not before", async () => {
    const store = await openTemporaryStore();
    const before = Promise.withResolvers<unknown>();
    await store.write(async (writer) => {
      await saveSetting(writer, "a", 1);
      before.resolve([await findSetting(writer, "a"), await findSetting(store.read, "a")]);
    });
    expect({ during: await before.promise, after: await findSetting(store.read, "a") }).toEqual({
      during: [1, undefined],
      after: 1,
    });
  });

  it("leaves nothing behind when its action rejects", async () => {
    const store = await openTemporaryStore();
    const write = store.write(async (writer) => {
      await saveSetting(writer, "a", 1);
      throw new Error("changed my mind");
    });
    await expect(write).rejects.toThrow("changed my mind");
    expect(await findSetting(store.read, "a")).toBeUndefined();
  });

  it("is no success when SQLite took it back and its action did not care", async () => {
    const store = await openTemporaryStore();
    await store.write((writer) => saveSetting(writer, "a", 1));
    const write = store.write(async (writer) => {
      await saveSetting(writer, "b", 2);
      try {
        writer.run(sql`INSERT OR ROLLBACK INTO settings (name, value) VALUES ('a', '3')`);
      } catch {
        // What a careless action would do.
      }
    });
    await expect(write).rejects.toThrow("went on after one of its queries had failed");
    expect(await findSetting(store.read, "b")).toBeUndefined();
  });

  it("waits for the writes before it, in the order they were asked for", async () => {
    const store = await openTemporaryStore();
    const order: string[] = [];
    const slow = Promise.withResolvers<void>();
    const writes = [
      store.write(async () => {
        order.push("first begins");
        await slow.promise;
        order.push("first ends");
      }),
      store.write(async () => {
        order.push("second");
      }),
    ];
    await settle();
    slow.resolve();
    await Promise.all(writes);
    expect(order).toEqual(["first begins", "first ends", "second"]);
  });

  it("goes on after an earlier write failed", async () => {
    const store = await openTemporaryStore();
    const failing = store.write(() => Promise.reject(new Error("no")));
    const next = store.write((writer) => saveSetting(writer, "a", 1));
    await expect(failing).rejects.toThrow("no");
    await next;
    expect(await findSetting(store.read, "a")).toBe(1);
  });

  it("refuses a write inside a write as a defect, and keeps neither", async () => {
    const store = await openTemporaryStore();
    const outer = store.write(async (writer) => {
      await saveSetting(writer, "outer", 1);
      await store.write((inner) => saveSetting(inner, "inner", 1));
    });
    await expect(outer).rejects.toThrow("a write inside a write");
    expect([await findSetting(store.read, "outer"), await findSetting(store.read, "inner")]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it("may be started by what runs after a commit, even though that began inside a write", async () => {
    const store = await openTemporaryStore();
    const second = Promise.withResolvers<void>();
    await store.write(async () => {
      store.afterCommit(() => {
        second.resolve(store.write((writer) => saveSetting(writer, "a", 2)));
      });
    });
    await second.promise;
    expect(await findSetting(store.read, "a")).toBe(2);
  });

  it("refuses its writer to anybody who kept it, also while another write is open", async () => {
    const store = await openTemporaryStore();
    const late = Promise.withResolvers<void>();
    let attempt: Promise<void> = Promise.resolve();
    await store.write(async (writer) => {
      attempt = late.promise.then(() => saveSetting(writer, "late", 1));
    });
    const attempted = attempt.catch(String);
    await store.write(async () => {
      late.resolve();
      await settle();
    });
    expect(await attempted).toContain("outside its write");
    expect(await findSetting(store.read, "late")).toBeUndefined();
  });

  it("is rolled back when its action never settles, and lets the next one pass", async () => {
    const store = await openTemporaryStore({ writeDeadlineMs: 30 });
    const hung = store.write(async (writer) => {
      await saveSetting(writer, "hung", 1);
      await new Promise<never>(() => {});
    });
    const next = store.write((writer) => saveSetting(writer, "next", 1));
    await expect(hung).rejects.toThrow("did not end within 30 ms");
    await next;
    expect([await findSetting(store.read, "hung"), await findSetting(store.read, "next")]).toEqual([
      undefined,
      1,
    ]);
  });

  it("runs effects after its commit only, never when it is rolled back, whatever an effect throws", async () => {
    const store = await openTemporaryStore();
    const effect = vi.fn();
    await store
      .write(async () => {
        store.afterCommit(() => effect("rolled back"));
        throw new Error("no");
      })
      .catch(() => {});
    await store.write(async () => {
      store.afterCommit(() => {
        throw new Error("a listener with a bug");
      });
      store.afterCommit(() => effect("committed"));
      effect("inside");
    });
    expect(effect.mock.calls).toEqual([["inside"], ["committed"]]);
    expect(() => store.afterCommit(() => {})).toThrow("outside a write");
  });

  it("is refused after the store was closed, and closing waits for the one under way", async () => {
    const store = await openTemporaryStore();
    const underWay = store.write(async (writer) => {
      await saveSetting(writer, "a", 1);
    });
    await store.close();
    await underWay;
    await store.close();
    await expect(store.write(async () => {})).rejects.toThrow("after the store was closed");
    const again = await openTemporaryStore({ folder: store.folder });
    expect(await findSetting(again.read, "a")).toBe(1);
  });
});
