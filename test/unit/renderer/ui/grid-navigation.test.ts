import { expect, test } from "vitest";
import { nextPosition } from "#renderer/ui/grid-navigation.ts";

const SIZE = { rows: 100, columns: 12, pageRows: 20 };

function press(key: string, at = { row: 50, column: 6 }, modifier: "ctrl" | "meta" | "alt" | null = null) {
  return nextPosition(
    { key, ctrlKey: modifier === "ctrl", metaKey: modifier === "meta", altKey: modifier === "alt" },
    at,
    SIZE,
  );
}

test("arrows, pages, Home and End move from a cell, and farther with Ctrl or Command", () => {
  expect({
    up: press("ArrowUp"),
    down: press("ArrowDown"),
    left: press("ArrowLeft"),
    right: press("ArrowRight"),
    pageUp: press("PageUp"),
    pageDown: press("PageDown"),
    home: press("Home"),
    end: press("End"),
    top: press("ArrowUp", undefined, "ctrl"),
    bottom: press("ArrowDown", undefined, "meta"),
    first: press("Home", undefined, "ctrl"),
    last: press("End", undefined, "ctrl"),
  }).toEqual({
    up: { row: 49, column: 6 },
    down: { row: 51, column: 6 },
    left: { row: 50, column: 5 },
    right: { row: 50, column: 7 },
    pageUp: { row: 30, column: 6 },
    pageDown: { row: 70, column: 6 },
    home: { row: 50, column: 0 },
    end: { row: 50, column: 11 },
    top: { row: 0, column: 6 },
    bottom: { row: 99, column: 6 },
    first: { row: 0, column: 0 },
    last: { row: 99, column: 11 },
  });
});

test("no key leads out of the grid", () => {
  expect([
    press("ArrowUp", { row: 0, column: 0 }),
    press("ArrowLeft", { row: 0, column: 0 }),
    press("PageUp", { row: 3, column: 0 }),
    press("ArrowDown", { row: 99, column: 11 }),
    press("ArrowRight", { row: 99, column: 11 }),
    press("PageDown", { row: 95, column: 11 }),
  ]).toEqual([
    { row: 0, column: 0 },
    { row: 0, column: 0 },
    { row: 0, column: 0 },
    { row: 99, column: 11 },
    { row: 99, column: 11 },
    { row: 99, column: 11 },
  ]);
});

test("other keys, and back and forward in the window's history, are left alone", () => {
  expect([press("Enter"), press("x"), press("ArrowLeft", undefined, "alt")]).toEqual([null, null, null]);
});
