import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Truth } from "#sandbox/world/truth.ts";
import { expect, test } from "@playwright/test";
import { muster as commandLine } from "#test/support/e2e/command-line.ts";
import { type Console, type Home, makeHome, openConsole } from "#test/support/e2e/console.ts";
import { look } from "#test/support/e2e/look.ts";
import { customerGroupIds, readReport, saidBy, trueOf } from "#test/support/e2e/report-file.ts";
import { type SandboxProcess, startSandboxProcess } from "#test/support/e2e/sandbox-process.ts";
import {
  answerSaveDialog,
  auditStrip,
  exportFromCoverage,
  showScreen,
  untilConnected,
} from "#test/support/e2e/steps.ts";
import { cards } from "#test/support/e2e/telegram-steps.ts";

test.describe.configure({ mode: "serial" });
let worlds: SandboxProcess[] = [];
let home: Home;
let muster: Console;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  worlds = [
    await startSandboxProcess({ world: "small", seed: 1 }),
    await startSandboxProcess({ world: "small", seed: 2 }),
  ];
  home = makeHome();
  for (const { ready } of worlds) await addSlack(ready.slack);
  // Two accounts of one Telegram: its owner has a cloud password, a colleague has none.
  const [first] = worlds as [SandboxProcess];
  const [owner, ...others] = first.ready.telegram.accounts;
  for (const account of [owner, others.find(({ password }) => password === null)])
    await addTelegram(first, account);
  const rules = join(home.temporary, "rules.json");
  writeFileSync(rules, first.rules());
  await run(["team", "import", rules]);
  muster = await openConsole(home);
});
test.afterAll(async () => {
  await muster?.quit();
  for (const world of worlds) await world.end();
  home?.remove();
});

async function run(words: readonly string[], input = ""): Promise<void> {
  const { exitCode } = await commandLine(home.profile, words, input);
  if (exitCode !== 0) throw new Error(`muster ${words.join(" ")} ended with ${exitCode}`);
}

function addSlack({ apiUrl, tokens }: SandboxProcess["ready"]["slack"]): Promise<void> {
  return run(["connections", "add", "slack", "--token-stdin", "--api-url", apiUrl], tokens.full);
}

function addTelegram(
  { ready }: SandboxProcess,
  account: SandboxProcess["ready"]["telegram"]["accounts"][number] | undefined,
): Promise<void> {
  if (!account) throw new Error("the world has no such account");
  const { apiId, apiHash, dc, publicKeyPem } = ready.telegram;
  const pem = join(home.temporary, "server.pem");
  writeFileSync(pem, publicKeyPem);
  const app = ["--api-id", String(apiId), "--api-hash-stdin", "--phone", account.phone];
  const server = ["--dc", `${dc.host}:${dc.port}`, "--public-key", pem];
  const answers = [apiHash, account.code, account.password ?? ""].join("\n");
  return run(["connections", "add", "telegram", ...app, ...server], `${answers}\n`);
}

test("two workspaces and two Telegram accounts stand side by side, each with its own name and address", async () => {
  const { page } = muster;
  await untilConnected(page);
  await showScreen(page, "Connections");
  await expect(cards(page)).toHaveCount(4);
  await expect(cards(page).filter({ hasText: "Ready" })).toHaveCount(4);
  await expect(cards(page).filter({ hasText: "Slack, signed in as" })).toHaveCount(2);
  await expect(cards(page).filter({ hasText: "Telegram, signed in as" })).toHaveCount(2);
  await look(page, "connections-side-by-side");
});

test("one audit reads all four, every group once, and says what is true of each", async () => {
  test.setTimeout(120_000);
  const { page } = muster;
  await showScreen(page, "Runs");
  await page.getByRole("main").getByRole("button", { name: "Start audit" }).first().click();
  const plan = page.getByRole("dialog", { name: "Start an audit" });
  await expect(plan.getByRole("listitem").getByRole("checkbox")).toHaveCount(4);
  await expect(plan.getByRole("status", { name: /^Foreseeing/ })).toHaveCount(0);
  await look(page, "plan-side-by-side");
  await plan.getByRole("button", { name: "Start audit" }).click();
  const ended = page.getByRole("table", { name: "Runs" }).getByRole("row", { name: /Completed|Partial/ });
  await expect(ended).toHaveCount(1, { timeout: 90_000 });
  await expect(auditStrip(page)).toHaveCount(0);
  await showScreen(page, "Coverage");
  const file = await answerSaveDialog(muster.application, home.temporary, "report.json");
  await exportFromCoverage(page, "JSON");

  const report = readReport(file);
  const [first, second] = (await Promise.all(worlds.map((world) => world.truth()))) as [Truth, Truth];
  const said = saidBy(report);
  const cellsIn = (ids: readonly string[]) =>
    Object.fromEntries(Object.entries(said).filter(([cell]) => ids.includes(cell.split(" ")[0] ?? "")));
  const idsOf = (platform: string) =>
    report.groups.filter((group) => group.platform === platform).map(({ groupId }) => groupId);
  const inFirst = cellsIn(customerGroupIds(first));
  const onTelegram = Object.entries(cellsIn(idsOf("telegram"))).filter(
    ([, presence]) => presence === "present" || presence === "absent",
  );
  expect({
    slackGroups: idsOf("slack").toSorted(),
    twice: Object.entries(said).filter(([, presence]) => presence === "told twice"),
    inFirst,
    // Nobody of this team is known in the other workspace, so nothing may be claimed there.
    claimedInSecond: Object.values(cellsIn(customerGroupIds(second))).filter((is) => is !== "unknown"),
    hasTelegram: onTelegram.length > 20,
    wrongOnTelegram: onTelegram.filter(([cell, is]) => is !== trueOnTelegram(first, cell)),
  }).toEqual({
    slackGroups: [...customerGroupIds(first), ...customerGroupIds(second)].toSorted(),
    twice: [],
    inFirst: trueOf(first, Object.keys(inFirst)),
    claimedInSecond: [],
    hasTelegram: true,
    wrongOnTelegram: [],
  });
});

function trueOnTelegram(truth: Truth, cell: string): string {
  const [groupId = "", personId = ""] = cell.split(" ");
  const account = truth.people.find(({ id }) => id === personId)?.telegramUserId;
  const group = truth.groups.find(({ id }) => id === groupId);
  return group?.memberIds.map(String).includes(String(account)) ? "present" : "absent";
}
