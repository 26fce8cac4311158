import { describe, expect, test } from "vitest";
import { CursorTrail } from "#main/platforms/slack/cursor-trail.ts";

/** Walks a listing along `cursors`, the first page included, and tells how each step was judged. */
function walk(
  trail: CursorTrail,
  cursors: string[],
  from: string | null = null,
  listing = "users",
): boolean[] {
  let cursor = from;
  return cursors.map((next) => {
    const judged = trail.step(listing, cursor, next);
    cursor = next;
    return judged;
  });
}

describe("following cursors", () => {
  test("accepts a listing whose cursors are all different", () => {
    expect(walk(new CursorTrail(), ["a", "b", "c"])).toEqual([true, true, true]);
  });

  test("refuses a page that leads to itself", () => {
    expect(walk(new CursorTrail(), ["a", "a"])).toEqual([true, false]);
  });

  test("refuses a longer circle at the step that closes it", () => {
    expect(walk(new CursorTrail(), ["a", "b", "c", "a"])).toEqual([true, true, true, false]);
  });

  test("notices a circle in a listing resumed in the middle", () => {
    expect(walk(new CursorTrail(), ["c", "b"], "b")).toEqual([true, false]);
  });

  test("accepts the same cursors again when the listing starts anew, also in another order", () => {
    const trail = new CursorTrail();
    walk(trail, ["a", "b", "c"]);

    expect([walk(trail, ["a", "b", "c"]), walk(trail, ["c", "b"])]).toEqual([
      [true, true, true],
      [true, true],
    ]);
  });

  test("keeps listings apart", () => {
    const trail = new CursorTrail();
    walk(trail, ["a", "b"], null, "members of C1");

    expect(walk(trail, ["b", "a"], null, "members of C2")).toEqual([true, true]);
  });
});
