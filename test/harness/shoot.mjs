/**
 * Takes pictures of the harness. Each argument is one picture, as `name:scenario:theme:density:path`, where
 * everything after the name may be left out; `--do` gives a script to run in the page before the picture, and
 * `--axe` adds an accessibility check. Pictures go to artifacts/harness-shots (or HARNESS_SHOTS).
 *
 *   xvfb-run -a node test/harness/shoot.mjs overview:normal:dark:comfortable:/overview
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { _electron as electron } from "playwright";

const ROOT = resolve(import.meta.dirname, "../..");
const BUILT = resolve(ROOT, process.env.HARNESS_OUT ?? "artifacts/harness");
const SHOTS = resolve(ROOT, process.env.HARNESS_SHOTS ?? "artifacts/harness-shots");
const given = process.argv.slice(2);
const withAxe = given.includes("--axe");
const pictures = given.filter((argument) => argument !== "--axe");

await mkdir(SHOTS, { recursive: true });
const app = await electron.launch({
  executablePath: process.env.ELECTRON_EXEC_PATH ?? join(ROOT, ".runtime/electron-42.0.0/electron"),
  args: ["--no-sandbox", "--disable-gpu", join(import.meta.dirname, "electron-main.mjs")],
  timeout: 20_000,
});
const page = await app.firstWindow();
page.on("console", (message) => {
  if (message.text().includes("Electron Security Warning")) return; // about:blank has no policy
  if (["error", "warning"].includes(message.type())) console.log(`[${message.type()}] ${message.text()}`);
});
page.on("pageerror", (error) => console.log(`[page error] ${error.stack}`));
try {
  for (const picture of pictures) await shoot(picture);
} finally {
  await app.close();
}

async function shoot(picture) {
  const [recipe, ...steps] = picture.split(" >> ");
  const [name, scenario = "normal", theme = "light", density = "comfortable", path = "/overview"] =
    recipe.split(/:(?!\/\/)/);
  const query = new URLSearchParams({ scenario, theme, density });
  await page.goto("about:blank");
  await page.goto(`${pathToFileURL(join(BUILT, "index.html")).href}?${query}#${path}`);
  await page.waitForSelector("h1", { timeout: 7_000 }).catch(() => console.log(`${name}: no heading`));
  await page.waitForTimeout(350);
  for (const step of steps) await perform(step.trim());
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  if (withAxe) await judge(name);
}

/** `key Enter`, `click text=Save`, `type hello`, `wait 500`, `size 800x600`, `toast {"tone":"ok","message":"Saved."}`. */
async function perform(step) {
  const [verb, ...rest] = step.split(" ");
  const what = rest.join(" ");
  if (verb === "key") await page.keyboard.press(what);
  else if (verb === "click") await page.locator(what).first().click({ timeout: 3_000 });
  else if (verb === "type") await page.keyboard.type(what);
  else if (verb === "wait") await page.waitForTimeout(Number(what));
  else if (verb === "toast")
    await page.evaluate((toast) => {
      const action = toast.action ? { label: toast.action, run() {} } : undefined;
      window.musterHarness.showToast({ ...toast, action });
    }, JSON.parse(what));
  else if (verb === "size")
    await app.evaluate(({ BrowserWindow }, [width, height]) => {
      BrowserWindow.getAllWindows()[0].setContentSize(width, height);
    }, what.split("x").map(Number));
  else if (verb === "zoom")
    await app.evaluate(
      ({ BrowserWindow }, factor) =>
        BrowserWindow.getAllWindows()[0].webContents.setZoomFactor(Number(factor)),
      what,
    );
  else throw new Error(`unknown step: ${step}`);
  await page.waitForTimeout(150);
}

async function judge(name) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  for (const { id, nodes } of violations) {
    console.log(`${name}: ${id}`);
    for (const { target, failureSummary } of nodes.slice(0, 3)) {
      console.log(`  ${target.join(" ")}\n    ${failureSummary?.split("\n").slice(1).join(" ")}`);
    }
  }
  if (violations.length === 0) console.log(`${name}: no violation`);
}
