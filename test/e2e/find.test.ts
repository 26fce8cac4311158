import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { Locator, Page } from "playwright";
import { findCutOffAtTwice, look } from "#test/support/e2e/look.ts";
import { setStage } from "#test/support/e2e/set-stage.ts";
import { answerSaveDialog, navigation } from "#test/support/e2e/steps.ts";

/** Who is looked for. */
let person: { readonly name: string; readonly userId: string };
const stage = setStage({
  world: { generate: { channels: 30, customerChannels: 12, people: 80 } },
  signedInTo: "slack",
});

const WITHIN_MS = 30_000;
const RUNS_WITHIN_MS = 90_000;

const table = (page: Page, name: string | RegExp): Locator => page.getByRole("table", { name });
const pickBar = (page: Page): Locator => page.getByLabel("Picked groups");

/** The names of the channels that somebody is in, in truth: archived ones, too, and in the order of the screen. */
async function channelsOf(userId: string): Promise<string[]> {
  const { groups } = await stage.sandbox.truth();
  return groups
    .filter(({ memberIds }) => memberIds.includes(userId))
    .map(({ name }) => name)
    .toSorted();
}

async function namesIn(page: Page, label: string | RegExp): Promise<string[]> {
  const links = table(page, label).getByRole("link");
  return (await links.allTextContents()).toSorted();
}

async function choosePerson(page: Page, name: string): Promise<void> {
  await page.getByRole("combobox", { name: "Person" }).click();
  await page.getByRole("option", { name, exact: true }).click();
}

test("with nobody chosen, every group is shown with what we may do there", async () => {
  const { page } = stage.muster;
  await navigation(page).getByRole("link", { name: "Find", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Our rights in every group" })).toBeVisible();
  await look(page, "find-empty");
  await page.getByRole("button", { name: "Ask for every group" }).click();
  const rows = table(page, "Every group").getByRole("row");
  await expect(rows.nth(1)).toBeVisible({ timeout: WITHIN_MS });
  await expect(rows.filter({ hasText: "As Slack's settings allow" }).first()).toBeVisible();
  await look(page, "find-rights");
  await page.getByLabel("Groups shown").getByRole("button", { name: "Our right" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Our account is not in this group" }).click();
  await page.keyboard.press("Escape");
  await expect(rows.filter({ hasText: "As Slack's settings allow" })).toHaveCount(0);
  await expect(rows.filter({ hasText: "Nothing: " }).first()).toBeVisible();
});

test("a person is found where they are in truth, and the list is taken out as a file", async () => {
  const { page, application } = stage.muster;
  const { team } = JSON.parse(stage.sandbox.rules()) as { team: { name: string; slackUserId?: string }[] };
  const known = team.flatMap(({ name, slackUserId }) => (slackUserId ? [{ name, userId: slackUserId }] : []));
  const sizes = await Promise.all(known.map(async (each) => (await channelsOf(each.userId)).length));
  const [found] = known.filter((_each, at) => (sizes[at] ?? 0) >= 4 && (sizes[at] ?? 0) <= 20);
  if (!found) throw new Error(`nobody is in a fitting number of channels: ${sizes.join()}`);
  person = found;
  await choosePerson(page, person.name);
  await expect(page.getByRole("heading", { name: `Where is ${person.name}?` })).toBeVisible();
  await page.getByRole("button", { name: "Find now" }).click();
  await expect(table(page, `Groups of ${person.name}`)).toBeVisible({ timeout: WITHIN_MS });
  expect(await namesIn(page, `Groups of ${person.name}`)).toEqual(await channelsOf(person.userId));
  const file = await answerSaveDialog(application, stage.home.temporary, "found.json");
  await page.getByRole("main").getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "JSON…" }).click();
  await page.getByText("Groups written.").first().waitFor();
  expect(readFileSync(file, "utf8")).toContain((await channelsOf(person.userId))[0] ?? "no group");
});

test("two picked groups are left through a plan, after its confirmation was typed, and no others", async () => {
  test.slow();
  const { page } = stage.muster;
  const before = await channelsOf(person.userId);
  const rows = table(page, `Groups of ${person.name}`).getByRole("row").filter({ hasText: "As Slack's" });
  const left: string[] = [];
  for (const at of [0, 1]) {
    left.push((await rows.nth(at).getByRole("link").textContent()) ?? "");
    await rows.nth(at).getByRole("checkbox").focus();
    await page.keyboard.press("Space");
  }
  await expect(pickBar(page)).toContainText("2 groups picked");
  await look(page, "find-picked");
  await pickBar(page).getByRole("button", { name: "Remove from 2 groups…" }).click();
  await expect(page.getByText("Ready to look at", { exact: true })).toBeVisible({ timeout: WITHIN_MS });
  expect(await channelsOf(person.userId)).toEqual(before);
  await page.getByRole("button", { name: "Make 2 removals…" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question.getByRole("button", { name: "Make 2 removals" })).toBeDisabled();
  const [, wanted = ""] = /“(.+)”/.exec((await question.textContent()) ?? "") ?? [];
  await question.getByRole("textbox", { name: /^Type/ }).fill(wanted);
  await page.keyboard.press("Enter");
  const heading = page.getByRole("heading", { level: 1 }).locator("..");
  await expect(heading.getByText("Done", { exact: true })).toBeVisible({ timeout: RUNS_WITHIN_MS });
  expect(await channelsOf(person.userId)).toEqual(before.filter((name) => !left.includes(name)));
});

test("the run's report is exported, and its own log is there to be shown", async () => {
  const { page, application } = stage.muster;
  const openMenu = () => page.getByRole("main").getByRole("button", { name: "Export" }).click();
  for (const [label, ending] of [
    ["Text log…", "log"],
    ["JSON…", "json"],
    ["Excel…", "xlsx"],
  ] as const) {
    const file = await answerSaveDialog(application, stage.home.temporary, `report.${ending}`);
    await openMenu();
    await page.getByRole("menuitem", { name: label }).click();
    await expect.poll(() => existsSync(file)).toBe(true);
    const text = readFileSync(file, "latin1");
    expect(ending === "xlsx" ? text.startsWith("PK") : text.includes(person.name)).toBe(true);
  }
  await application.evaluate(({ shell }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    shell.showItemInFolder = (path) => void shown.push(path);
  });
  await openMenu();
  await page.getByRole("menuitem", { name: "Show the run's own log" }).click();
  const shown = () => application.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  await expect.poll(shown).toHaveLength(1);
  const [log = ""] = await shown();
  expect(readFileSync(log, "utf8")).toContain(person.name);
});

test("where a removal was refused, the report finds a way, or says that there is none", async () => {
  test.slow();
  const { page } = stage.muster;
  await navigation(page).getByRole("link", { name: "Find", exact: true }).click();
  await choosePerson(page, person.name);
  await page.getByRole("button", { name: "Find now" }).click();
  const rows = table(page, `Groups of ${person.name}`).getByRole("row");
  await expect(rows.nth(1)).toBeVisible({ timeout: WITHIN_MS });
  await page.keyboard.press("Control+a");
  const marked = rows.filter({ hasText: "Nothing: " });
  await expect(marked.first()).toBeVisible();
  await expect(pickBar(page)).toContainText("we may not remove anybody");
  expect(await findCutOffAtTwice(stage.muster, "find-zoom")).toEqual([]);
  await pickBar(page)
    .getByRole("button", { name: /^Remove from \d+ groups…$/ })
    .click();
  await expect(page.getByText("Ready to look at", { exact: true })).toBeVisible({ timeout: WITHIN_MS });
  const steps = page.getByRole("table", { name: "Steps" });
  await steps
    .getByRole("row", { name: /Cannot be done/ })
    .first()
    .getByRole("button")
    .first()
    .click();
  const help = page.getByRole("region", { name: "What to do instead" });
  await help.getByRole("button", { name: "Find a way" }).click();
  await expect(help.getByText(/Whom to ask|Nobody of the team|Send this/).first()).toBeVisible({
    timeout: WITHIN_MS,
  });
  await look(page, "find-help");
});

test("a step that the operator leaves out of the plan says so", async () => {
  const { page } = stage.muster;
  const steps = page.getByRole("table", { name: "Steps" });
  await page.keyboard.press("Escape");
  await steps.getByRole("checkbox").first().focus();
  await page.keyboard.press("Space");
  await expect(steps.getByText("Left out", { exact: true })).toBeVisible();
});

test("the page complained about nothing on the way", () => {
  expect(stage.muster.complaints).toEqual([]);
});
