import { expect, test } from "@playwright/test";
import type { ElectronApplication, Locator, Page } from "playwright";
import { draftApproval } from "#test/support/approval-text.ts";
import { muster as commandLine } from "#test/support/e2e/command-line.ts";
import { makeConnectedHome } from "#test/support/e2e/connected-home.ts";
import { type Home, makeHome, openConsole } from "#test/support/e2e/console.ts";
import { look } from "#test/support/e2e/look.ts";
import { confirmPlan, PLANS_WITHIN_MS, untilEnded, untilPlanned } from "#test/support/e2e/operation-steps.ts";
import { navigation, notification, showScreen, untilConnected } from "#test/support/e2e/steps.ts";
import { setStage } from "#test/support/e2e/set-stage.ts";

const stage = setStage({
  world: {
    people: [
      { id: "me", name: "Me Myself", role: "BD", tokenOwner: true },
      { id: "cat", name: "Cat Example", role: "BD" },
      { id: "dan", name: "Dan Example", role: "BD" },
    ],
    channels: ["acme", "globex", "initech"].map((name) => ({
      name: `bitsafe-${name}`,
      members: ["me", "cat", "dan"],
    })),
  },
  signedInTo: "slack",
});
/** Two more computers: a colleague's, who is asked, and a stranger's. */
let colleague: Home;
let stranger: Home;

test.beforeAll(async () => {
  colleague = await makeConnectedHome(stage.sandbox);
  stranger = makeHome();
});
test.afterAll(() => {
  colleague?.remove();
  stranger?.remove();
});

async function keyOf({ profile }: Home): Promise<string> {
  return (await commandLine(profile, ["members", "approver-key"])).stdout.trim();
}

/** What somebody sends back who signs the request on their own computer. */
async function signedBy({ profile }: Home, request: string): Promise<string> {
  const { stdout, exitCode } = await commandLine(
    profile,
    ["members", "sign-approval", "--yes"],
    `${request}\n`,
  );
  if (exitCode !== 0) throw new Error(`the request was not signed: ${exitCode}`);
  return stdout.trim();
}

const clipboardOf = (application: ElectronApplication): Promise<string> =>
  application.evaluate(({ clipboard }) => clipboard.readText());

/** In how many of the channels somebody is, in truth. */
async function countChannelsOf(personId: string): Promise<number> {
  const { groups, people } = await stage.sandbox.truth();
  const userId = people.find(({ id }) => id === personId)?.slackUserId ?? "nobody";
  return groups.filter(({ memberIds }) => memberIds.includes(userId)).length;
}

/** Plans, from the Find screen, that somebody is taken out everywhere, and confirms it. */
async function removeEverywhere(page: Page, name: string): Promise<void> {
  await navigation(page).getByRole("link", { name: "Find", exact: true }).click();
  await page.getByRole("combobox", { name: "Person" }).click();
  await page.getByRole("option", { name, exact: true }).click();
  await page.getByRole("button", { name: "Find now" }).click();
  await expect(page.getByRole("table", { name: `Groups of ${name}` })).toBeVisible({
    timeout: PLANS_WITHIN_MS,
  });
  await page.keyboard.press("Control+a");
  await page.getByRole("button", { name: "Remove from 3 groups…" }).click();
  await untilPlanned(page);
  await confirmPlan(page, "Make 3 removals");
  await expect(page.getByText("It waits for a second person's approval.")).toBeVisible();
}

const answer = (page: Page): Locator => page.getByRole("textbox", { name: "Signed approval" });
const takeIn = (page: Page): Locator => page.getByRole("button", { name: "Take in and run" });

/** The screen of somebody who was sent a request: what it is about stands there before it can be signed. */
async function showWhatItAsks(page: Page, request: string): Promise<void> {
  await showScreen(page, "Settings");
  await page.getByRole("textbox", { name: "A colleague's approval request" }).fill(request);
  await page.getByRole("button", { name: "Show what it asks" }).click();
  await expect(page.getByText("Remove Dan Example from 3 groups: 3 changes, asked for by ")).toBeVisible();
  await page.getByRole("button", { name: "Sign and copy" }).scrollIntoViewIfNeeded();
}

async function copyRequest(page: Page, application: ElectronApplication): Promise<string> {
  await application.evaluate(({ clipboard }) => clipboard.clear());
  await page.getByRole("button", { name: "Copy the approval request" }).click();
  await expect(notification(page, "The approval request was copied.")).toBeVisible();
  await expect.poll(() => clipboardOf(application)).not.toBe("");
  return clipboardOf(application);
}

test("from how many changes on a second person is needed, and who that may be, is set on the screen", async () => {
  const { page } = stage.muster;
  await showScreen(page, "Settings");
  const section = page.getByRole("region", { name: "Operations: approval by a second person" });
  await section.getByRole("textbox", { name: "Needed above" }).fill("2");
  const approvers = section.getByRole("textbox", { name: "Approvers" });
  await approvers.fill("Carl Colleague not-a-key");
  await expect(section.getByText("Each line needs a name and a key of 43 characters.")).toBeVisible();
  await expect(section.getByRole("button", { name: "Save the approval rule" })).toBeDisabled();
  await approvers.fill(`Carl Colleague ${await keyOf(colleague)}`);
  await section.scrollIntoViewIfNeeded();
  await look(page, "approval-settings");
  await section.getByRole("button", { name: "Save the approval rule" }).click();
  await expect(notification(page, "Approval rule saved.")).toBeVisible();
});

test("what is larger waits, and no word but the listed colleague's lets it run", async () => {
  test.slow();
  const { page, application } = stage.muster;
  await removeEverywhere(page, "Cat Example");
  await look(page, "approval-waits");
  const request = await copyRequest(page, application);
  const right = await signedBy(colleague, request);
  await expect(takeIn(page)).toBeDisabled();
  const [draft = "", ...rest] = right.split(".");
  for (const [text, why] of [
    [await signedBy(stranger, request), "not among the approvers"],
    [[draftApproval(draft, { steps: 1 }), ...rest].join("."), "signature"],
    ["some words", "approval"],
  ] as const) {
    await answer(page).fill(text);
    await takeIn(page).click();
    await expect(page.getByRole("alert")).toContainText(why);
  }
  await look(page, "approval-refused");
  expect(await countChannelsOf("cat")).toBe(3);

  await answer(page).fill(right);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await takeIn(page).click();
  await untilEnded(page, /^Done$/);
  await expect(page.getByText(/approved by Carl Colleague$/)).toBeVisible();
  expect(await Promise.all(["cat", "dan", "me"].map(countChannelsOf))).toEqual([0, 3, 3]);
  await look(page, "approval-done");
});

test("one's own signature is no second person's; a colleague signs what they were shown, and what is withdrawn never runs", async () => {
  test.slow();
  const { page, application } = stage.muster;
  await removeEverywhere(page, "Dan Example");
  const url = await page.evaluate(() => location.href);
  const request = await copyRequest(page, application);
  await showWhatItAsks(page, request);
  await page.getByRole("button", { name: "Sign and copy" }).click();
  await expect(page.getByRole("alert")).toContainText("own");
  await look(page, "approval-own");

  const theirs = await openConsole(colleague);
  await untilConnected(theirs.page);
  await showWhatItAsks(theirs.page, request);
  await look(theirs.page, "approval-sign");
  await theirs.application.evaluate(({ clipboard }) => clipboard.clear());
  await theirs.page.getByRole("button", { name: "Sign and copy" }).click();
  await expect(notification(theirs.page, "Signed and copied.")).toBeVisible();
  expect(await clipboardOf(theirs.application)).toMatch(/^muster-approval/);
  expect(theirs.complaints).toEqual([]);
  await theirs.quit();

  await page.evaluate((there) => location.assign(there), url);
  await page.getByRole("button", { name: "Withdraw" }).click();
  await untilEnded(page, /^Cancelled$/);
  await expect(notification(page, "Withdrawn. Nothing was changed.")).toBeVisible();
  await expect(answer(page)).toHaveCount(0);
  await look(page, "approval-withdrawn");
  expect(await countChannelsOf("dan")).toBe(3);
});

test("the page complained about nothing on the way", () => {
  expect(stage.muster.complaints).toEqual([]);
});
