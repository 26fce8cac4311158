import { expect, test } from "vitest";
import { inTerminal } from "#main/cli/in-terminal.ts";
import { openTerminal, printable, table } from "#main/cli/terminal.ts";
import { failure, FailureCode } from "#shared/domain/failure.ts";

function record(isJson: boolean) {
  const written = { out: "", err: "" };
  const terminal = openTerminal(isJson, {
    out: { write: (text) => (written.out += text) },
    err: { write: (text) => (written.err += text) },
  });
  return { terminal, written };
}

test("with --json standard output holds one object and nothing else", () => {
  const { terminal, written } = record(true);
  terminal.say("for people");
  terminal.note("remark");
  terminal.answer({ runId: "r1" });
  expect(written).toEqual({ out: '{"runId":"r1"}\n', err: "remark\n" });
});

test("a failure names its code, its facts and what to do", () => {
  const { terminal, written } = record(false);
  terminal.fail(failure("slack/missing-scope", { needed: ["groups:read"] }));
  expect(written.err).toMatch(/\[slack\/missing-scope]\n {2}needed: groups:read\nAdd the named scope/);
});

test("moments among the facts are told as such, lengths of time as they are", () => {
  const { terminal, written } = record(false);
  const sinceMs = Date.UTC(2026, 10, 20, 16, 32, 46);
  terminal.fail(failure("store/profile-in-use", { pid: 7, sinceMs, waitedMs: 1_000 }));
  expect(written.err).toMatch(/pid: 7\n {2}since: 2026-11-20 16:32:46 UTC\n {2}waitedMs: 1000\n/);
});

test("no failure sends somebody at a terminal to a screen, a button or a list to choose from", () => {
  const odd = FailureCode.options
    .map((code) => inTerminal(failure(code)))
    .filter(({ todo }) =>
      /\b(screen|window|button|click|reload|dialog|tab|form|from the list)\b/i.test(todo),
    );
  expect(odd).toEqual([]);
});

test("what to do is said in the command line's words, to people and to programs", () => {
  const person = record(false);
  const program = record(true);
  for (const { terminal } of [person, program]) terminal.fail(failure("job/cancelled"));
  const { failure: answered } = JSON.parse(program.written.out) as { failure: { todo: string } };
  expect([person.written.err.includes(answered.todo), answered.todo]).toEqual([
    true,
    "Start it again, or go on with it: muster audit --resume.",
  ]);
});

test("what a failure adds to its usual advice is said in a terminal too", () => {
  const usual = failure("telegram/session-revoked");
  const { todo } = inTerminal({ ...usual, todo: `${usual.todo} Every copy needs a session of its own.` });
  expect(todo).toBe(
    "Sign in again with muster connections add; the next audit goes on where this one stopped. " +
      "Every copy needs a session of its own.",
  );
});

test("a name cannot move the cursor, clear the screen or reverse the line", () => {
  expect(printable("a\u001b[2Jb\nc\u202Ed\u009bx")).toBe("a�[2Jb�c�d�x");
});

test("columns line up with wide characters in them", () => {
  expect(
    table([
      ["顧客", "x"],
      ["ab", "y"],
      ["abcde", "z"],
    ]),
  ).toEqual(["顧客   x", "ab     y", "abcde  z"]);
});
