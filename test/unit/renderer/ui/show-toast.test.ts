import { beforeEach, expect, test } from "vitest";
import { dismissToastsAbout, showToast, useToasts } from "#renderer/ui/show-toast.ts";

beforeEach(() => useToasts.setState({ toasts: [] }));

const messages = (): string[] => useToasts.getState().toasts.map(({ message }) => message);

test("what no longer holds is taken back, and nothing else", () => {
  showToast({ tone: "neutral", message: "Audit cancelled.", about: "audit" });
  showToast({ tone: "ok", message: "Gap excluded.", about: "exclusion" });
  showToast({ tone: "ok", message: "Copied." });
  dismissToastsAbout("audit");
  expect(messages()).toEqual(["Gap excluded.", "Copied."]);
});
