import { describe, expect, it } from "vitest";
import { mayHaveArrived, mayPass, missingOf, needsSignIn } from "#main/features/insights/policy/delivery.ts";
import { decideTurn } from "#main/jobs/index.ts";
import { failure, type FailureCode } from "#shared/domain/failure.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import { DEFAULT_TELLING } from "#shared/domain/telling.ts";
import { DAY_MS, HOUR_MS } from "#shared/lib/time.ts";

describe("the end of a message", () => {
  it("is open only where somebody may have read it", () => {
    const ends = [
      failure("network/unreachable", { reason: "ECONNREFUSED" }),
      failure("network/unreachable", { reason: "ECONNRESET" }),
      failure("network/unreachable"),
      failure("network/timed-out"),
      failure("slack/bad-answer"),
      failure("slack/not-allowed"),
    ];
    expect(ends.map(mayHaveArrived)).toEqual([false, true, true, true, true, false]);
  });

  it("waits for time or for the operator, or is final", () => {
    const codes: FailureCode[] = [
      "network/unreachable",
      "telegram/flood-wait",
      "slack/missing-scope",
      "slack/channel-not-found",
      "mail/refused",
    ];
    expect(codes.map((code) => [mayPass(failure(code)), needsSignIn(failure(code))])).toEqual([
      [true, false],
      [true, false],
      [false, true],
      [false, false],
      [false, false],
    ]);
  });
});

it("what a channel lacks is named", () => {
  const connectionId = ConnectionId.parse("slack:T1:U1");
  const settings = {
    ...DEFAULT_TELLING,
    slack: { enabled: true, connectionId, target: "" },
    mail: { ...DEFAULT_TELLING.mail, host: "smtp.test", user: "me", from: "me@x\r\nBcc: y@z", to: "a@b, c" },
  };
  const lacking = (channel: "system" | "slack" | "telegram" | "mail") =>
    missingOf(settings, channel, { hasMailPassword: false });
  expect([lacking("system"), lacking("slack"), lacking("telegram"), lacking("mail")]).toEqual([
    [],
    ["destination"],
    ["connection"],
    ["sender", "recipient", "password"],
  ]);
});

it("a turn is for the newest time that passed, and only the others were missed", () => {
  const dueAtMs = 10 * DAY_MS;
  const turns = [
    { atMs: dueAtMs + 5, passed: 0 },
    { atMs: dueAtMs + 5, passed: 2 },
    { atMs: dueAtMs + HOUR_MS, passed: 3 },
    { atMs: dueAtMs + HOUR_MS, passed: 1 },
  ];
  expect(turns.map((turn) => decideTurn({ dueAtMs, ...turn }).missed)).toEqual([0, 2, 2, 0]);
});
