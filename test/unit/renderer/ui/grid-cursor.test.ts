import { expect, test } from "vitest";
import { anchorAt, followAnchor } from "#renderer/ui/grid-cursor.ts";

const columnIds = ["name", "ann", "ben"];
const before = { rowKeys: ["a", "b", "c"], columnIds };
const at = { row: 0, column: 2 };
const anchor = anchorAt(at, before);

test("a cursor stays on its row and column when both are ordered anew", () => {
  expect(followAnchor(anchor, at, { rowKeys: ["b", "c", "a"], columnIds: ["name", "ben", "ann"] })).toEqual({
    position: { row: 2, column: 1 },
    isRowGone: false,
  });
});

test("a cursor whose row is gone keeps its place, within the rows that are left, and tells", () => {
  const last = { row: 2, column: 1 };
  expect(followAnchor(anchorAt(last, before), last, { rowKeys: ["b", "a"], columnIds })).toEqual({
    position: { row: 1, column: 1 },
    isRowGone: true,
  });
});

test("a cursor that stands on nothing yet begins within the grid", () => {
  expect([
    followAnchor(null, { row: 5, column: 9 }, before),
    followAnchor(null, at, { rowKeys: [], columnIds }),
  ]).toEqual([
    { position: { row: 2, column: 2 }, isRowGone: false },
    { position: { row: 0, column: 2 }, isRowGone: false },
  ]);
});
