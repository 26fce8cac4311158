/** What an operator does, in the words that the screens use. */

const STEP_TIMEOUT_MS = 30_000;
/** A cheap audit is over before anyone could look: then there is nothing to wait for. */
const APPEAR_TIMEOUT_MS = 3_000;
/** Starting a process, generating its world and signing in. */
const SANDBOX_TIMEOUT_MS = 60_000;
/** The sandbox enforces Slack's published limits, so an audit takes as long as a real one. */
const AUDIT_TIMEOUT_MS = 15 * 60_000;

const navigation = (page) => page.getByRole("navigation", { name: "Screens" });

/** From the first-run screen into the console, connected to a fresh simulated world. */
export async function openSandbox(page) {
  await page.getByRole("button", { name: "Open the sandbox" }).click({ timeout: STEP_TIMEOUT_MS });
  await navigation(page).waitFor({ timeout: SANDBOX_TIMEOUT_MS });
}

/** Shows one of the main screens by its name in the sidebar. */
export async function showScreen(page, name) {
  await navigation(page).getByRole("link", { name, exact: true }).click({ timeout: STEP_TIMEOUT_MS });
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor({ timeout: STEP_TIMEOUT_MS });
}

/** Shows what an audit would cost, and starts it. `onPlan` is called while the cost is on the screen. */
export async function startAudit(page, onPlan) {
  await showScreen(page, "Overview");
  await page.getByRole("button", { name: "Start audit" }).first().click({ timeout: STEP_TIMEOUT_MS });
  const plan = page.getByRole("dialog", { name: "Start an audit" });
  const start = plan.getByRole("button", { name: "Start audit" });
  await start.and(page.locator(":enabled")).waitFor({ timeout: STEP_TIMEOUT_MS });
  await onPlan();
  await start.click({ timeout: STEP_TIMEOUT_MS });
  await plan.waitFor({ state: "hidden", timeout: STEP_TIMEOUT_MS });
}

/** Waits for the audit to end. `onProgress` is called once while it is under way, if that can be seen. */
export async function watchAudit(page, onProgress) {
  const strip = page.getByRole("region", { name: "Audit under way" });
  const isVisible = await strip.waitFor({ timeout: APPEAR_TIMEOUT_MS }).then(
    () => true,
    () => false,
  );
  if (isVisible) await onProgress();
  await strip.waitFor({ state: "hidden", timeout: AUDIT_TIMEOUT_MS });
}

/** Writes the newest run's Excel report to `file`. */
export async function exportReport(application, page, file) {
  // The system's save dialog cannot be driven from outside, so it answers by itself.
  await application.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await showScreen(page, "Coverage");
  await page
    .getByRole("button", { name: /export|report/i })
    .first()
    .click({ timeout: STEP_TIMEOUT_MS });
  await page.getByRole("menuitem", { name: /excel/i }).click({ timeout: STEP_TIMEOUT_MS });
  await page.getByText("Report written.").first().waitFor({ timeout: STEP_TIMEOUT_MS });
}
