import { expect, test } from "@playwright/test";
import { look } from "#test/support/e2e/look.ts";
import { setWindow } from "#test/support/e2e/set-window.ts";
import {
  showScreen,
  startAudit,
  untilAudited,
  untilConnected,
  untilLoaded,
} from "#test/support/e2e/steps.ts";

const session = setWindow(
  // Limits are the subject of other suites; under them this one would take a minute and a half.
  { sandbox: "ask", limits: "off" },
);

test("one audit of the sandbox sees its 72 channels and its 402 Telegram groups", async () => {
  const { page } = session.muster;
  await page.getByRole("button", { name: "Open the sandbox" }).click();
  await untilConnected(page);
  await showScreen(page, "Runs");
  await page.getByRole("main").getByRole("button", { name: "Start audit" }).first().click();
  const plan = page.getByRole("dialog", { name: "Start an audit" });
  await expect(plan.getByRole("radio", { name: "All platforms" })).toBeChecked();
  await plan.getByRole("button", { name: "Start audit" }).click();
  const runs = page.getByRole("table", { name: "Runs" });
  await expect(runs.getByRole("row", { name: /Completed|Partial/ })).toHaveCount(1, { timeout: 40_000 });
  await showScreen(page, "Coverage");
  await page.getByRole("button", { name: "Platform" }).click();
  await expect(page.getByRole("menuitemcheckbox")).toHaveText([/Slack\s*72/, /Telegram\s*402/]);
  await page.keyboard.press("Escape");
});

test("an audit of Slack alone afterwards leaves what is known of Telegram in sight, with its age", async () => {
  test.slow();
  const { page } = session.muster;
  await showScreen(page, "Runs");
  await startAudit(page);
  await untilAudited(page, 2);
  await showScreen(page, "Coverage");
  await expect(page.getByText(/^Slack: today .* · Telegram: today /)).toBeVisible();
  await page.getByRole("button", { name: "Platform" }).click();
  await expect(page.getByRole("menuitemcheckbox")).toHaveText([/Slack\s*72/, /Telegram\s*402/]);
  await page.keyboard.press("Escape");
  await look(page, "newest-of-each-platform");
  await showScreen(page, "Overview");
  await expect(page.getByRole("list", { name: "By platform" }).getByRole("listitem")).toHaveCount(2);
});

test("a person's page and a group's page are a search away, and have no axe violation", async () => {
  test.slow();
  const { page } = session.muster;
  await page.keyboard.press("Control+k");
  await page.keyboard.type("go to person");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("table", { name: /^Groups of / })).toBeVisible();
  await untilLoaded(page);
  await look(page, "person-page");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("go to group telegram");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Team members" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("Our right");
  await look(page, "group-page");
});
