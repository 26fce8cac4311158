import { expect, test } from "@playwright/test";
import type { Locator, Page } from "playwright";
import { look } from "#test/support/e2e/look.ts";
import { operationSteps, untilEnded, untilPlanned } from "#test/support/e2e/operation-steps.ts";
import { trueOf } from "#test/support/e2e/report-file.ts";
import { setStage } from "#test/support/e2e/set-stage.ts";
import { auditAndReport, notification, showScreen, untilLoaded } from "#test/support/e2e/steps.ts";

/** `<channel> <person>` of every gap that the audit found. */
let gaps: string[] = [];
const stage = setStage({
  world: { generate: { channels: 40, customerChannels: 12, people: 120 } },
  signedInTo: "slack",
});

const grid = (page: Page): Locator => page.getByRole("grid", { name: "Coverage: groups by people" });
const shown = (page: Page, name: RegExp): Locator =>
  page.getByRole("radiogroup", { name: "Steps shown" }).getByRole("radio", { name });

/** How many steps the row of states counts under a name. */
async function countOf(page: Page, name: RegExp): Promise<number> {
  const radio = shown(page, name);
  if ((await radio.count()) === 0) return 0;
  return Number(/\d+/.exec((await radio.textContent()) ?? "")?.[0]);
}

/** How many of the gaps are none any more, in truth. */
async function closedGaps(): Promise<number> {
  const truth = trueOf(await stage.sandbox.truth(), gaps);
  return Object.values(truth).filter((presence) => presence === "present").length;
}

test("an empty list says what an operation is", async () => {
  const { page } = stage.muster;
  await showScreen(page, "Operations");
  await expect(page.getByRole("heading", { name: "No operation yet" })).toBeVisible();
  await look(page, "operations-empty");
});

test("everything shown of the matrix is picked by a key, and one more plans who is missing", async () => {
  test.slow();
  const { page } = stage.muster;
  const { results, groups } = await auditAndReport(stage.muster);
  const channels = new Map(groups.map(({ key, groupId }) => [key, groupId]));
  gaps = results
    .filter(({ presence }) => presence === "absent")
    .map(({ groupKey, personId }) => `${channels.get(groupKey)} ${personId}`);
  expect(gaps.length).toBeGreaterThan(5);

  await grid(page).locator('[data-cell][tabindex="0"]').focus();
  await page.keyboard.press("Control+a");
  const bar = page.getByRole("contentinfo", { name: "Picked cells" }).or(page.getByLabel("Picked cells"));
  await expect(bar.first()).toContainText(`${gaps.length} gaps`);
  await look(page, "matrix-picked");
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("a");
  await untilPlanned(page);
  expect(await closedGaps()).toBe(0);
  await look(page, "operation-plan");
});

test("a step is left out by the Space key, the rest is run, read back and reported", async () => {
  test.slow();
  const { page } = stage.muster;
  const before = await countOf(page, /^Will change/);
  await operationSteps(page).getByRole("checkbox").first().focus();
  await page.keyboard.press("Space");
  await expect(shown(page, /^Left out 1$/)).toBeVisible();
  await page.getByRole("button", { name: `Make ${before - 1} additions…` }).click();
  const question = page.getByRole("alertdialog", { name: `Make ${before - 1} additions?` });
  await look(page, "operation-confirm");
  await question.getByRole("button", { name: `Make ${before - 1} additions` }).click();
  await untilEnded(page);
  await expect(shown(page, /^(To do|Under way)/)).toHaveCount(0);
  const done = await countOf(page, /^Done/);
  expect({ done: done > 0, inTruth: await closedGaps() }).toEqual({ done: true, inTruth: done });
  await look(page, "operation-report");
});

test("an undo is a plan of its own, whose removals have to be typed", async () => {
  test.slow();
  const { page } = stage.muster;
  await page.getByRole("button", { name: "Undo…" }).click();
  await expect(page.getByText("This takes an earlier operation back.")).toBeVisible();
  await untilPlanned(page);
  await page.getByRole("button", { name: /^Make \d+ removals?…$/ }).click();
  const question = page.getByRole("alertdialog");
  const sure = question.getByRole("button", { name: /^Make \d+ removals?$/ });
  await expect(sure).toBeDisabled();
  const field = question.getByRole("textbox", { name: /^Type/ });
  await look(page, "operation-typed");
  const [, wanted = ""] = /“(.+)”/.exec((await question.textContent()) ?? "") ?? [];
  await field.fill(wanted);
  await page.keyboard.press("Enter");
  await untilEnded(page);
  const done = await countOf(page, /^Done/);
  expect(done).toBeGreaterThan(0);
  expect(await closedGaps()).toBe(await countOf(page, /^(Refused|Failed)/));
  await showScreen(page, "Operations");
  await expect(page.getByRole("table", { name: "Operations" }).getByRole("row")).toHaveCount(3);
  await look(page, "operations");
});

test("a regular expression is tried before anything is planned, and a plan can be thrown away", async () => {
  test.slow();
  const { page } = stage.muster;
  await page.getByRole("link", { name: "New operation" }).click();
  await look(page, "operation-new");
  await page.getByRole("radio", { name: /^Rename groups/ }).click();
  await page.getByRole("textbox", { name: "Find" }).fill("^(.+)-bitsafe$");
  await page.getByRole("textbox", { name: "Replace with" }).fill("bitsafe-$1");
  await page.getByRole("checkbox", { name: "It is a regular expression" }).click();
  const names = page.getByRole("list", { name: "New names" }).getByRole("listitem");
  await expect(names.first()).toContainText("bitsafe-");
  await look(page, "operation-rename");
  await page.getByRole("button", { name: "Make the plan" }).click();
  await untilPlanned(page);
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(notification(page, "Plan discarded. Nothing was changed.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Operations", exact: true })).toBeVisible();
});

test("all gaps of a person are a command away, and their page's", async () => {
  const { page } = stage.muster;
  await page.keyboard.press("Control+k");
  await page.keyboard.type("fix all gaps of");
  const command = page.getByRole("option", { name: /^Fix all gaps of/ }).first();
  await expect(command).toBeVisible();
  await page.keyboard.press("Escape");
  await showScreen(page, "Coverage");
  await grid(page).getByRole("columnheader").getByRole("link").first().click();
  await untilLoaded(page);
  await expect(page.getByRole("button", { name: /^Fix \d+ gaps?…$/ })).toBeVisible();
  await look(page, "person-gaps");
});

test("the Telegram budget is lowered in the settings, and stays", async () => {
  const { page } = stage.muster;
  await showScreen(page, "Settings");
  const section = page.getByRole("region", { name: "Operations: Telegram safety budget" });
  const field = section.getByRole("textbox", { name: "Additions an hour" });
  await field.fill("21");
  await expect(section.getByText("Between 1 and 20.")).toBeVisible();
  await expect(section.getByRole("button", { name: "Save" })).toBeDisabled();
  await field.fill("7");
  await section.getByRole("button", { name: "Save" }).click();
  await expect(notification(page, "Telegram budget saved.")).toBeVisible();
  await page.reload();
  await expect(section.getByRole("textbox", { name: "Additions an hour" })).toHaveValue("7");
});

test("an ended operation is repeated by the clock, and changed where the audits' times are", async () => {
  const { page } = stage.muster;
  await showScreen(page, "Operations");
  await page.getByRole("table", { name: "Operations" }).getByRole("link").last().click();
  await page.getByRole("button", { name: "Repeat this…" }).click();
  const repeat = page.getByRole("dialog", { name: "Repeat this operation" });
  await repeat.getByRole("textbox", { name: "Name" }).fill("Close the gaps");
  await repeat.getByRole("textbox", { name: "Time", exact: true }).fill("5");
  await expect(repeat.getByRole("button", { name: "Save and switch on" })).toBeDisabled();
  await repeat.getByRole("textbox", { name: "Time", exact: true }).fill("5:30");
  await repeat.getByRole("combobox", { name: "Time zone" }).fill("Europe/Berlin");
  // Its list closes when it is left.
  await page.keyboard.press("Tab");
  await repeat.getByRole("checkbox", { name: "Run it without asking" }).check();
  await look(page, "operation-repeat");
  await repeat.getByRole("button", { name: "Save and switch on" }).click();
  await expect(notification(page, "Saved.")).toBeVisible();

  await showScreen(page, "Schedules");
  const section = page.getByRole("region", { name: "Recurring operations" });
  await expect(
    section.getByText(/^Every day at 05:30 \(Europe\/Berlin\)\..+ Runs by itself\.$/),
  ).toBeVisible();
  await section.getByRole("button", { name: "Change: Close the gaps" }).click();
  const change = page.getByRole("dialog", { name: "Change “Close the gaps”" });
  await expect(change.getByRole("checkbox", { name: "Run it without asking" })).toBeChecked();
  await change.getByRole("checkbox", { name: "Run it without asking" }).uncheck();
  await change.getByRole("textbox", { name: "Name" }).fill("Gaps of the night");
  await change.getByRole("button", { name: "Save and switch on" }).click();
  await expect(section.getByRole("switch", { name: "Gaps of the night" })).toBeChecked();
  await expect(section.getByText(/05:30 \(Europe\/Berlin\)\..+ Its plan waits for you\.$/)).toBeVisible();
  await section.getByRole("button", { name: "Remove: Gaps of the night" }).click();
  await expect(section).toHaveCount(0);
});

test("the page complained about nothing on the way", () => {
  expect(stage.muster.complaints).toEqual([]);
});
