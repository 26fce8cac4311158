import { describe, expect, test } from "vitest";
import { CELL_TEXT_MAX, isFormulaLike, toPrintable, toSheetText } from "#main/documents/cell-text.ts";

describe("text on its way into a spreadsheet", () => {
  test.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u200B=1",
    "\uFEFF=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "−1",
    "﹦1",
  ])("%j could be taken for a formula", (text) => {
    expect(isFormulaLike(text)).toBe(true);
  });

  test.each(["", "bitsafe-acme", "4/5 required", "a=b", "עברית", "🙂-acme", "#general", "1-2"])(
    "%j could not",
    (text) => {
      expect(isFormulaLike(text)).toBe(false);
    },
  );

  test("characters that no file can hold become visible, and nothing else changes", () => {
    expect(["a\u0000b", "\uD83D", "x\uDC00", "\u007F", "\uFFFE", "🙂 שלום\ttab\n"].map(toPrintable)).toEqual([
      "a\uFFFDb",
      "\uFFFD",
      "x\uFFFD",
      "\uFFFD",
      "\uFFFD",
      "🙂 שלום\ttab\n",
    ]);
  });

  test("a text that only looks escaped is kept from being unescaped", () => {
    expect(["_x0041_", "_x0041_x0042_", "a\rb", "_xyz_"].map(toSheetText)).toEqual([
      "_x005F_x0041_",
      "_x005F_x0041_x005F_x0042_",
      "a_x000D_b",
      "_xyz_",
    ]);
  });

  test("a text is cut at Excel's limit, never through a character", () => {
    const cut = toSheetText(`${"a".repeat(CELL_TEXT_MAX - 2)}🙂🙂`);
    expect([cut.length, cut.slice(-3)]).toEqual([CELL_TEXT_MAX, "a\uFFFD…"]);
    expect(toSheetText("a".repeat(CELL_TEXT_MAX))).toHaveLength(CELL_TEXT_MAX);
  });
});
