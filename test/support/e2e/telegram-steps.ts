import type { Locator, Page } from "playwright";
import type { SandboxProcess } from "./sandbox-process.ts";

/** What an operator does to sign a Telegram account in, in the words of the dialogue. */
export function dialogOf(page: Page): Locator {
  return page.getByRole("dialog", { name: "Connect a Telegram account" });
}

/** The connections on their screen. */
export function cards(page: Page): Locator {
  return page.getByRole("list", { name: "Connections" }).getByRole("article");
}

export async function press(dialog: Locator, name: string | RegExp): Promise<void> {
  await dialog.getByRole("button", { name, exact: true }).click();
}

/** Types the application and the server of the sandbox; the hash that is given instead of its own. */
export async function enterApp(
  dialog: Locator,
  { ready }: SandboxProcess,
  apiHash = ready.telegram.apiHash,
): Promise<void> {
  const { apiId, dc, publicKeyPem } = ready.telegram;
  await dialog.getByLabel("API id").fill(String(apiId));
  await dialog.getByLabel("API hash").fill(apiHash);
  const server = dialog.getByLabel("Server", { exact: true });
  if (!(await server.isVisible())) await press(dialog, "Another server than Telegram's own");
  await server.fill(`${dc.host}:${dc.port}`);
  await dialog.getByLabel("Its public key").fill(publicKeyPem);
  await press(dialog, "Continue");
}

export async function enterPhone(dialog: Locator, phone: string): Promise<void> {
  await dialog.getByLabel("Phone number").fill(phone);
  await press(dialog, "Send the code");
}

export async function enterCode(dialog: Locator, code: string): Promise<void> {
  await dialog.getByLabel("Code", { exact: true }).fill(code);
  await press(dialog, "Sign in");
}

export async function enterPassword(dialog: Locator, password: string): Promise<void> {
  await dialog.getByLabel("Cloud password").fill(password);
  await press(dialog, "Sign in");
}
