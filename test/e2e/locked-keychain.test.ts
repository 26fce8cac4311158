import { expect, test } from "@playwright/test";
import { type KeyringSession, openKeyringSession } from "#test/integration/cli/keyring.ts";
import { type Console, type Home, makeHome, openConsole } from "#test/support/e2e/console.ts";
import { look } from "#test/support/e2e/look.ts";
import { type SandboxProcess, startSandboxProcess } from "#test/support/e2e/sandbox-process.ts";
import { showScreen, untilConnected } from "#test/support/e2e/steps.ts";
import { cards, dialogOf, enterApp, enterCode, enterPhone } from "#test/support/e2e/telegram-steps.ts";

test.skip(process.platform !== "linux", "only Linux has a keychain that a test can have for itself");
test.describe.configure({ mode: "serial" });
let keyring: KeyringSession;
let sandbox: SandboxProcess;
let home: Home;
let muster: Console;

test.beforeAll(async () => {
  keyring = await openKeyringSession();
  await keyring.lock();
  sandbox = await startSandboxProcess({ world: "small" });
  home = makeHome();
  muster = await open();
});
test.afterAll(async () => {
  await muster?.quit();
  await sandbox?.end();
  await keyring?.close();
  home?.remove();
});

function open(): Promise<Console> {
  const { DISPLAY: _nowhere, ...env } = keyring.env;
  return openConsole(home, { env });
}

/** Cutting off a keychain that waits for somebody to unlock it takes a while. */
const WAITED_OUT = { timeout: 30_000 };

test("a locked keychain is said before anything is asked of Telegram, and unlocking it is enough to go on", async () => {
  test.slow();
  const { page } = muster;
  await expect(page.getByText("Until then Muster refuses to sign in")).toBeVisible(WAITED_OUT);
  await page.getByRole("button", { name: "Connect Telegram" }).click();
  const dialog = dialogOf(page);
  await enterApp(dialog, sandbox);
  await expect(dialog.getByRole("alert")).toContainText("keychain/locked", WAITED_OUT);
  await expect(dialog.getByText("Unlock the keychain", { exact: false })).toBeInViewport();
  await look(page, "telegram-keychain-locked");

  await keyring.unlock();
  await enterApp(dialog, sandbox);
  const colleague = sandbox.ready.telegram.accounts.find(({ password }) => password === null)!;
  await enterPhone(dialog, colleague.phone);
  await enterCode(dialog, colleague.code);
  await untilConnected(page);
  await showScreen(page, "Connections");
  await expect(cards(page)).toContainText("Ready");
  expect((await sandbox.signIns()).map(({ personId }) => personId)).toEqual([colleague.personId]);
});

test("a keychain that is locked at the start leaves the account signed in, and says what to do", async () => {
  test.slow();
  await muster.quit();
  await keyring.lock();
  muster = await open();
  const { page } = muster;
  await showScreen(page, "Connections");
  await cards(page).getByRole("button", { name: "Check now" }).click();
  await expect(cards(page)).toContainText("Unreachable", WAITED_OUT);
  await expect(cards(page).getByRole("alert")).toContainText("keychain/locked");
  await expect(page.getByText("Offline", { exact: false })).toHaveCount(0);
  await look(page, "connection-keychain-locked");

  await keyring.unlock();
  await cards(page).getByRole("button", { name: "Check now" }).click();
  await expect(cards(page)).toContainText("Ready", WAITED_OUT);
  expect((await sandbox.signIns()).length).toBe(1);
});
