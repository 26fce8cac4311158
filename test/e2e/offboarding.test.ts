import { createHash, verify } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { Locator, Page } from "playwright";
import { findCutOffAtTwice, look } from "#test/support/e2e/look.ts";
import { makeFolder } from "#test/support/e2e/places.ts";
import { setStage } from "#test/support/e2e/set-stage.ts";
import { answerOpenDialog, navigation, notification, showScreen } from "#test/support/e2e/steps.ts";

const WITHIN_MS = 30_000;
const RUNS_WITHIN_MS = 90_000;

/** Cat leaves: channels and groups of ours, one of Olga's where we may nothing, and the channel that nobody can leave. */
const WORLD = {
  version: 1,
  people: [
    { id: "me", name: "Me Myself", role: "BD", tokenOwner: true },
    { id: "cat", name: "Cat Example", role: "BD" },
    { id: "olga", name: "Olga Owner", role: "BD" },
  ],
  channels: [
    { name: "general", general: true, members: "*" },
    { name: "bitsafe-acme", members: ["me", "cat"] },
    { name: "bitsafe-globex", private: true, members: ["me", "cat"] },
    { name: "bitsafe-initech", members: ["me"] },
  ],
  telegramGroups: [
    group("Ours", "me", ["me", "cat", "olga"]),
    group("Umbrella", "olga", ["me", "cat", "olga"], { admins: [{ person: "me" }] }),
    group("Stark", "olga", ["me", "cat", "olga"]),
    group("Without", "me", ["me", "olga"]),
  ],
};

function group(title: string, owner: string, members: readonly string[], rest: object = {}) {
  return { title: `${title} <> BitSafe`, kind: "supergroup", members, owner, ...rest };
}
const stage = setStage({ world: WORLD, signedInTo: "both", usernames: ["cat", "olga"] });

/** Names of the groups that somebody is in, in truth. */
async function groupsOf(personId: string): Promise<string[]> {
  const { groups, people } = await stage.sandbox.truth();
  const person = people.find(({ id }) => id === personId);
  if (!person) throw new Error(`the world has no ${personId}`);
  const ids = { slack: person.slackUserId, telegram: String(person.telegramUserId) };
  return groups
    .filter(({ platform, memberIds }) => memberIds.includes(ids[platform]))
    .map(({ name }) => name)
    .toSorted();
}

const groups = (page: Page): Locator => page.getByRole("table", { name: "Groups" });

/** `group: state` of every line, in the order of the names. */
async function tasks(page: Page): Promise<string[]> {
  const rows = await groups(page)
    .getByRole("row")
    .filter({ has: page.getByRole("link") })
    .all();
  const lines = await Promise.all(
    rows.map(async (row) => {
      const cells = await row.getByRole("cell").allTextContents();
      return `${cells[0]}: ${cells[2]}`;
    }),
  );
  return lines.toSorted();
}

async function showOffboarding(page: Page): Promise<void> {
  await navigation(page).getByRole("link", { name: "Offboarding", exact: true }).click();
  await page.getByRole("link", { name: "Cat Example" }).click();
  await page.getByRole("heading", { level: 1, name: "Cat Example" }).waitFor();
}

async function check(page: Page, button: "Find everywhere" | "Check again"): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await expect(page.getByText("Asking the platforms")).toHaveCount(0, { timeout: WITHIN_MS });
}

async function decideToKeep(page: Page, name: string, why: string): Promise<void> {
  await page.getByRole("button", { name: `Decide about ${name}` }).click();
  await page.getByRole("menuitem", { name: "Keep them in it…" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question.getByRole("button", { name: "Keep" })).toBeDisabled();
  await question.getByRole("textbox", { name: "Note" }).fill(why);
  await look(page, "offboarding-keep");
  await question.getByRole("button", { name: "Keep" }).click();
  await question.waitFor({ state: "hidden" });
}

test("an offboarding is started on the person's page, and finds them on both platforms", async () => {
  test.slow();
  const { page } = stage.muster;
  await showScreen(page, "Runs");
  await page.getByRole("main").getByRole("button", { name: "Start audit" }).first().click();
  const plan = page.getByRole("dialog", { name: "Start an audit" });
  await expect(plan.getByRole("listitem").getByRole("checkbox")).toHaveCount(2);
  await plan.getByRole("button", { name: "Start audit" }).click();
  const runs = page.getByRole("table", { name: "Runs" });
  await expect(runs.getByRole("row", { name: /Completed|Partial/ })).toHaveCount(1, { timeout: 40_000 });
  await showScreen(page, "Coverage");
  await page
    .getByRole("columnheader")
    .getByRole("link", { name: /Cat Example/ })
    .click();
  await page.getByRole("button", { name: "Offboard…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Cat Example" })).toBeVisible();
  await look(page, "offboarding-started");
  await check(page, "Find everywhere");
  await expect(groups(page)).toBeVisible();
  await look(page, "offboarding-found");
  expect(await tasks(page)).toEqual([
    "Ours <> BitSafe: We may remove",
    "Stark <> BitSafe: Somebody to ask",
    "Umbrella <> BitSafe: We may remove",
    "bitsafe-acme: We may remove",
    "bitsafe-globex: We may remove",
    "general: Kept",
  ]);
  expect(await findCutOffAtTwice(stage.muster, "offboarding-zoom")).toEqual([]);
});

test("nothing is removed before the plan's confirmation was typed, and then nothing but what it names", async () => {
  test.slow();
  const { page } = stage.muster;
  const before = await groupsOf("cat");
  const others = await Promise.all(["me", "olga"].map(groupsOf));
  await page.getByRole("button", { name: "Remove from 4 groups…" }).click();
  await expect(page.getByText("Ready to look at", { exact: true })).toBeVisible({ timeout: WITHIN_MS });
  await look(page, "offboarding-plan");
  await page.getByRole("button", { name: /^Make \d removals…$/ }).click();
  const question = page.getByRole("alertdialog");
  await expect(question.getByRole("button", { name: /^Make \d removals$/ })).toBeDisabled();
  const [, wanted = ""] = /“(.+)”/.exec((await question.textContent()) ?? "") ?? [];
  expect(await groupsOf("cat")).toEqual(before);
  await question.getByRole("textbox", { name: /^Type/ }).fill(wanted);
  await look(page, "offboarding-typed");
  await page.keyboard.press("Enter");
  const heading = page.getByRole("heading", { level: 1 }).locator("..");
  await expect(heading.getByText(/^(Done|Partly done)$/)).toBeVisible({ timeout: RUNS_WITHIN_MS });
  await look(page, "offboarding-removed");
  expect(await groupsOf("cat")).toEqual(["Stark <> BitSafe", "general"]);
  expect(await Promise.all(["me", "olga"].map(groupsOf))).toEqual(others);
});

test("the message to who can do the rest is written, copied as it stands, and marked so", async () => {
  const { page, application } = stage.muster;
  await showOffboarding(page);
  const outdated = page.getByText("Check again to see what is left.");
  await expect(outdated).toBeVisible();
  await look(page, "offboarding-after-run");
  await check(page, "Check again");
  await expect(outdated).toHaveCount(0);
  await page.getByRole("tab", { name: /^Requests/ }).click();
  await look(page, "offboarding-nobody-asked");
  await page.getByRole("button", { name: /^Ask to remove \(\d\)…$/ }).click();
  await look(page, "offboarding-template");
  await page.getByRole("dialog").getByRole("button", { name: "Find whom to ask" }).click();
  const request = page.getByRole("table", { name: "Requests" }).getByRole("row", { name: /^Stark/ });
  await expect(request).toContainText("Olga Owner", { timeout: WITHIN_MS });
  await look(page, "offboarding-requests");
  expect(await findCutOffAtTwice(stage.muster, "offboarding-requests-zoom")).toEqual([]);
  await request.getByRole("button", { name: "Stark <> BitSafe" }).click();
  const dialog = page.getByRole("dialog", { name: "Stark <> BitSafe" });
  const text = await dialog.getByRole("textbox", { name: "Message" }).inputValue();
  await look(page, "offboarding-message");
  await dialog.getByRole("button", { name: "Copy the message" }).click();
  await expect(request).toContainText("Copied");
  expect({
    copied: await application.evaluate(({ clipboard }) => clipboard.readText()),
    namesThem: text.includes("Cat Example") && text.includes("Stark <> BitSafe"),
  }).toEqual({ copied: text, namesThem: true });
});

test("it is closed once the platforms say that they are gone, or the operator said why they stay", async () => {
  const { page } = stage.muster;
  await page.getByRole("tab", { name: /^Groups/ }).click();
  await decideToKeep(page, "Stark <> BitSafe", "She advises them until the end of the month.");
  await expect(page.getByRole("button", { name: "Close…" })).toBeVisible();
  const stark = (await stage.sandbox.truth()).groups.find(({ name }) => name.startsWith("Stark"));
  await stage.sandbox.changeTelegram({
    kind: "remove-member",
    group: stark?.id ?? "",
    user: "cat",
    by: "olga",
  });
  await check(page, "Check again");
  await look(page, "offboarding-proven");
  expect(await tasks(page)).toEqual([
    "Ours <> BitSafe: Gone",
    "Stark <> BitSafe: Gone",
    "Umbrella <> BitSafe: Gone",
    "bitsafe-acme: Gone",
    "bitsafe-globex: Gone",
    "general: Kept",
  ]);
  await page.getByRole("button", { name: "Close…" }).click();
  const question = page.getByRole("alertdialog", { name: "Close the offboarding of Cat Example?" });
  await question.getByRole("checkbox", { name: "Mark Cat Example as inactive on the team" }).check();
  await look(page, "offboarding-close");
  await question.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByRole("button", { name: "Open again" })).toBeVisible();
  await expect(notification(page, "Cat Example is inactive on the team now.")).toBeVisible();
  await page.getByRole("tab", { name: "History" }).click();
  await look(page, "offboarding-history");
  expect(await findCutOffAtTwice(stage.muster, "offboarding-history-zoom")).toEqual([]);
});

test("the evidence is written where the operator says, signed, and tells what was done", async () => {
  const { page, application } = stage.muster;
  const folder = makeFolder();
  await answerOpenDialog(application, folder.path);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Write the evidence…" }).click();
  await expect(notification(page, "Evidence written and signed.")).toBeVisible();
  await look(page, "offboarding-evidence");
  const [pack = ""] = readdirSync(folder.path);
  const read = (name: string) => readFileSync(join(folder.path, pack, name));
  const record = JSON.parse(read("offboarding.json").toString()) as {
    offboarding: { state: string; personName: string };
    tasks: { groupName: string; state: string }[];
    files: Record<string, string>;
  };
  const signature = Buffer.from(read("offboarding.json.sig").toString(), "base64");
  const sums = Object.keys(record.files).map((name) => [
    name,
    createHash("sha256").update(read(name)).digest("hex"),
  ]);
  expect({
    files: readdirSync(join(folder.path, pack)).toSorted(),
    isSigned: verify(null, read("offboarding.json"), read("operator-key.pem").toString(), signature),
    isWorkbook: read("offboarding.xlsx").toString("latin1").startsWith("PK"),
    of: [record.offboarding.personName, record.offboarding.state],
    gone: record.tasks.filter(({ state }) => state === "gone").length,
    sums: Object.fromEntries(sums) as unknown,
  }).toEqual({
    files: [
      "VERIFY.txt",
      "activity-log.jsonl",
      "offboarding.json",
      "offboarding.json.sig",
      "offboarding.xlsx",
      "operator-key.pem",
    ],
    isSigned: true,
    isWorkbook: true,
    of: ["Cat Example", "done"],
    gone: 5,
    sums: record.files,
  });
  folder.remove();
});

test("the list has who left, and whom was asked", async () => {
  const { page } = stage.muster;
  await page.getByRole("link", { name: "All offboardings" }).click();
  const row = page.getByRole("table", { name: "Offboardings" }).getByRole("row", { name: /^Cat Example/ });
  await expect(row).toContainText("Done");
  await look(page, "offboarding-list");
  await page.getByRole("tab", { name: /^Requests/ }).click();
  await look(page, "offboarding-all-requests");
  expect(await findCutOffAtTwice(stage.muster, "offboarding-all-requests-zoom")).toEqual([]);
});

test("the page complained about nothing on the way", () => {
  expect(stage.muster.complaints).toEqual([]);
});
