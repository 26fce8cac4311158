import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { Locator, Page } from "playwright";
import { look } from "#test/support/e2e/look.ts";
import { setWindow } from "#test/support/e2e/set-window.ts";
import {
  answerOpenDialog,
  answerSaveDialog,
  notification,
  showScreen,
  untilConnected,
} from "#test/support/e2e/steps.ts";

const session = setWindow({ sandbox: "open" }, async ({ page }) => {
  await untilConnected(page);
  await showScreen(page, "Team & rules");
});

const member = (page: Page, name: string): Locator =>
  page.getByRole("table", { name: "Team members" }).getByRole("row", { name });

async function exportTo(name: string): Promise<string> {
  const file = await answerSaveDialog(session.muster.application, session.home.temporary, name);
  await session.muster.page.getByRole("button", { name: "Export…" }).click();
  await expect(notification(session.muster.page, "Team and rules were exported.").last()).toBeVisible();
  // The notification of an earlier export may still be there; a file that is there is whole.
  await expect.poll(() => existsSync(file)).toBe(true);
  return file;
}

test("a member is added, edited, removed, and put back as they were", async () => {
  const { page } = session.muster;
  await page.getByRole("button", { name: "Add member" }).click();
  const adding = page.getByRole("dialog", { name: "Add a team member" });
  await adding.getByRole("button", { name: "Add to the team" }).click();
  await expect(adding.getByRole("alert")).toHaveText([
    /Give the member a name/,
    /Enter a username or a user id/,
  ]);
  await look(page, "add-member-problems");
  await adding.getByRole("textbox", { name: "Name", exact: true }).fill("Zoë Zimmermann");
  await adding.getByRole("textbox", { name: "User id" }).fill("U0ZOEZOEZOE");
  await adding.getByRole("button", { name: "Add to the team" }).click();
  await expect(notification(page, "Zoë Zimmermann was added to the team.")).toBeVisible();

  await member(page, "Zoë Zimmermann").getByRole("button", { name: "Zoë Zimmermann", exact: true }).click();
  const editing = page.getByRole("dialog", { name: "Zoë Zimmermann" });
  await editing.getByRole("combobox", { name: "Status" }).click();
  await page.getByRole("option", { name: "Optional" }).click();
  await editing.getByRole("button", { name: "Save" }).click();
  await expect(member(page, "Zoë Zimmermann")).toContainText("Optional");

  await page.getByRole("button", { name: "More for Zoë Zimmermann" }).click();
  await page.getByRole("menuitem", { name: "Remove from the team" }).click();
  await expect(member(page, "Zoë Zimmermann")).toHaveCount(0);
  await notification(page, "Zoë Zimmermann was removed").getByRole("button", { name: "Undo" }).click();
  await expect(member(page, "Zoë Zimmermann")).toContainText("Optional");
});

test("what was typed is not lost to a stray Escape", async () => {
  const { page } = session.muster;
  await page.getByRole("button", { name: "Add member" }).click();
  await page
    .getByRole("dialog", { name: "Add a team member" })
    .getByRole("textbox", { name: "Name", exact: true })
    .fill("Nobody");
  await page.keyboard.press("Escape");
  const question = page.getByRole("alertdialog", { name: "Discard what you entered?" });
  await look(page, "discard-member");
  await question.getByRole("button", { name: "Discard" }).click();
  await expect(question).toBeHidden();
  await expect(member(page, "Nobody")).toHaveCount(0);
});

test("a category is changed in a draft, which is saved as a whole or asked about before leaving", async () => {
  const { page } = session.muster;
  await page.getByRole("tab", { name: "Categories" }).click();
  await page.getByRole("button", { name: "Add a category" }).click();
  const bar = page.getByRole("region", { name: "Unsaved changes" });
  await bar.getByRole("button", { name: "Save rules" }).click();
  await expect(bar).toContainText("to put right before saving");
  await look(page, "category-problems");
  const editor = page.getByRole("region", { name: /^Category / });
  await editor.getByRole("textbox", { name: "Name", exact: true }).fill("Partners");
  await editor.getByRole("button", { name: "Add a matcher" }).click();
  await page.getByRole("menuitem", { name: "Name pattern" }).click();
  await editor.getByRole("textbox", { name: "Name pattern" }).fill("*-partner-*");
  await page.keyboard.press("Control+1");
  const question = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await expect(question).toContainText("unsaved changes to the rules");
  await look(page, "leave-with-draft");
  await page.keyboard.press("Escape");
  await bar.getByRole("button", { name: "Save rules" }).click();
  await expect(bar).toBeHidden();
  await expect(page.getByRole("list", { name: "Categories" })).toContainText("Partners");
});

test("an exported file can be imported again, and says that it would change nothing", async () => {
  const { page } = session.muster;
  const file = await exportTo("team-and-rules.json");
  const { version, team, categories } = JSON.parse(readFileSync(file, "utf8")) as {
    version: number;
    team: { name: string }[];
    categories: { name: string }[];
  };
  expect({
    version,
    hasZoe: team.some(({ name }) => name === "Zoë Zimmermann"),
    last: categories.at(-1)?.name,
  }).toEqual({
    version: 1,
    hasZoe: true,
    last: "Partners",
  });
  await answerOpenDialog(session.muster.application, file);
  await page.getByRole("button", { name: "Import…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import team-and-rules.json?" });
  const figure = (label: string) =>
    dialog.locator("div", { has: page.getByRole("term").filter({ hasText: label }) }).last();
  for (const label of ["Members added", "Members changed", "Members removed"])
    await expect(figure(label)).toHaveText(`${label}0`);
  await look(page, "import");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(dialog).toBeHidden();
});

test("a broken file names line, path and problem, and changes nothing", async () => {
  const { page } = session.muster;
  const before = readFileSync(await exportTo("before.json"), "utf8");
  const broken = join(session.home.temporary, "broken.json");
  writeFileSync(
    broken,
    '{\n  "version": 1,\n  "team": [\n    { "name": "", "status": "asleep" }\n  ],\n  "categories": "none"\n}\n',
  );
  await answerOpenDialog(session.muster.application, broken);
  await page.getByRole("button", { name: "Import…" }).click();
  const dialog = page.getByRole("dialog", { name: "broken.json cannot be imported" });
  const problems = dialog.getByRole("region", { name: "Problems of the file" }).getByRole("row");
  await expect(problems.filter({ hasText: "status" })).toHaveText([/^4\s*team.*status/]);
  await expect(problems.filter({ hasText: "categories" })).toHaveText([/^6\s*categories/]);
  await look(page, "import-broken");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  expect(readFileSync(await exportTo("after.json"), "utf8")).toBe(before);
});

test("the older file of group categories is taken in as categories", async () => {
  const { page } = session.muster;
  const older = join(session.home.temporary, "customer_group_categories.json");
  writeFileSync(
    older,
    JSON.stringify({
      marketing_groups: ["bitsafe-a-mktg"],
      internal_groups: ["bitsafe-b"],
      intro_groups: [],
    }),
  );
  await answerOpenDialog(session.muster.application, older);
  await page.getByRole("button", { name: "Import…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import customer_group_categories.json?" });
  await expect(dialog).toContainText("An older file of group categories");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(dialog).toBeHidden();
});
