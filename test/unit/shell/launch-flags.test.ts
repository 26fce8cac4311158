import { expect, test } from "vitest";
import { parseLaunchFlags } from "#main/shell/launch-flags.ts";

test("the window's own flags are read among Chromium's, and anything else leaves them as they are", () => {
  expect([
    parseLaunchFlags(["--no-sandbox", "--profile=/p", "--sandbox-ask", "--limits=off", "page"]),
    parseLaunchFlags(["--sandbox", "--limits", "off"]),
    parseLaunchFlags(["--limits=none", "--profile="]),
  ]).toEqual([
    { profile: "/p", sandbox: "ask", limits: "off" },
    { profile: undefined, sandbox: "open", limits: "off" },
    { profile: undefined, sandbox: "no", limits: "on" },
  ]);
});
