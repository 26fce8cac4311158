import { expect, test } from "vitest";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { startChild } from "#test/support/child.ts";
import { signIn } from "./telegram-lab.ts";

test("a process ends by itself once its session is closed, with calls in flight, and says nothing", async () => {
  const sandbox = await openSandbox();
  sandbox.control.addFault({
    platform: "telegram",
    method: "messages.getDialogs",
    kind: "stall",
    times: null,
  });
  sandbox.control.addFault({
    platform: "telegram",
    method: "contacts.resolveUsername",
    kind: "flood",
    retryAfterS: 100,
  });
  const child = startChild("test/platforms/telegram/session-child.ts", JSON.stringify(await signIn(sandbox)));
  const told = await child.said("told");
  const { how, stderr } = await child.ended();
  expect({ told, how, stderr }).toEqual({
    told: "ok network/unreachable network/unreachable",
    how: 0,
    stderr: "",
  });
});
