import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { makeHome, openConsole } from "#test/support/e2e/console.ts";
import { look } from "#test/support/e2e/look.ts";
import { startSandboxProcess } from "#test/support/e2e/sandbox-process.ts";

test.skip(process.platform !== "linux", "only Linux has machines without a keychain");

test("without a keychain Muster refuses to sign in, says what to do, and leaves no trace of the token", async () => {
  const sandbox = await startSandboxProcess({ world: "small" });
  const home = makeHome();
  const muster = await openConsole(home, {
    env: { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent", XDG_RUNTIME_DIR: home.temporary },
  });
  const { page } = muster;
  const { apiUrl, tokens } = sandbox.ready.slack;
  try {
    await expect(page.getByText("Until then Muster refuses to sign in")).toBeVisible({ timeout: 15_000 });
    await look(page, "no-keychain");
    await page.getByRole("button", { name: "Connect Slack" }).click();
    const dialog = page.getByRole("dialog", { name: "Connect a Slack workspace" });
    await dialog.getByRole("textbox", { name: "User token" }).fill(tokens.full);
    await dialog.getByRole("button", { name: "Another address than slack.com" }).click();
    await dialog.getByRole("textbox", { name: /^API address/ }).fill(apiUrl);
    await dialog.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(dialog.getByRole("alert")).toContainText("keychain/", { timeout: 15_000 });
    await look(page, "no-keychain-refused");
  } finally {
    await muster.quit();
    await sandbox.end();
  }
  const holders = readdirSync(home.profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(tokens.full));
  expect(holders).toEqual([]);
  home.remove();
});
