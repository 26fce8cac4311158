import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createGroupLocks } from "#main/features/membership/run/group-locks.ts";

test("one group is changed by one at a time, in the order they came, also after one fails; others go on beside", async () => {
  const locks = createGroupLocks();
  const told: string[] = [];
  const work = (key: string, name: string, fails = false) =>
    locks.hold(key, async () => {
      told.push(`${name} begins`);
      await sleep(key === "a" ? 20 : 1);
      told.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const ended = await Promise.allSettled([
    work("a", "first", true),
    work("a", "second"),
    work("b", "other"),
    work("a", "third"),
  ]);
  expect({
    told,
    ended: ended.map((end) => (end.status === "fulfilled" ? end.value : "failed")),
  }).toEqual({
    told: [
      "first begins",
      "other begins",
      "other ends",
      "first ends",
      "second begins",
      "second ends",
      "third begins",
      "third ends",
    ],
    ended: ["failed", "second", "other", "third"],
  });
});
