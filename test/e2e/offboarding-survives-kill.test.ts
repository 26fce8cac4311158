import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { makeConnectedHome } from "#test/support/e2e/connected-home.ts";
import { type Console, type Home, openConsole } from "#test/support/e2e/console.ts";
import { makeFolder } from "#test/support/e2e/places.ts";
import { type SandboxProcess, startSandboxProcess } from "#test/support/e2e/sandbox-process.ts";
import { navigation, untilConnected } from "#test/support/e2e/steps.ts";

test.describe.configure({ mode: "serial" });

const WITHIN_MS = 30_000;
const CHANNELS = ["acme", "globex", "hooli", "initech", "stark", "umbrella", "wayne", "wonka"];
const worldFolder = makeFolder();
let sandbox: SandboxProcess;
let home: Home;
let muster: Console;

test.beforeAll(async () => {
  test.setTimeout(60_000);
  const world = join(worldFolder.path, "world.json");
  const people = [
    { id: "me", name: "Me Myself", role: "BD", tokenOwner: true },
    { id: "cat", name: "Cat Example", role: "BD" },
    { id: "olga", name: "Olga Owner", role: "BD" },
  ];
  const channels = CHANNELS.map((name) => ({ name: `bitsafe-${name}`, members: ["me", "cat", "olga"] }));
  writeFileSync(world, JSON.stringify({ version: 1, people, channels }));
  sandbox = await startSandboxProcess({ world });
  home = await makeConnectedHome(sandbox);
  muster = await openConsole(home);
  await untilConnected(muster.page);
});
test.afterAll(async () => {
  await muster?.quit();
  await sandbox?.end();
  home?.remove();
  worldFolder.remove();
});

/** In how many of the channels somebody is, in truth. */
async function countChannelsOf(personId: string): Promise<number> {
  const { groups, people } = await sandbox.truth();
  const userId = people.find(({ id }) => id === personId)?.slackUserId ?? "nobody";
  return groups.filter(({ name, memberIds }) => name.startsWith("bitsafe-") && memberIds.includes(userId))
    .length;
}

test("a removal whose process is killed between the act and its answer goes on at the next start, and is proven", async () => {
  test.setTimeout(120_000);
  let { page } = muster;
  await navigation(page).getByRole("link", { name: "Offboarding", exact: true }).click();
  await page.getByRole("button", { name: "Offboard somebody…" }).click();
  await page.getByRole("combobox", { name: "Team member" }).fill("Cat Example");
  await page.getByRole("option", { name: "Cat Example", exact: true }).click();
  await page.getByRole("button", { name: "Start the offboarding" }).click();
  await page.getByRole("button", { name: "Find everywhere" }).click();
  await page.getByRole("button", { name: "Remove from 8 groups…" }).click({ timeout: WITHIN_MS });
  await page.getByRole("button", { name: "Make 8 removals…" }).click({ timeout: WITHIN_MS });
  await page.getByRole("alertdialog").getByRole("textbox", { name: /^Type/ }).fill("remove 8");
  // Two are answered; of the others nobody answers, though they are carried out.
  await sandbox.fault({ method: "conversations.kick", kind: "stall-after", after: 2, times: null });
  await page.keyboard.press("Enter");
  await expect.poll(() => countChannelsOf("cat")).toBeLessThanOrEqual(5);
  await muster.kill();
  expect(await countChannelsOf("cat")).toBeGreaterThan(0);
  await sandbox.clearFaults();

  muster = await openConsole(home);
  ({ page } = muster);
  await untilConnected(page);
  await expect.poll(() => countChannelsOf("cat"), { timeout: WITHIN_MS }).toBe(0);
  await navigation(page).getByRole("link", { name: "Offboarding", exact: true }).click();
  await page.getByRole("link", { name: "Cat Example" }).click();
  await expect(page.getByText("An operation ended since the last look.")).toBeVisible({ timeout: WITHIN_MS });
  await page.getByRole("tab", { name: "History" }).click();
  await expect(page.getByRole("list", { name: "Operations" }).getByRole("listitem")).toHaveText([
    "Remove Cat Example from 8 groupsDone",
  ]);
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByRole("button", { name: "Close…" })).toBeVisible({ timeout: WITHIN_MS });
  expect(await Promise.all(["cat", "me", "olga"].map(countChannelsOf))).toEqual([0, 8, 8]);
  expect(muster.complaints).toEqual([]);
});
