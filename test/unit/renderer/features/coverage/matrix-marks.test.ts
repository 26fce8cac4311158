import { expect, test } from "vitest";
import { PersonId } from "#shared/domain/ids.ts";
import { markedCells } from "#renderer/features/coverage/marked-cells.ts";
import { nextMarks } from "#renderer/features/coverage/matrix-marks.ts";
import { sampleRow } from "./matrix-sample.ts";

const PEOPLE = ["ana", "bo", "cy"].map((name) => ({ personId: PersonId.parse(name) }));
const ROWS = [
  sampleRow("acme", { ana: "present", bo: "absent", cy: "unknown" }),
  sampleRow("borea", { ana: "absent", bo: "excluded", cy: "absent" }),
  sampleRow("canton", { ana: "present" }, { platform: "telegram" }),
];
/** Two columns tell about the group; the people follow. */
const FIELD = { rows: ROWS, people: PEOPLE, groupColumns: 2 };
const NONE = { marked: new Set<string>(), before: new Set<string>(), from: null };
const at = (row: number, column: number) => ({ row, column });

function names(marked: ReadonlySet<string>): string[] {
  return [...marked].map((cell) => cell.replace("slack:T:", "").replace("\n", " ")).sort();
}

test("Space turns one cell over, and a cell of the group means everybody in it", () => {
  const one = nextMarks(NONE, FIELD, at(0, 2), at(0, 3), "toggle");
  const row = nextMarks(one, FIELD, at(0, 3), at(0, 0), "toggle");
  const off = nextMarks(row, FIELD, at(0, 0), at(0, 1), "toggle");
  expect([names(one.marked), names(row.marked), names(off.marked)]).toEqual([
    ["acme bo"],
    ["acme ana", "acme bo", "acme cy"],
    [],
  ]);
});

test("Shift marks the rectangle from where it began, anew with every step, and keeps what was marked before", () => {
  const before = nextMarks(NONE, FIELD, at(0, 2), at(2, 4), "toggle");
  const begun = { ...before, from: at(0, 3) };
  const wide = nextMarks(begun, FIELD, at(0, 3), at(1, 4), "extend");
  const narrow = nextMarks(wide, FIELD, at(1, 4), at(1, 3), "extend");
  const fromCursor = nextMarks(NONE, FIELD, at(1, 2), at(1, 3), "extend");
  expect([names(wide.marked), names(narrow.marked), names(fromCursor.marked)]).toEqual([
    ["acme bo", "acme cy", "borea bo", "borea cy", "canton cy"],
    ["acme bo", "borea bo", "canton cy"],
    ["borea ana", "borea bo"],
  ]);
});

test("a range begins anew where the cursor went without marking", () => {
  const first = nextMarks(NONE, FIELD, at(0, 2), at(0, 3), "extend");
  const moved = nextMarks(first, FIELD, at(0, 3), at(2, 4), "move");
  const second = nextMarks(moved, FIELD, at(2, 4), at(2, 3), "extend");
  expect([names(second.marked), nextMarks(NONE, FIELD, at(0, 2), at(1, 2), "move") === NONE]).toEqual([
    ["acme ana", "acme bo", "canton bo", "canton cy"],
    true,
  ]);
});

test("everything shown is marked at once, and only what is proven and open counts as a gap", () => {
  const all = nextMarks(NONE, FIELD, at(0, 0), at(0, 0), "all");
  const summary = markedCells(all.marked, ROWS, PEOPLE);
  const pair = ({ groupKey, personId }: { groupKey: string; personId: string }) =>
    `${groupKey.replace("slack:T:", "")} ${personId}`;
  expect({
    count: summary.count,
    gaps: summary.gaps.map(pair),
    present: summary.present.map(pair),
    platforms: summary.platforms,
    filtered: markedCells(all.marked, ROWS.slice(0, 1), PEOPLE.slice(0, 2)).count,
  }).toEqual({
    count: 9,
    gaps: ["acme bo", "borea ana", "borea cy"],
    present: ["acme ana", "canton ana"],
    platforms: ["slack", "telegram"],
    filtered: 2,
  });
});
