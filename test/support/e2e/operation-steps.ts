import { expect } from "@playwright/test";
import type { Locator, Page } from "playwright";

/** What an operator does with an operation, from its plan to its end. */
export const PLANS_WITHIN_MS = 30_000;
const RUNS_WITHIN_MS = 90_000;

export const operationSteps = (page: Page): Locator => page.getByRole("table", { name: "Steps" });

export async function untilPlanned(page: Page): Promise<void> {
  await expect(page.getByText("Ready to look at", { exact: true })).toBeVisible({ timeout: PLANS_WITHIN_MS });
  await expect(operationSteps(page)).toBeVisible();
}

/** Confirms the plan in sight: `words` as its button says, “Make 2 removals”. Types what has to be typed. */
export async function confirmPlan(page: Page, words: string): Promise<void> {
  await page.getByRole("button", { name: `${words}…` }).click();
  const question = page.getByRole("alertdialog");
  const field = question.getByRole("textbox", { name: /^Type/ });
  if (await field.isVisible()) {
    const [, wanted = ""] = /“(.+)”/.exec((await question.textContent()) ?? "") ?? [];
    await field.fill(wanted);
  }
  await question.getByRole("button", { name: words }).click();
  await question.waitFor({ state: "hidden" });
}

/** Waits until the operation in sight has ended, in one of these ways. */
export async function untilEnded(page: Page, ways: RegExp = /^(Done|Partly done)$/): Promise<void> {
  const heading = page.getByRole("heading", { level: 1 }).locator("..");
  await expect(heading.getByText(ways)).toBeVisible({ timeout: RUNS_WITHIN_MS });
}
