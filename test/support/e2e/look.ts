import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import axe from "axe-core";
import type { ElectronApplication, Page } from "playwright";
import type { Console } from "./console.ts";
import { PICTURES } from "./places.ts";

type AxeApi = typeof axe;

const THEMES = ["light", "dark"] as const;

/**
 * Takes a picture of what is on the screen in both themes, and has axe judge each: every rule it knows, the best
 * practices among them. Leaves the page in the light theme.
 */
export async function look(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const violations: string[] = [];
  for (const theme of [...THEMES].reverse()) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await settled(page);
    await page.screenshot({ path: join(PICTURES, `${name}-${theme}.png`), animations: "disabled" });
    violations.push(...(await judge(page)).map((violation) => `${theme}: ${violation}`));
  }
  expect(violations, `axe on ${name}`).toEqual([]);
}

/** A picture as the window shows it; Playwright's own would be cut where the window is zoomed. */
export async function picture(application: ElectronApplication, name: string): Promise<void> {
  const png = await application.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString("base64") ?? "";
  });
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, `${name}.png`), Buffer.from(png, "base64"));
}

/** Colours fade when the theme changes; axe would measure them halfway. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const running = document
      .getAnimations()
      .filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(running.map(({ finished }) => finished));
  });
}

async function judge(page: Page): Promise<string[]> {
  // Evaluated by the debugger, so the page's policy against foreign scripts stays in force.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: Pick<AxeApi, "run"> }).axe.run(document);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) =>
          `${id}: ${target.join(" ")}: ${failureSummary?.split("\n").slice(1).join(" ")}`,
      ),
    );
  });
}

/** Names what can be clicked but is cut off at the side, where nothing can be scrolled to bring it into sight. */
export async function findCutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Tables and listings may be wider than the window; a screen as a whole may not. */
    function mayScroll(element: Element): boolean {
      const isWide = element.matches("[role=grid], pre") || element.querySelector(":scope > table") !== null;
      return isWide && ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    }
    function isCutOff(element: Element): boolean {
      const { left, right, width } = element.getBoundingClientRect();
      // Words for screen readers only are one pixel wide.
      if (width <= 1) return false;
      for (let around = element.parentElement; around; around = around.parentElement) {
        if (around === document.body || around === document.documentElement) break;
        if (mayScroll(around)) return false;
        const frame = around.getBoundingClientRect();
        const clips = getComputedStyle(around).overflowX !== "visible";
        if (clips && (left < frame.left - 1 || right > frame.right + 1)) return true;
      }
      return left < -1 || right > document.documentElement.clientWidth + 1;
    }
    const cutOff = [...document.querySelectorAll("button, a[href], input, [role=tab], [role=combobox]")]
      .filter((element) => element.checkVisibility() && isCutOff(element))
      .map((element) => element.getAttribute("aria-label") ?? element.textContent ?? element.outerHTML);
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [...cutOff, "the page as a whole"] : cutOff;
  });
}

/** What is arranged by the width of the window is so when the next picture of it is drawn. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

/** What of the screen as it is can no longer be clicked at 200 %; leaves a picture of it, and the screen as it was. */
export async function findCutOffAtTwice({ page, application }: Console, name: string): Promise<string[]> {
  const zoom = (factor: number) =>
    application.evaluate(
      ({ BrowserWindow }, value) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(value),
      factor,
    );
  const widthPx = await page.evaluate(() => window.innerWidth);
  await zoom(2);
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeLessThan(widthPx);
  await drawn(page);
  const cutOff = await findCutOff(page);
  await picture(application, name);
  await zoom(1);
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(widthPx);
  return cutOff;
}
