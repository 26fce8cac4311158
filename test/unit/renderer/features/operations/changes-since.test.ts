import { expect, test } from "vitest";
import { changesSince } from "#renderer/features/operations/changes-since.ts";

const NONE = {
  planned: 0,
  acting: 0,
  done: 0,
  "already-so": 0,
  refused: 0,
  failed: 0,
  unclear: 0,
  skipped: 0,
};

test("what operations changed after an audit is counted; what ended before it, goes on, or only was sent is not", () => {
  const ended = (kind: "add" | "rename" | "message", finishedAtMs: number | null, done: number) => ({
    kind,
    finishedAtMs,
    counts: { ...NONE, done, refused: 9 },
  });
  expect(
    changesSince(
      [
        ended("add", 11, 3),
        ended("rename", 12, 4),
        ended("add", 10, 50),
        ended("add", null, 60),
        ended("message", 13, 70),
      ],
      10,
    ),
  ).toBe(7);
});
