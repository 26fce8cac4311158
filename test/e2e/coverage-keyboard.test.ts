import { expect, test } from "@playwright/test";
import ExcelJS from "exceljs";
import type { Locator, Page } from "playwright";
import { look } from "#test/support/e2e/look.ts";
import { setWindow } from "#test/support/e2e/set-window.ts";
import {
  answerSaveDialog,
  auditSandbox,
  exportFromCoverage,
  notification,
  showScreen,
} from "#test/support/e2e/steps.ts";

const session = setWindow({ sandbox: "open" }, async (first) => {
  await auditSandbox(first);
  await showScreen(first.page, "Coverage");
});

const FIRST_PERSON_COLUMN = 5;

const grid = (page: Page): Locator => page.getByRole("grid", { name: "Coverage: groups by people" });
const focused = (page: Page): Locator => page.locator(":focus");

/** Presses Tab until what has the focus fits. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the Tab key does not reach ${String(wanted)}`);
}

/** The name of the group whose row the keyboard stands in. */
async function groupAtCursor(page: Page): Promise<string | null> {
  const row = grid(page)
    .getByRole("row")
    .filter({ has: page.locator('[data-cell][tabindex="0"]') });
  return row.getByRole("rowheader").textContent();
}

/** Opens the menu of the button that has the focus, and chooses the item that begins so. */
async function chooseFromMenu(page: Page, beginning: string): Promise<void> {
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu").locator(":focus")).toBeVisible();
  await page.keyboard.type(beginning);
  await expect(page.getByRole("menu").locator(":focus")).toHaveText(new RegExp(`^${beginning}`));
  await page.keyboard.press("Enter");
}

async function copyAsCsv(page: Page): Promise<Record<string, string>[]> {
  await session.muster.application.evaluate(({ clipboard }) => clipboard.clear());
  await page.getByRole("main").getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Copy visible rows as CSV" }).click();
  const copied = () => session.muster.application.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).not.toBe("");
  const csv = await copied();
  const [header = [], ...lines] = csv.split("\r\n").map((line) => line.split(","));
  return lines.map((fields) => Object.fromEntries(header.map((name, at) => [name, fields[at] ?? ""])));
}

test("the arrow keys walk the matrix, and Enter opens the cell with its history", async () => {
  const { page } = session.muster;
  await tabTo(page, grid(page).locator('[tabindex="0"]'));
  for (let column = 0; column <= FIRST_PERSON_COLUMN; column += 1) await page.keyboard.press("ArrowRight");
  for (let row = 0; row < 72; row += 1) {
    if ((await focused(page).getAttribute("aria-label")) === "Absent, required") break;
    await page.keyboard.press("ArrowDown");
  }
  await expect(focused(page)).toHaveAccessibleName("Absent, required");
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: /^Details of / });
  const history = panel.getByRole("list", { name: "Earlier results, newest first" });
  await expect(history.getByRole("listitem")).toHaveText([/Absent/]);
  await look(page, "coverage-panel");
});

test("the panel follows the keyboard", async () => {
  const { page } = session.muster;
  const heading = page
    .getByRole("complementary", { name: /^Details of / })
    .getByRole("heading", { level: 2 });
  const before = await heading.textContent();
  await page.keyboard.press("ArrowDown");
  await expect(heading).not.toHaveText(before ?? "");
  await page.keyboard.press("ArrowUp");
  await expect(heading).toHaveText(before ?? "");
});

test("x excludes the gap at once, and its toast takes that back", async () => {
  const { page } = session.muster;
  // In the first order, gaps first, a row moves when one of its gaps is accepted: the cursor goes along.
  const cell = grid(page).locator('[tabindex="0"]');
  const group = await groupAtCursor(page);
  for (const ending of ["undo", "keep"]) {
    await page.keyboard.press("x");
    const dialog = page.getByRole("dialog", { name: /^Exclude / });
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole("textbox", { name: "Reason" })).toBeFocused();
    await page.keyboard.type("Handled by the partner team");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Vera");
    await page.keyboard.press("Tab");
    // Held like a finger does: a key that is up again at once moves the focus but does not choose.
    await page.keyboard.down("ArrowRight");
    await expect(dialog.getByRole("radio", { name: "A year" })).toBeChecked();
    await page.keyboard.up("ArrowRight");
    if (ending === "undo") await look(page, "exclude");
    await tabTo(page, dialog.getByRole("button", { name: "Exclude" }));
    await page.keyboard.press("Enter");
    await expect(cell).toHaveAccessibleName("Absent, required, excluded");
    await expect(dialog).toBeHidden();
    await expect(cell).toBeFocused();
    expect(await groupAtCursor(page)).toBe(group);
    if (ending === "keep") continue;
    await page.keyboard.press("F8");
    await tabTo(page, notification(page, "Gap excluded.").getByRole("button", { name: "Undo" }));
    await page.keyboard.press("Enter");
    await expect(cell).toHaveAccessibleName("Absent, required");
    await cell.focus();
  }
  const panel = page.getByRole("complementary", { name: /^Details of / });
  await expect(panel).toContainText("Handled by the partner team");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});

test("search, filters and order narrow and turn the rows, and a saved view brings them back", async () => {
  const { page } = session.muster;
  const shown = page
    .getByRole("contentinfo")
    .or(page.getByRole("main"))
    .getByRole("status")
    .filter({ hasText: "people" });
  const firstGroup = grid(page).getByRole("rowheader").first();
  await page.keyboard.press("/");
  await page.keyboard.type("labs");
  await expect(shown).toHaveText(/^\d of 72 groups/);
  await page.keyboard.press("Escape");
  await expect(shown).toHaveText("72 groups × 12 people");

  await tabTo(page, page.getByRole("group", { name: "Filter" }).getByRole("button", { name: "Category" }));
  await chooseFromMenu(page, "Mark");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Category: Marketing" })).toBeFocused();
  await expect(shown).toHaveText(/of 72 groups/);

  const byMembers = grid(page).getByRole("columnheader", { name: "Members" });
  await tabTo(page, byMembers.getByRole("button"));
  await page.keyboard.press("Enter");
  await expect(byMembers).toHaveAttribute("aria-sort", "descending");
  const narrowed = { shown: await shown.textContent(), first: await firstGroup.textContent() };

  await page.getByRole("button", { name: /^Views: / }).focus();
  await chooseFromMenu(page, "Save");
  await page
    .getByRole("dialog", { name: "Save as a new view" })
    .getByRole("textbox", { name: "Name" })
    .focus();
  await page.keyboard.type("Marketing by size");
  await look(page, "save-view");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Views: Marketing by size" })).toBeFocused();

  await chooseFromMenu(page, "All");
  await expect(shown).toHaveText("72 groups × 12 people");
  await chooseFromMenu(page, "Marketing");
  await expect(shown).toHaveText(narrowed.shown ?? "");
  await expect(firstGroup).toHaveText(narrowed.first ?? "");
});

test("what is copied as CSV is what is in sight, in its order", async () => {
  const { page } = session.muster;
  const rows = await copyAsCsv(page);
  const shown = await grid(page).getByRole("rowheader").allTextContents();
  // The platform is a sign on the screen, with its name for those who cannot see it.
  expect(rows.map((row) => `${row["Platform"]}${row["Group"]}`)).toEqual(shown);
  expect(new Set(rows.map((row) => row["Category"]))).toEqual(new Set(["Marketing"]));
});

test("the Excel report has the numbers of the screen", async () => {
  const { page, application } = session.muster;
  await page.getByRole("button", { name: "Reset" }).click();
  const onScreen = await copyAsCsv(page);
  const file = await answerSaveDialog(application, session.home.temporary, "coverage.xlsx");
  await exportFromCoverage(page, "Excel");

  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  const groups = workbook.getWorksheet("Groups");
  const header = (groups?.getRow(1).values as string[]) ?? [];
  const column = (name: string): number => header.indexOf(name);
  const inReport: Record<string, string> = {};
  groups?.eachRow((row, number) => {
    if (number > 1)
      inReport[row.getCell(column("Group Name")).text] = row.getCell(column("Completeness")).text;
  });
  expect(workbook.worksheets.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["Summary", "Groups", "Gaps", "Changes since last run", "Unknown", "Exclusions"]),
  );
  expect(inReport).toEqual(
    Object.fromEntries(
      onScreen.map((row) => [row["Group"], `${row["Required present"]}/${row["Required total"]} required`]),
    ),
  );
  const accepted = workbook.getWorksheet("Exclusions")?.getRow(2).values;
  expect(accepted).toEqual(expect.arrayContaining(["Handled by the partner team", "Vera"]));
});
