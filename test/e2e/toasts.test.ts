import { expect, test } from "@playwright/test";
import type { Page } from "playwright";
import type { Toast } from "#renderer/ui/show-toast.ts";
import { type HarnessWindow, openHarness } from "#test/support/e2e/harness-window.ts";
import { look } from "#test/support/e2e/look.ts";
import { notification } from "#test/support/e2e/steps.ts";

let harness: HarnessWindow;

test.beforeAll(async () => {
  harness = await openHarness();
});
test.afterAll(() => harness?.close());

type Said = Pick<Toast, "tone" | "message" | "hint" | "about"> & { readonly action?: string };

const WRITTEN: Said = {
  tone: "ok",
  message: "Report written.",
  hint: "/home/ana/Documents/coverage-2026-11-20.xlsx",
  action: "Show file",
};
const CANCELLED: Said = {
  tone: "neutral",
  message: "Audit cancelled. What was read so far is kept.",
  action: "Resume",
};
const NO_ANSWER: Said = {
  tone: "danger",
  message: "The Slack workspace BitSafe did not answer in time.",
  hint: "Check the network and try again; what was done so far is kept.",
};

async function say(page: Page, ...toasts: readonly Said[]): Promise<void> {
  await page.evaluate((given) => {
    const { showToast } = (
      window as unknown as { musterHarness: { showToast: (toast: Omit<Toast, "id" | "number">) => void } }
    ).musterHarness;
    for (const { action, ...toast } of given)
      showToast({ ...toast, ...(action ? { action: { label: action, run: () => {} } } : {}) });
  }, toasts);
}

async function resize(width: number, height: number): Promise<void> {
  await harness.application.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
    [width, height] as const,
  );
  await expect.poll(() => harness.page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

/** Names the controls, and the words of toasts, that cannot be clicked where they are seen because a toast lies there. */
function findCovered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const inToasts = (element: Element | null) => element?.closest("[data-toasts]") ?? null;
    const layer = document.querySelector("[role=dialog], [role=alertdialog]") ?? document;
    return [...layer.querySelectorAll("button, a[href], input, [role=tab], [role=combobox]")]
      .filter((element) => element.checkVisibility() && !inToasts(element))
      .filter((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const corners = [
          [left + 2, top + 2],
          [right - 2, bottom - 2],
        ] as const;
        return corners.some(([x, y]) => {
          // What is scrolled out of its list is where the list leads, not where it would be.
          for (let around = element.parentElement; around; around = around.parentElement) {
            const frame = around.getBoundingClientRect();
            if (getComputedStyle(around).overflowY !== "visible" && (y < frame.top || y > frame.bottom))
              return false;
          }
          return inToasts(document.elementFromPoint(x, y)) !== null;
        });
      })
      .map((element) => element.getAttribute("aria-label") ?? element.textContent ?? element.outerHTML);
  });
}

/** Of each toast, whether “Dismiss” is beside the first line of its words, and inside the window. */
function dismissals(page: Page): Promise<boolean[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("[data-toasts] li")].map((toast) => {
      const words = toast.querySelector("p")?.getBoundingClientRect();
      const button = toast.querySelector("[aria-label=Dismiss]")?.getBoundingClientRect();
      if (!words || !button) return false;
      const isBeside = button.left >= words.right && button.top <= words.top + 10;
      return isBeside && button.right <= innerWidth && button.bottom <= innerHeight;
    }),
  );
}

for (const [width, height] of [
  [1280, 800],
  [1024, 700],
  [800, 600],
  [640, 480],
] as const) {
  test(`three at once cover nothing in a window of ${width} × ${height}, with a dialog open and without`, async () => {
    const { page } = harness;
    await resize(width, height);
    await harness.show("running", "/operations/op-plan");
    await say(page, NO_ANSWER, CANCELLED, WRITTEN);
    await expect(notification(page, "Report written.")).toBeVisible();
    // A page knows how much room it has only when it was drawn once.
    await expect.poll(() => findCovered(page)).toEqual([]);
    const onPage = await dismissals(page);
    if (width !== 800) await look(page, `toasts-${width}`);
    await page.getByRole("button", { name: /^Make .* additions…$/ }).click();
    const question = page.getByRole("alertdialog");
    await question.waitFor();
    // What was said before stays where it lies; said again, it comes into sight.
    await expect(question.getByRole("button", { name: "Dismiss" })).toHaveCount(0);
    await say(page, NO_ANSWER, CANCELLED, WRITTEN);
    await expect(question.getByRole("button", { name: "Dismiss" })).toHaveCount(3);
    await expect.poll(() => findCovered(page)).toEqual([]);
    const inDialog = await dismissals(page);
    if (width !== 1024) await look(page, `toasts-${width}-dialog`);
    const beside = [true, true, true];
    expect({ onPage, inDialog }).toEqual({ onPage: beside, inDialog: beside });
    await question.getByRole("button", { name: "Dismiss" }).last().click();
    // Dismissing is no click outside of the dialog, and no answer to it.
    await expect(question.getByRole("button", { name: "Dismiss" })).toHaveCount(2);
  });
}

test("older ones are one line until they are pointed at", async () => {
  const { page } = harness;
  await resize(1280, 800);
  await harness.show("running", "/overview");
  await say(page, NO_ANSWER, CANCELLED, WRITTEN);
  const older = notification(page, "did not answer");
  const hint = older.getByText(/^Check the network/);
  await expect(hint).toBeHidden();
  // What the pointer was going for stays where it was.
  await older.getByRole("button", { name: "Dismiss" }).hover();
  await expect(hint).toBeVisible();
  await look(page, "toasts-pointed-at");
  const search = page.getByRole("button", { name: /^Search/ });
  await search.focus();
  await page.mouse.down();
  await page.mouse.up();
  await expect(older).toHaveCount(0);
  await expect(search).toBeFocused();
});

test("with more than three errors the rest is counted, and all are dismissed at once", async () => {
  const { page } = harness;
  await harness.show("normal", "/overview");
  for (const name of ["First", "Second", "Third", "Fourth", "Fifth"])
    await say(page, { tone: "danger", message: `${name} error.` });
  const region = page.getByRole("region", { name: "Notifications (F8)" });
  await expect(region.getByRole("listitem")).toHaveText([/Third/, /Fourth/, /Fifth/]);
  await expect(region).toContainText("2 earlier");
  await look(page, "toasts-many");
  await region.getByRole("button", { name: "Dismiss all" }).click();
  await expect(region).toHaveCount(0);
});

test("F8 leads to the newest, Escape dismisses one after the other and gives the keyboard back", async () => {
  const { page } = harness;
  await harness.show("normal", "/overview");
  const start = page.getByRole("button", { name: "Start audit" }).first();
  await start.focus();
  await say(page, NO_ANSWER, WRITTEN);
  await page.keyboard.press("F8");
  await expect(notification(page, "Report written.")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(
    notification(page, "Report written.").getByRole("button", { name: "Show file" }),
  ).toBeFocused();
  await look(page, "toasts-focused");
  await page.keyboard.press("Escape");
  await expect(notification(page, "did not answer")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(notification(page, /./)).toHaveCount(0);
  await expect(start).toBeFocused();
});

test("Escape belongs to what is open on the page first, and then dismisses the newest", async () => {
  const { page } = harness;
  await harness.show("normal", "/operations/op-partial");
  await say(page, NO_ANSWER, WRITTEN);
  const steps = page.getByRole("table", { name: "Steps" });
  await steps.getByRole("row").nth(1).getByRole("button").first().click();
  const panel = page.getByRole("complementary").filter({ has: page.getByRole("separator") });
  await expect(panel).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(notification(page, /./)).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(notification(page, /./)).toHaveText([/did not answer/]);
});

test("in a dialog, too, Escape dismisses what the keyboard is on, and closes the dialog only after", async () => {
  const { page } = harness;
  await harness.show("normal", "/overview");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.waitFor();
  await say(page, NO_ANSWER);
  await page.keyboard.press("F8");
  await expect(notification(page, "did not answer")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(notification(page, /./)).toHaveCount(0);
  await expect(sheet).toBeVisible();
  await say(page, WRITTEN);
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  // It goes on in the sidebar, with what is left of its time.
  await expect(notification(page, "Report written.")).toBeVisible();
});

test("a screen reader is told of each once, politely, and not again when it moves out of a dialog", async () => {
  const { page } = harness;
  await harness.show("normal", "/overview");
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    const region = [...document.querySelectorAll("[role=status][aria-live=polite]")].find(
      (element) => element.textContent === "" && element.getAttribute("aria-atomic") === "false",
    );
    if (!region) throw new Error("nothing tells of toasts");
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) told.push(node.textContent ?? "");
    }).observe(region, { childList: true });
  });
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
  await say(page, NO_ANSWER);
  await say(page, { tone: "ok", message: "Saved." });
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await say(page, { tone: "ok", message: "Copied." });
  await expect(page.getByRole("dialog").getByText("Copied.")).toBeVisible();
  const isHidden = await page.evaluate(
    () => document.querySelector("[role=status][aria-atomic=false]")?.closest("[aria-hidden=true]") !== null,
  );
  await page.keyboard.press("Escape");
  await expect(notification(page, /./)).toHaveCount(3);
  expect({ told: await told(), isHidden }).toEqual({
    told: [
      `Notification: ${NO_ANSWER.message} ${NO_ANSWER.hint}`,
      "Notification: Saved. ",
      "Notification: Copied. ",
    ],
    isHidden: false,
  });
});
