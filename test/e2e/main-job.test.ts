import { expect, test } from "@playwright/test";
import { findCutOff, look, picture } from "#test/support/e2e/look.ts";
import { setWindow } from "#test/support/e2e/set-window.ts";
import {
  chooseSlackOnly,
  plannedSlack,
  SCREENS,
  showScreen,
  untilAudited,
  untilConnected,
  untilLoaded,
} from "#test/support/e2e/steps.ts";

const session = setWindow({ sandbox: "ask" });

test("a fresh profile begins with what Muster does and two ways to begin", async () => {
  const { page } = session.muster;
  await expect(page.getByRole("button", { name: "Connect Slack" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Open the sandbox" })).toBeVisible();
  await look(page, "first-run");
  await page.getByRole("button", { name: "I have no Slack app yet" }).click();
  await expect(page.getByRole("region", { name: "App manifest" })).toContainText("oauth_config");
  await look(page, "first-run-create-app");
  await page.keyboard.press("Escape");
});

test("one click opens the sandbox, and says everywhere that its data is simulated", async () => {
  const { page } = session.muster;
  await page.getByRole("button", { name: "Open the sandbox" }).click();
  await untilConnected(page);
  await expect(page.getByText("Sandbox: simulated data")).toBeVisible();
  await showScreen(page, "Overview");
  await look(page, "overview-never-audited");
});

test("the plan names both ways of asking, with their calls and time, before anything is asked", async () => {
  const { page } = session.muster;
  await page.getByRole("button", { name: "Start audit" }).first().click();
  const plan = page.getByRole("dialog", { name: "Start an audit" });
  const ways = plannedSlack(plan).getByRole("list", { name: "Ways of asking" }).getByRole("listitem");
  await expect(ways).toHaveText([/By person.*call.*about.*Taken/s, /By group.*call.*about/s]);
  await look(page, "start-audit");
  await chooseSlackOnly(plan);
  await plan.getByRole("button", { name: "Start audit" }).click();
  await expect(plan).toBeHidden();
});

test("the audit ends, and its run says what it found", async () => {
  const { page } = session.muster;
  await untilAudited(page, 1);
  await page.getByRole("table", { name: "Runs" }).getByRole("link").first().click();
  await expect(page.getByRole("region", { name: "Totals" })).toContainText("Absent");
  await look(page, "run");
});

test("no screen has an axe violation in either theme", async () => {
  test.slow();
  const { page } = session.muster;
  for (const screen of SCREENS) {
    await showScreen(page, screen);
    await look(page, `screen-${screen.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`);
  }
  await showScreen(page, "Team & rules");
  for (const tab of ["Categories", "Deprecated terms", "Customer groups"]) {
    await page.getByRole("tab", { name: tab }).click();
    await look(page, `team-${tab.toLowerCase().replaceAll(" ", "-")}`);
  }
});

test("at 200 % zoom nothing that can be clicked is cut off", async () => {
  const { page, application } = session.muster;
  const zoom = (factor: number) =>
    application.evaluate(
      ({ BrowserWindow }, value) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(value),
      factor,
    );
  const cutOff: Record<string, string[]> = {};
  await zoom(2);
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeLessThan(700);
  for (const [at, screen] of SCREENS.entries()) {
    // By keyboard: a zoomed window is clicked at other coordinates than Playwright's.
    await page.keyboard.press(`Control+${at + 1}`);
    await expect(page.getByRole("heading", { level: 1, name: screen, exact: true })).toBeVisible();
    await untilLoaded(page);
    cutOff[screen] = await findCutOff(page);
    await picture(session.muster.application, `zoom-${at + 1}`);
  }
  await zoom(1);
  expect(cutOff).toEqual(Object.fromEntries(SCREENS.map((screen) => [screen, []])));
});

test("the page complained about nothing on the way", () => {
  expect(session.muster.complaints).toEqual([]);
});
