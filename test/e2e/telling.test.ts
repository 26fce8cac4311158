import { expect, test } from "@playwright/test";
import type { Page } from "playwright";
import { look } from "#test/support/e2e/look.ts";
import { setWindow } from "#test/support/e2e/set-window.ts";
import { notification, showScreen, untilConnected } from "#test/support/e2e/steps.ts";

const session = setWindow({ sandbox: "open" }, async ({ page }) => {
  await untilConnected(page);
  await showScreen(page, "Schedules");
});

const whereTo = (page: Page) => page.getByRole("textbox", { name: "Where to" });
const question = (page: Page) => page.getByRole("alertdialog", { name: "Save your changes?" });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

test("a group to tell is found by its name, with the keyboard, among those the account is in", async () => {
  const { page } = session.muster;
  await page.getByRole("switch", { name: "Telegram message" }).click();
  await page.getByRole("combobox", { name: "From" }).click();
  await page.getByRole("option").first().click();
  await page.getByRole("button", { name: "Choose a group" }).click();
  const picker = page.getByRole("dialog", { name: "Choose a group" });
  await expect(picker.getByRole("option", { name: "Saved Messages" })).toBeVisible();
  await page.keyboard.type("bitsafe");
  await expect(picker.getByRole("group", { name: /^Customers': they read along/ })).toBeVisible();
  await look(page, "telling-picker");
  await picker.getByRole("combobox").fill("no group is called this");
  await expect(picker.getByRole("status")).toHaveText("Nothing fits “no group is called this”.");
  await picker.getByRole("combobox").fill("saved");
  await expect(picker.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(whereTo(page)).toHaveValue("self");
  await expect(whereTo(page)).toHaveAccessibleDescription("“Saved Messages”");
});

test("leaving the changed form asks; it stays, is discarded, or is saved on the way", async () => {
  const { page } = session.muster;
  await page.getByRole("link", { name: "Settings" }).click();
  await question(page).getByRole("button", { name: "Cancel" }).click();
  await expect(heading(page, "Schedules")).toBeVisible();
  await whereTo(page).fill("123");
  await page.getByRole("link", { name: "Settings" }).click();
  await look(page, "telling-leave");
  await question(page).getByRole("button", { name: "Discard" }).click();
  await expect(heading(page, "Settings")).toBeVisible();

  await showScreen(page, "Schedules");
  await page.getByRole("switch", { name: "Telegram message" }).click();
  await page.getByRole("combobox", { name: "From" }).click();
  await page.getByRole("option").first().click();
  await expect(whereTo(page)).toHaveValue("self");
  await page.getByRole("link", { name: "Settings" }).click();
  await question(page).getByRole("button", { name: "Save and leave" }).click();
  await expect(heading(page, "Settings")).toBeVisible();
});

test("what was saved is there again, leaves without a question, and a test message goes out", async () => {
  const { page } = session.muster;
  await showScreen(page, "Schedules");
  await page.getByRole("button", { name: "Send a test: Telegram message" }).click();
  await expect(notification(page, "The test was sent: Telegram message.")).toBeVisible();
  await showScreen(page, "Settings");
  await expect(question(page)).toBeHidden();
});
