import { expect, test } from "vitest";
import { findPageFile, isOwnPage } from "#main/shell/page-address.ts";

test("a file of the page is found by its address", () => {
  expect([
    findPageFile("/app/out", "muster://app/index.html"),
    findPageFile("/app/out", "muster://app/assets/a%20b.js?v=1#x"),
  ]).toEqual(["/app/out/index.html", "/app/out/assets/a b.js"]);
});

test("no address leads out of the folder or to another host", () => {
  expect(
    [
      "muster://app/../secret.txt",
      "muster://app/%2e%2e/secret.txt",
      "muster://app/..%2f..%2fetc/passwd",
      "muster://other/index.html",
      "file:///etc/passwd",
      "nonsense",
    ].map((address) => findPageFile("/app/out", address)),
  ).toEqual(["/app/out/secret.txt", "/app/out/secret.txt", null, null, null, null]);
});

test("only our own page counts as ours, whatever follows its address", () => {
  expect(
    ["muster://app/index.html#/runs", "muster://app/other.html", "https://app/index.html", ""].map(isOwnPage),
  ).toEqual([true, false, false, false]);
});
