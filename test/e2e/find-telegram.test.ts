import { expect, test } from "@playwright/test";
import type { Locator, Page } from "playwright";
import { look } from "#test/support/e2e/look.ts";
import { confirmPlan, operationSteps, untilEnded, untilPlanned } from "#test/support/e2e/operation-steps.ts";
import { navigation, notification } from "#test/support/e2e/steps.ts";
import { setStage } from "#test/support/e2e/set-stage.ts";

/** Two groups in which we may change what newcomers see of the past, and two of Olga's in which we are members only. */
const stage = setStage({
  world: {
    people: [
      { id: "me", name: "Me Myself", role: "BD", tokenOwner: true },
      { id: "olga", name: "Olga Owner", role: "BD" },
    ],
    channels: [{ name: "bitsafe-acme", members: ["me"] }],
    telegramGroups: [
      group("Ours", "me", {}),
      group("Umbrella", "olga", { admins: [{ person: "me" }] }),
      group("Stark", "olga", { membersMayNot: ["change_info", "invite_users"] }),
      group("Wayne", "olga", { membersMayNot: ["change_info", "invite_users"] }),
    ],
  },
  signedInTo: "both",
  usernames: ["olga"],
});

function group(title: string, owner: string, rest: object) {
  const members = ["me", "olga"];
  return { title: `${title} <> BitSafe`, kind: "supergroup", owner, members, historyHidden: true, ...rest };
}

const WITHIN_MS = 30_000;
const everyGroup = (page: Page): Locator => page.getByRole("table", { name: "Every group" });
const picked = (page: Page): Locator => page.getByLabel("Picked groups");

async function pickTelegramGroups(page: Page): Promise<void> {
  await navigation(page).getByRole("link", { name: "Find", exact: true }).click();
  await page.getByRole("button", { name: /^(Ask for every group|Ask again|Find now)$/ }).click();
  await expect(everyGroup(page).getByRole("row", { name: /Wayne/ })).toBeVisible({ timeout: WITHIN_MS });
  for (const name of ["Ours", "Umbrella", "Stark", "Wayne"]) {
    await everyGroup(page)
      .getByRole("row", { name: new RegExp(`${name} <>`) })
      .getByRole("checkbox")
      .focus();
    await page.keyboard.press("Space");
  }
  await expect(picked(page)).toContainText("4 groups picked");
}

/** The groups whose newcomers do not see what was written before, in truth. */
async function hiddenIn(): Promise<string[]> {
  const { groups } = await stage.sandbox.truth();
  return groups
    .flatMap((each) => (each.platform === "telegram" && each.historyHidden ? [each.name.split(" ")[0]!] : []))
    .toSorted();
}

const request = (page: Page, name: string): Locator =>
  page.getByRole("table", { name: "Requests" }).getByRole("row", { name: new RegExp(`^${name}`) });

test("“Show history…” shows newcomers the past in the groups where we may, and an undo hides it again", async () => {
  test.slow();
  const { page } = stage.muster;
  await pickTelegramGroups(page);
  await look(page, "find-telegram-picked");
  await picked(page).getByRole("button", { name: "Show history…" }).click();
  await untilPlanned(page);
  await expect(operationSteps(page).getByRole("row", { name: /Will change/ })).toHaveCount(2);
  await expect(operationSteps(page).getByRole("row", { name: /Cannot be done/ })).toHaveCount(2);
  await look(page, "history-plan");
  expect(await hiddenIn()).toEqual(["Ours", "Stark", "Umbrella", "Wayne"]);
  await confirmPlan(page, "Change 2 groups");
  await untilEnded(page);
  expect(await hiddenIn()).toEqual(["Stark", "Wayne"]);
  await look(page, "history-done");

  await page.getByRole("button", { name: "Undo…" }).click();
  await expect(page.getByText("This takes an earlier operation back.")).toBeVisible({ timeout: WITHIN_MS });
  await untilPlanned(page);
  await confirmPlan(page, "Change 2 groups");
  await untilEnded(page);
  expect(await hiddenIn()).toEqual(["Ours", "Stark", "Umbrella", "Wayne"]);
  await look(page, "history-undone");
});

test("“Ask the owners…” writes to who owns what we may not change; one is copied, the other one sent", async () => {
  test.slow();
  const { page, application } = stage.muster;
  await pickTelegramGroups(page);
  await picked(page).getByRole("button", { name: "Ask the owners (2)…" }).click();
  const writing = page.getByRole("dialog", { name: "Hand the group over" });
  const message = writing.getByRole("textbox", { name: "Message" });
  await message.fill("Dear {name}, please make {me} the owner of {group}.");
  await look(page, "ask-owners");
  await writing.getByRole("button", { name: "Find whom to ask" }).click();
  await expect(notification(page, "2 messages are ready.")).toBeVisible({ timeout: WITHIN_MS });
  for (const name of ["Stark", "Wayne"]) {
    await expect(request(page, name)).toContainText("Olga Owner");
    await expect(request(page, name)).toContainText("To send");
  }
  await look(page, "ask-owners-requests");

  await request(page, "Stark").getByRole("button").first().click();
  const dialog = page.getByRole("dialog", { name: "Stark <> BitSafe" });
  await expect(dialog.getByRole("textbox", { name: "Message" })).toHaveValue(
    "Dear Olga, please make Me Myself the owner of Stark <> BitSafe.",
  );
  await dialog.getByRole("button", { name: "Copy the message" }).click();
  await expect(request(page, "Stark")).toContainText("Copied");
  expect(await application.evaluate(({ clipboard }) => clipboard.readText())).toContain("Stark <> BitSafe");

  await page.getByRole("button", { name: "Plan to send 1 message…" }).click();
  await untilPlanned(page);
  await look(page, "ask-owners-plan");
  await confirmPlan(page, "Send 1 message");
  await untilEnded(page, /^Done$/);
});

test("what became of each request is kept with a note, and what has come is found out by asking", async () => {
  const { page } = stage.muster;
  await navigation(page).getByRole("link", { name: "Offboarding", exact: true }).click();
  await page.getByRole("tab", { name: /^Requests/ }).click();
  await expect(request(page, "Wayne")).toContainText("Sent");
  await request(page, "Wayne").getByRole("button").first().click();
  const dialog = page.getByRole("dialog", { name: "Wayne <> BitSafe" });
  await dialog.getByRole("combobox", { name: "What became of it" }).click();
  await page.getByRole("option", { name: "Answered" }).click();
  await dialog.getByRole("textbox", { name: "Note" }).fill("She does it on Monday.");
  await look(page, "request-answered");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(request(page, "Wayne").getByRole("cell").last()).toHaveText("Answered");
  await page.getByRole("button", { name: "Check what has come" }).click();
  await expect(page.getByText("Asking for our rights")).toHaveCount(0, { timeout: WITHIN_MS });
  await expect(request(page, "Stark")).toContainText("Copied");
  await look(page, "requests");
});

test("the page complained about nothing on the way", () => {
  expect(stage.muster.complaints).toEqual([]);
});
