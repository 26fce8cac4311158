import { expect, test } from "@playwright/test";
import type { Locator, Page } from "playwright";
import { look } from "#test/support/e2e/look.ts";
import { setStage } from "#test/support/e2e/set-stage.ts";
import { notification, showScreen, untilConnected } from "#test/support/e2e/steps.ts";

const stage = setStage({ world: "small" });

/** Pastes a token into the open dialog and sends it to the sandbox instead of Slack. */
async function paste(dialog: Locator, token: string): Promise<void> {
  await dialog.getByRole("textbox", { name: "User token" }).fill(token);
  const address = dialog.getByRole("textbox", { name: /^API address/ });
  if (!(await address.isVisible()))
    await dialog.getByRole("button", { name: "Another address than slack.com" }).click();
  await address.fill(stage.sandbox.ready.slack.apiUrl);
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
}

const dialogOf = (page: Page): Locator => page.getByRole("dialog", { name: "Connect a Slack workspace" });
const cards = (page: Page): Locator => page.getByRole("list", { name: "Connections" }).getByRole("article");

test("a token that cannot work is refused with what to do, and wiped", async () => {
  const { page } = stage.muster;
  const { tokens } = stage.sandbox.ready.slack;
  await page.getByRole("button", { name: "Connect Slack" }).click();
  await paste(dialogOf(page), tokens.bot);
  await expect(dialogOf(page).getByRole("alert")).toContainText("slack/token-kind");
  await paste(dialogOf(page), tokens.revoked);
  await expect(dialogOf(page).getByRole("alert")).toContainText("slack/token-revoked");
  await expect(dialogOf(page).getByRole("textbox", { name: "User token" })).toHaveValue("");
  await look(page, "token-refused");
});

test("a token with too few scopes connects, and each missing scope is named with what it is for", async () => {
  const { page } = stage.muster;
  await paste(dialogOf(page), stage.sandbox.ready.slack.tokens.missingScope);
  await untilConnected(page);
  await showScreen(page, "Connections");
  await expect(cards(page)).toContainText([/needed missing/]);
  await expect(
    cards(page)
      .getByRole("row", { name: /Missing, needed/ })
      .first(),
  ).toBeVisible();
  await look(page, "connection-missing-scope");
});

test("the full token of the same account completes the connection instead of adding one", async () => {
  const { page } = stage.muster;
  await page.getByRole("button", { name: "Connect Slack" }).click();
  await look(page, "connect-slack");
  await paste(dialogOf(page), stage.sandbox.ready.slack.tokens.full);
  await expect(dialogOf(page)).toBeHidden();
  await expect(cards(page)).toHaveCount(1);
  await expect(cards(page)).toContainText("Ready");
  await expect(cards(page)).not.toContainText("needed missing");
});

test("Check now says at once that a workspace does not answer, and that it does again", async () => {
  const { page } = stage.muster;
  const check = cards(page).getByRole("button", { name: "Check now" });
  await stage.sandbox.fault({ method: "auth.test", kind: "error:account_inactive" });
  await check.click();
  await expect(cards(page)).toContainText("Signed out");
  await look(page, "connection-account-inactive");
  await check.click();
  await expect(cards(page)).toContainText("Ready");
});

test("a connection is removed only after asking, and the window is as at first", async () => {
  const { page } = stage.muster;
  await cards(page)
    .getByRole("button", { name: /^More for / })
    .click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  const question = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await expect(question).toContainText("deletes its secret from the keychain");
  await look(page, "remove-connection");
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(notification(page, "was removed")).toBeVisible();
  await expect(page.getByRole("button", { name: "Open the sandbox" })).toBeVisible();
});
