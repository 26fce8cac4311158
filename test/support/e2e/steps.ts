import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import type { ElectronApplication, Locator, Page } from "playwright";
import type { RunReport } from "#main/features/coverage/index.ts";
import type { Console } from "./console.ts";
import { readReport } from "./report-file.ts";

/** What an operator does, in the words of the screens. */
export const SCREENS = [
  "Overview",
  "Coverage",
  "Operations",
  "Runs",
  "Team & rules",
  "Connections",
  "Activity",
  "Schedules",
  "Settings",
] as const;
export type ScreenName = (typeof SCREENS)[number];

/** Starting a process, generating 372 channels and signing in, on a busy machine. */
const SANDBOX_OPENS_WITHIN_MS = 30_000;
const AUDIT_ENDS_WITHIN_MS = 40_000;

export function navigation(page: Page): Locator {
  return page.getByRole("navigation", { name: "Screens" });
}

/** Waits for the shell, which appears once something is connected. */
export async function untilConnected(page: Page): Promise<void> {
  await navigation(page).waitFor({ timeout: SANDBOX_OPENS_WITHIN_MS });
}

export async function showScreen(page: Page, name: ScreenName): Promise<void> {
  await navigation(page).getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  await untilLoaded(page);
}

/** Waits until no part of the screen says that it is loading. */
export async function untilLoaded(page: Page): Promise<void> {
  await expect(page.getByRole("status", { name: /^(Loading|Foreseeing|Comparing)/ })).toHaveCount(0);
}

export function auditStrip(page: Page): Locator {
  return page.getByRole("region", { name: "Audit under way" });
}

/**
 * Opens the plan and starts the audit of the Slack workspace. Telegram, whose limits make an audit last a minute, is
 * left out where it is connected.
 */
export async function startAudit(page: Page, way?: "By person" | "By group"): Promise<void> {
  await page.getByRole("main").getByRole("button", { name: "Start audit" }).first().click();
  const plan = page.getByRole("dialog", { name: "Start an audit" });
  if (way) await plan.getByRole("radio", { name: way }).click();
  await chooseSlackOnly(plan);
  await plan.getByRole("button", { name: "Start audit" }).click();
  await plan.waitFor({ state: "hidden" });
}

/** The part of the plan that is about the sandbox's Slack workspace. */
export function plannedSlack(plan: Locator): Locator {
  return plan.getByRole("listitem").filter({ has: plan.page().getByRole("checkbox", { name: /^BitSafe/ }) });
}

export async function chooseSlackOnly(plan: Locator): Promise<void> {
  await plannedSlack(plan).waitFor();
  for (const box of await plan.getByRole("checkbox").all()) await box.uncheck();
  await plannedSlack(plan).getByRole("checkbox").check();
}

/** Waits until so many runs have ended and no audit is under way. */
export async function untilAudited(page: Page, runs: number): Promise<void> {
  await showScreen(page, "Runs");
  const ended = page.getByRole("table", { name: "Runs" }).getByRole("row", { name: /Completed|Partial/ });
  await expect(ended).toHaveCount(runs, { timeout: AUDIT_ENDS_WITHIN_MS });
  await expect(auditStrip(page)).toHaveCount(0);
}

/** From an empty profile to a console on the sandbox with one audit behind it. */
export async function auditSandbox({ page, profile }: Console): Promise<void> {
  await untilConnected(page).catch((cause: unknown) => {
    // Only the log knows why a sandbox that was asked for by a flag did not open.
    throw new Error(readFileSync(join(profile, "logs", "muster.log"), "utf8"), { cause });
  });
  await showScreen(page, "Runs");
  await startAudit(page);
  await untilAudited(page, 1);
}

/** The system's dialogs cannot be driven from outside, so they answer by themselves from here on. */
export async function answerSaveDialog(
  application: ElectronApplication,
  folder: string,
  name: string,
): Promise<string> {
  const file = join(folder, name);
  await application.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  return file;
}

export async function answerOpenDialog(application: ElectronApplication, file: string): Promise<void> {
  await application.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, file);
}

/** Exports the report of the run that the Coverage screen shows. */
export async function exportFromCoverage(page: Page, format: "Excel" | "CSV" | "JSON"): Promise<void> {
  await page.getByRole("main").getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: `Report as ${format}…` }).click();
  await page.getByText("Report written.").first().waitFor();
}

export function notification(page: Page, text: string | RegExp): Locator {
  return page
    .getByRole("region", { name: /^Notifications/ })
    .getByRole("listitem")
    .filter({ hasText: text });
}

/** Audits for the first time, and reads what came out as the product exports it. */
export async function auditAndReport({ page, application, temporary }: Console): Promise<RunReport> {
  await showScreen(page, "Runs");
  await startAudit(page);
  await untilAudited(page, 1);
  await showScreen(page, "Coverage");
  const file = await answerSaveDialog(application, temporary, "before.json");
  await exportFromCoverage(page, "JSON");
  return readReport(file);
}
