import { expect, test } from "@playwright/test";
import { setStage } from "#test/support/e2e/set-stage.ts";
import { navigation } from "#test/support/e2e/steps.ts";

const WITHIN_MS = 30_000;
const CHANNELS = ["acme", "globex", "hooli", "initech", "stark", "umbrella", "wayne", "wonka"];
const stage = setStage({
  world: {
    people: [
      { id: "me", name: "Me Myself", role: "BD", tokenOwner: true },
      { id: "cat", name: "Cat Example", role: "BD" },
      { id: "olga", name: "Olga Owner", role: "BD" },
    ],
    channels: CHANNELS.map((name) => ({ name: `bitsafe-${name}`, members: ["me", "cat", "olga"] })),
  },
  signedInTo: "slack",
});

/** In how many of the channels somebody is, in truth. */
async function countChannelsOf(personId: string): Promise<number> {
  const { groups, people } = await stage.sandbox.truth();
  const userId = people.find(({ id }) => id === personId)?.slackUserId ?? "nobody";
  return groups.filter(({ name, memberIds }) => name.startsWith("bitsafe-") && memberIds.includes(userId))
    .length;
}

test("a removal whose process is killed between the act and its answer goes on at the next start, and is proven", async () => {
  test.setTimeout(120_000);
  let { muster } = stage;
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
  await stage.sandbox.fault({ method: "conversations.kick", kind: "stall-after", after: 2, times: null });
  await page.keyboard.press("Enter");
  await expect.poll(() => countChannelsOf("cat")).toBeLessThanOrEqual(5);
  await muster.kill();
  expect(await countChannelsOf("cat")).toBeGreaterThan(0);
  await stage.sandbox.clearFaults();

  muster = await stage.reopen();
  ({ page } = muster);
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
