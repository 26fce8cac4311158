import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  dismissAllToasts,
  dismissToastsAbout,
  holdToasts,
  releaseToasts,
  shownForMs,
  showToast,
  type Toast,
  useToasts,
} from "#renderer/ui/show-toast.ts";

beforeEach(() => {
  vi.useFakeTimers();
  dismissAllToasts();
});
afterEach(() => {
  vi.useRealTimers();
});

const messages = (): string[] => useToasts.getState().toasts.map(({ message }) => message);
const ok = (message: string, more: Partial<Toast> = {}) => showToast({ tone: "ok", message, ...more });
const error = (message: string, more: Partial<Toast> = {}) => showToast({ tone: "danger", message, ...more });
const undo = { label: "Undo", run: () => {} };

test("what no longer holds is taken back, and nothing else", () => {
  showToast({ tone: "neutral", message: "Audit cancelled.", about: "audit" });
  ok("Gap excluded.", { about: "exclusion" });
  ok("Copied.");
  dismissToastsAbout("audit");
  expect(messages()).toEqual(["Gap excluded.", "Copied."]);
});

test("a newer word on the same subject takes the place of the older, an error's too", () => {
  error("The export failed.", { about: "export" });
  ok("Copied.");
  ok("Report written.", { about: "export" });
  expect(messages()).toEqual(["Copied.", "Report written."]);
});

test("the same said twice stands once, as the newest", () => {
  error("No answer.", { hint: "Try again." });
  ok("Copied.");
  error("No answer.", { hint: "Try again." });
  error("No answer.", { hint: "Sign in again." });
  expect(messages()).toEqual(["Copied.", "No answer.", "No answer."]);
});

test("a few words stay for 5 seconds, more of them longer, an action for 10, an error for ever", () => {
  const words = "The change was saved, and the operations that are under way follow it. ";
  expect([
    shownForMs({ tone: "ok", message: "Saved." }),
    shownForMs({ tone: "ok", message: words, hint: words.slice(0, 29) }),
    shownForMs({ tone: "neutral", message: words.repeat(5) }),
    shownForMs({ tone: "ok", message: "Gap excluded.", action: undo }),
    shownForMs({ tone: "danger", message: "No answer.", action: undo }),
  ]).toEqual([5_000, 6_500, 10_000, 10_000, null]);
});

test("each goes when its own time is over, and errors stay", () => {
  error("No answer.");
  ok("Gap excluded.", { action: undo });
  ok("Saved.");
  vi.advanceTimersByTime(4_999);
  const before = messages();
  vi.advanceTimersByTime(1);
  const afterSaved = messages();
  vi.advanceTimersByTime(3_600_000);
  expect({ before, afterSaved, atLast: messages() }).toEqual({
    before: ["No answer.", "Gap excluded.", "Saved."],
    afterSaved: ["No answer.", "Gap excluded."],
    atLast: ["No answer."],
  });
});

test("nothing goes while anybody holds it, and what is left of its time comes after, a second at least", () => {
  ok("Saved.");
  vi.advanceTimersByTime(4_900);
  holdToasts("pointer");
  holdToasts("keyboard");
  ok("Copied.");
  vi.advanceTimersByTime(60_000);
  releaseToasts("pointer");
  vi.advanceTimersByTime(60_000);
  const held = messages();
  releaseToasts("keyboard");
  vi.advanceTimersByTime(999);
  const released = messages();
  vi.advanceTimersByTime(1);
  const aSecondAfter = messages();
  vi.advanceTimersByTime(4_000);
  expect({ held, released, aSecondAfter, atLast: messages() }).toEqual({
    held: ["Saved.", "Copied."],
    released: ["Saved.", "Copied."],
    aSecondAfter: ["Copied."],
    atLast: [],
  });
});

test("the oldest makes room for a fourth unless it is an error, which waits", () => {
  error("First error.");
  ok("Saved.");
  ok("Copied.");
  ok("Report written.");
  const three = messages();
  for (const one of ["Second error.", "Third error.", "Fourth error."]) error(one);
  expect({ three, errors: messages() }).toEqual({
    three: ["First error.", "Copied.", "Report written."],
    errors: ["First error.", "Second error.", "Third error.", "Fourth error."],
  });
});
