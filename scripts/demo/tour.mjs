import { existsSync } from "node:fs";
import { join } from "node:path";
import { ScriptFailure } from "../process/failure.mjs";
import { say } from "../process/say.mjs";
import { exportReport, openSandbox, showScreen, startAudit, watchAudit } from "./steps.mjs";

const SCREENS = ["Overview", "Coverage", "Runs", "Team & rules", "Connections", "Activity", "Settings"];

/**
 * Does the main job once, unattended: from the first-run screen to the Excel report, with a picture of every
 * screen. When a step fails, the last picture shows what was on the screen then.
 * @returns {Promise<{ report: string, pictures: number }>}
 */
export async function tour({ application, page }, folder) {
  let pictures = 0;
  const picture = async (name) => {
    pictures += 1;
    const file = `${String(pictures).padStart(2, "0")}-${name}.png`;
    await page.screenshot({ path: join(folder, file), animations: "disabled" });
  };

  try {
    await page.getByRole("button", { name: "Open the sandbox" }).waitFor({ timeout: 30_000 });
    await picture("first-run");
    say("connecting to the sandbox…");
    await openSandbox(page);

    say("auditing; the sandbox enforces Slack's limits, so this takes as long as a real workspace would…");
    await startAudit(page, () => picture("plan"));
    await watchAudit(page, () => picture("under-way"));

    const report = join(folder, "coverage.xlsx");
    await exportReport(application, page, report);
    if (!existsSync(report))
      throw new ScriptFailure(`the console said the report was written, but ${report} is missing`);

    for (const screen of SCREENS) {
      await showScreen(page, screen);
      // Answers arrive a moment after the heading.
      await page.waitForTimeout(700);
      await picture(screen.toLowerCase().replaceAll(/[^a-z]+/g, "-"));
    }
    return { report, pictures };
  } catch (error) {
    await picture("failed").catch(() => undefined);
    throw new ScriptFailure(`the demo did not get through; what it saw is in ${folder}\n${error.message}`);
  }
}
