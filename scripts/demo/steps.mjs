/** What an operator does, in the words that the screens use. */

const STEP_TIMEOUT_MS = 30_000;
const AUDIT_TIMEOUT_MS = 10 * 60_000;

/** From the first-run screen into the console, connected to a fresh simulated world. */
export async function openSandbox(page) {
  await page.getByRole("button", { name: /sandbox/i }).click({ timeout: STEP_TIMEOUT_MS });
  await screenLink(page, "Overview").waitFor({ timeout: STEP_TIMEOUT_MS });
}

/** Shows one of the main screens by its name in the navigation. */
export async function showScreen(page, name) {
  await screenLink(page, name).click({ timeout: STEP_TIMEOUT_MS });
  await page.getByRole("heading", { name, level: 1 }).waitFor({ timeout: STEP_TIMEOUT_MS });
}

/** Plans an audit, confirms the predicted cost, and waits until it has ended. Returns the summary that is shown. */
export async function runAudit(page) {
  await showScreen(page, "Runs");
  await page
    .getByRole("button", { name: /new audit|run audit|start audit/i })
    .first()
    .click({ timeout: STEP_TIMEOUT_MS });
  const plan = page.getByRole("dialog");
  await plan.getByRole("button", { name: /start/i }).click({ timeout: STEP_TIMEOUT_MS });
  const row = page
    .getByRole("row")
    .filter({ hasText: /done|complete/i })
    .first();
  await row.waitFor({ timeout: AUDIT_TIMEOUT_MS });
  return (await row.innerText()).replaceAll(/\s+/g, " ").trim();
}

function screenLink(page, name) {
  return page.getByRole("navigation").getByRole("link", { name });
}
