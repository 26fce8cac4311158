import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { ElectronApplication, Locator } from "playwright";
import { look } from "#test/support/e2e/look.ts";
import { setStage } from "#test/support/e2e/set-stage.ts";
import { notification, showScreen, untilConnected } from "#test/support/e2e/steps.ts";
import {
  cards,
  dialogOf,
  enterApp,
  enterCode,
  enterPassword,
  enterPhone,
  press,
} from "#test/support/e2e/telegram-steps.ts";
import { decodeQrPixels } from "#test/support/qr-decoder.ts";

const stage = setStage({ world: "small" });

/** Has a cloud password. */
const owner = () => stage.sandbox.ready.telegram.accounts[0]!;
/** Has none. */
const colleague = () => stage.sandbox.ready.telegram.accounts.find(({ password }) => password === null)!;

/** Who is signed in, by the server's word. */
async function signedIn(): Promise<string[]> {
  return (await stage.sandbox.signIns()).map(({ personId }) => personId);
}

/** What a decoder that shares nothing with us reads in the picture on the screen. */
async function readQr(application: ElectronApplication, picture: Locator): Promise<string | null> {
  const png = (await picture.screenshot({ animations: "disabled" })).toString("base64");
  const { bgra, width, height } = await application.evaluate(({ nativeImage }, base64) => {
    const image = nativeImage.createFromBuffer(Buffer.from(base64, "base64"));
    return { bgra: image.toBitmap().toString("base64"), ...image.getSize() };
  }, png);
  // Grey in either order of the colours.
  return decodeQrPixels(new Uint8ClampedArray(Buffer.from(bgra, "base64")), width, height);
}

test("an application that Telegram does not know is corrected without starting over", async () => {
  const { page } = stage.muster;
  await page.getByRole("button", { name: "Connect Telegram" }).click();
  const dialog = dialogOf(page);
  await press(dialog, "Continue");
  await expect(dialog.getByLabel("API id")).toHaveAttribute("aria-invalid", "true");
  await look(page, "telegram-app");
  await enterApp(dialog, stage.sandbox, "0".repeat(32));
  await enterPhone(dialog, owner().phone);
  await expect(dialog.getByRole("alert")).toContainText("telegram/app-invalid");
  await look(page, "telegram-app-refused");
  await press(dialog, "Correct id and hash");
  await expect(dialog.getByLabel("API hash")).toHaveValue("");
  await enterApp(dialog, stage.sandbox);
  await expect(dialog.getByLabel("Phone number")).toBeFocused();
});

test("a flood wait is counted down, and what was typed is still there when it ends", async () => {
  const { page } = stage.muster;
  const dialog = dialogOf(page);
  await stage.sandbox.fault({ platform: "telegram", method: "auth.sendCode", kind: "flood", seconds: 9 });
  await enterPhone(dialog, owner().phone);
  await expect(dialog.getByText("Telegram asks to wait.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /^Wait 0:0[1-9]$/ })).toBeDisabled();
  await look(page, "telegram-flood-wait");
  await expect(dialog.getByText("The wait is over.")).toBeVisible({ timeout: 15_000 });
  await expect(dialog.getByLabel("Phone number")).toHaveValue(owner().phone);
});

test("number, code and cloud password are each asked for again after a mistake, and then the account is connected", async () => {
  const { page } = stage.muster;
  const dialog = dialogOf(page);
  await enterPhone(dialog, "+1");
  await expect(dialog.getByLabel("Phone number")).toHaveAccessibleDescription(
    /does not know this phone number/,
  );
  await enterPhone(dialog, owner().phone);
  await enterCode(dialog, "00000");
  await expect(dialog.getByLabel("Code", { exact: true })).toHaveAccessibleDescription(/code is not right/);
  await look(page, "telegram-wrong-code");

  await press(dialog, "Back");
  await expect(dialog.getByLabel("Phone number")).toHaveValue(owner().phone);
  await press(dialog, "Send the code");
  await enterCode(dialog, owner().code);
  await enterPassword(dialog, "not it");
  await expect(dialog.getByLabel("Cloud password")).toHaveAccessibleDescription(/password is not right/);
  await expect(dialog.getByLabel("Cloud password")).toHaveValue("");
  await look(page, "telegram-wrong-password");
  await enterPassword(dialog, owner().password ?? "");

  await untilConnected(page);
  await showScreen(page, "Connections");
  await expect(cards(page)).toHaveCount(1);
  await expect(cards(page)).toContainText("Ready");
  await expect(cards(page)).toContainText("Not Telegram: 127.0.0.1");
  expect(await signedIn()).toEqual([owner().personId]);
});

test("a restart needs no sign-in, and no secret lies in the data folder", async () => {
  await stage.muster.quit();
  const { page } = await stage.reopen();
  await showScreen(page, "Connections");
  await cards(page).getByRole("button", { name: "Check now" }).click();
  await expect(cards(page)).toContainText("checked just now");
  await expect(cards(page)).toContainText("Ready");
  expect(await signedIn()).toEqual([owner().personId]);

  const { apiHash } = stage.sandbox.ready.telegram;
  const { code, password, phone } = owner();
  const secrets = [apiHash, password ?? "", phone.slice(1), `"${code}"`];
  const contents = readdirSync(stage.home.profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(muster|archive)/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
  expect([
    contents.length > 1,
    secrets.filter((secret) => contents.some((text) => text.includes(secret))),
  ]).toEqual([true, []]);
});

test("a session that was ended in Telegram's own app shows, and signing in again goes on with the same connection", async () => {
  const { page } = stage.muster;
  await stage.sandbox.endSignIns(owner().personId);
  await cards(page).getByRole("button", { name: "Check now" }).click();
  await expect(cards(page)).toContainText("Signed out");
  await expect(cards(page)).toContainText("telegram/session-revoked");
  await look(page, "telegram-session-revoked");
  await cards(page).getByRole("button", { name: "Sign in again", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^Sign in to .* again$/ });
  await enterPhone(dialog, owner().phone);
  await enterCode(dialog, owner().code);
  await enterPassword(dialog, owner().password ?? "");
  await expect(dialog).toBeHidden();
  await expect(cards(page)).toHaveCount(1);
  await expect(cards(page)).toContainText("Ready");
  expect(await signedIn()).toEqual([owner().personId]);
});

test("another code can be asked for when its time has come, and a dialogue that is left leaves nobody signed in", async () => {
  const { page } = stage.muster;
  await page.clock.install();
  await page.getByRole("button", { name: "Connect Telegram" }).click();
  const dialog = dialogOf(page);
  await enterApp(dialog, stage.sandbox);
  await enterPhone(dialog, colleague().phone);
  await expect(dialog.getByText(/^Another code in /)).toContainText(/0:[45]\d|1:00/);
  await look(page, "telegram-code");
  await page.clock.fastForward("01:05");
  await press(dialog, "Send another code");
  await expect(dialog.getByText("as a text message")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect(await signedIn()).toEqual([owner().personId]);
});

test("a QR code is read by any reader, signs nobody in once it is left, and connects a second account beside the first", async () => {
  // On a page whose clock is its own again.
  await stage.muster.quit();
  const { application, page } = await stage.reopen();
  await showScreen(page, "Connections");
  await page.getByRole("button", { name: "Connect Telegram" }).click();
  const dialog = dialogOf(page);
  await enterApp(dialog, stage.sandbox);
  await press(dialog, "Use a QR code instead");
  const picture = dialog.getByRole("img", { name: /^QR code/ });
  await expect(picture).toBeVisible();
  await look(page, "telegram-qr");
  const left = await readQr(application, picture);
  await press(dialog, "Use the phone number");
  await expect
    .poll(() => stage.sandbox.scan(left ?? "", colleague().personId).catch(String))
    .toContain("AUTH_TOKEN_INVALIDX");

  await press(dialog, "Use a QR code instead");
  await expect(picture).toBeVisible();
  const link = await readQr(application, picture);
  expect(link).toMatch(/^tg:\/\/login\?token=[\w-]+$/);
  await stage.sandbox.scan(link ?? "", colleague().personId);
  await expect(dialog).toBeHidden();
  await expect(notification(page, /^Connected to /)).toBeVisible();
  await expect(cards(page)).toHaveCount(2);
  await look(page, "telegram-two-accounts");
  expect((await signedIn()).toSorted()).toEqual([owner().personId, colleague().personId].toSorted());
});

test("removing an account ends its session at Telegram and no other", async () => {
  const { page } = stage.muster;
  const self = cards(page).filter({ hasText: `@${owner().username}` });
  await self.getByRole("button", { name: /^More for / }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  const question = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await expect(question.getByRole("checkbox", { name: "Also end the session at Telegram" })).toBeChecked();
  await look(page, "telegram-remove");
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(notification(page, "was removed")).toBeVisible();
  await expect(cards(page)).toHaveCount(1);
  expect(await signedIn()).toEqual([colleague().personId]);
});
