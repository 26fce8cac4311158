import { expect, test } from "vitest";
import { decideClockCheck } from "#main/features/diagnostics/diagnosis-policy.ts";

test("a clock within two minutes of the server's is ok", () => {
  expect(decideClockCheck({ serverMs: 1_000_000, localMs: 1_004_000 })).toEqual({
    id: "clock",
    ok: true,
    finding: "Within 4 s of the server's clock.",
    todo: null,
  });
});

test("a clock that was set back is named with its distance and what to do", () => {
  expect(decideClockCheck({ serverMs: 10_000_000, localMs: 6_400_000 })).toMatchObject({
    ok: false,
    finding: "The clock is 3600 s behind the server's.",
    todo: expect.stringContaining("automatic time"),
  });
});

test("without an answer nothing is claimed about the clock", () => {
  expect(decideClockCheck(null)).toMatchObject({
    ok: false,
    finding: "No server could be asked for the time.",
  });
});
