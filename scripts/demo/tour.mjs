import { join } from "node:path";
import { openSandbox, runAudit, showScreen } from "./steps.mjs";

const SCREENS = ["Overview", "Coverage", "Runs", "Team & rules", "Connections", "Activity", "Settings"];

/** Does the main job once, unattended, and leaves the report and a picture of every screen in `folder`. */
export async function tour({ application, page }, folder) {
  let pictures = 0;
  const picture = async (name) => {
    pictures += 1;
    await page.screenshot({ path: join(folder, `${String(pictures).padStart(2, "0")}-${name}.png`) });
  };

  await page.setViewportSize({ width: 1440, height: 900 }).catch(() => undefined);
  await picture("first-run");
  await openSandbox(page);
  const summary = await runAudit(page);
  await picture("run-done");
  await exportReport(application, page, join(folder, "coverage.xlsx"));
  for (const screen of SCREENS) {
    await showScreen(page, screen);
    await picture(screen.toLowerCase().replaceAll(/[^a-z]+/g, "-"));
  }
  return { summary, pictures };
}

async function exportReport(application, page, file) {
  // The system's save dialog cannot be driven from here, so it answers by itself.
  await application.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page
    .getByRole("button", { name: /export|report/i })
    .first()
    .click();
  await page.getByRole("menuitem", { name: /excel/i }).click();
  await page
    .getByText(/coverage\.xlsx/)
    .first()
    .waitFor();
}
