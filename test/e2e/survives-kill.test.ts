import { expect, test } from "@playwright/test";
import { makeConnectedHome } from "#test/support/e2e/connected-home.ts";
import { type Console, type Home, openConsole } from "#test/support/e2e/console.ts";
import { customerGroupIds, readReport, saidBy, trueOf } from "#test/support/e2e/report-file.ts";
import { type SandboxProcess, startSandboxProcess } from "#test/support/e2e/sandbox-process.ts";
import {
  answerSaveDialog,
  auditStrip,
  exportFromCoverage,
  showScreen,
  startAudit,
  untilAudited,
} from "#test/support/e2e/steps.ts";

test.describe.configure({ mode: "serial" });
let sandbox: SandboxProcess;
let home: Home;
let muster: Console;

test.beforeAll(async () => {
  sandbox = await startSandboxProcess();
  home = await makeConnectedHome(sandbox);
  muster = await openConsole(home);
});
test.afterAll(async () => {
  await muster?.quit();
  await sandbox?.end();
  home?.remove();
});

test("an audit whose process is killed goes on at the next start, and ends with what is true", async () => {
  await sandbox.fault({ method: "conversations.members", kind: "slow", after: 20, delayMs: 20_000 });
  await showScreen(muster.page, "Runs");
  await startAudit(muster.page, "By group");
  await expect(auditStrip(muster.page)).toContainText(/[1-9]\d* of \d+/);
  await muster.kill();
  await sandbox.clearFaults();

  muster = await openConsole(home);
  await untilAudited(muster.page, 1);
  await expect(muster.page.getByRole("table", { name: "Runs" }).getByRole("row")).toHaveCount(2);
  await showScreen(muster.page, "Coverage");
  const file = await answerSaveDialog(muster.application, home.temporary, "report.json");
  await exportFromCoverage(muster.page, "JSON");
  const report = readReport(file);
  const truth = await sandbox.truth();
  const said = saidBy(report);
  expect(report.groups.map(({ groupId }) => groupId).sort()).toEqual(customerGroupIds(truth));
  expect(said).toEqual(trueOf(truth, Object.keys(said)));
});
