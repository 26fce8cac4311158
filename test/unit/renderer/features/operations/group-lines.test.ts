import { expect, test } from "vitest";
import { GroupKey } from "#shared/domain/ids.ts";
import { candidatesOf, linesOf, settledKeys } from "#renderer/features/operations/group-lines.ts";
import { sampleRow } from "../coverage/matrix-sample.ts";

const acme = GroupKey.parse("slack:T:acme");
const borea = GroupKey.parse("slack:T:borea");

test("a text is cut into lines whatever ends them, without the mark at its beginning", () => {
  expect(linesOf("\uFEFFacme\r\nborea\rcanton\n\n")).toEqual(["acme", "borea", "canton", "", ""]);
});

test("a list means what was found and what the operator settled, each group once", () => {
  const found = [{ groupKey: acme, name: "acme", platform: "slack" as const }];
  expect([
    settledKeys(undefined, new Set([borea])),
    settledKeys({ found }, new Set()),
    settledKeys({ found }, new Set([borea, acme])),
  ]).toEqual([[], [acme], [acme, borea]]);
});

test("an ambiguous line is offered the groups of that name on the chosen platforms", () => {
  const groups = [sampleRow("Acme"), sampleRow("acme", {}, { platform: "telegram" }), sampleRow("borea")].map(
    (row) => row.group,
  );
  const names = (platforms: ("slack" | "telegram")[]) =>
    candidatesOf(["ACME"], groups, platforms).map(({ name }) => name);
  expect([names(["slack", "telegram"]), names(["telegram"])]).toEqual([["Acme", "acme"], ["acme"]]);
});
