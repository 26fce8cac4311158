import { expect, test } from "@playwright/test";
import { look } from "#test/support/e2e/look.ts";
import { setWindow } from "#test/support/e2e/set-window.ts";
import { auditSandbox, SCREENS, untilLoaded } from "#test/support/e2e/steps.ts";

const session = setWindow({ sandbox: "open" }, auditSandbox);

async function runCommand(words: string): Promise<void> {
  const { page } = session.muster;
  await page.keyboard.press("Control+K");
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  await palette.getByRole("combobox").fill(words);
  await page.keyboard.press("Enter");
  await expect(palette).toBeHidden();
}

test("Ctrl with a digit opens each screen, and Alt with the arrows goes back and forward", async () => {
  const { page } = session.muster;
  const heading = page.getByRole("heading", { level: 1 });
  for (const [at, screen] of SCREENS.entries()) {
    await page.keyboard.press(`Control+${at + 1}`);
    await expect(heading).toHaveText(screen);
    await expect(page.getByRole("main")).toBeFocused();
  }
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(heading).toHaveText("Schedules");
  await page.keyboard.press("Alt+ArrowRight");
  await expect(heading).toHaveText("Settings");
});

test("the palette finds screens, groups and runs by a few letters", async () => {
  const { page } = session.muster;
  const heading = page.getByRole("heading", { level: 1 });
  await runCommand("Connecti");
  await expect(heading).toHaveText("Connections");
  await runCommand("acorn-labs");
  await expect(page.getByRole("complementary", { name: "Details of bitsafe-acorn-labs" })).toBeVisible();
  await runCommand("run of");
  await expect(heading).toHaveText(/^Run of /);
  await untilLoaded(page);
  await page.keyboard.press("Control+K");
  await look(page, "palette");
  await page.getByRole("combobox").fill("nothing is called like this");
  await look(page, "palette-nothing-found");
  await page.keyboard.press("Escape");
});

test("theme and density are commands, and stay", async () => {
  const { page } = session.muster;
  const root = page.locator("html");
  await runCommand("theme dark");
  await expect(root).toHaveAttribute("data-theme", "dark");
  await runCommand("density compact");
  await expect(root).toHaveAttribute("data-density", "compact");
  await page.reload();
  await expect(root).toHaveAttribute("data-theme", "dark");
  await expect(root).toHaveAttribute("data-density", "compact");
  await page.keyboard.press("Control+2");
  await expect(page.getByRole("grid")).toBeVisible();
  await runCommand("theme system");
  await expect(root).not.toHaveAttribute("data-theme");
  await runCommand("density comfortable");
});

test("the question mark lists the shortcuts, and Ctrl+Enter foresees an audit", async () => {
  const { page } = session.muster;
  await page.keyboard.press("Control+1");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet).toContainText("Exclude the gap");
  await look(page, "shortcuts");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("dialog", { name: "Start an audit" })).toBeVisible();
  await page.keyboard.press("Escape");
});
