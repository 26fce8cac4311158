import { expect, it } from "vitest";
import { describeCron, readCron, writeCron } from "#renderer/ui/cron-rule.ts";

it("a usual rhythm and its rule are one and the same, forwards and back", () => {
  const rules = ["0 2 * * *", "30 7 * * 1-5", "5 23 * * 1", "0 */6 * * *"];
  expect(rules.map((rule) => readCron(rule)).map(({ rhythm, time }) => writeCron(rhythm, time))).toEqual(
    rules,
  );
});

it("every other rule stays as it was written", () => {
  const rules = ["0 2 1 * *", "*/5 * * * *", "0 25 * * *", "nonsense", "0 2 * * 1,3"];
  expect(rules.map((rule) => [readCron(rule).rhythm, describeCron(rule, "UTC")])).toEqual(
    rules.map((rule) => ["custom", `${rule} (UTC)`]),
  );
});

it("what is no time of day gives no rule", () => {
  expect(["24:00", "2", "02:60", "noon", " 7:05 "].map((time) => writeCron("daily", time))).toEqual([
    null,
    null,
    null,
    null,
    "5 7 * * *",
  ]);
});
