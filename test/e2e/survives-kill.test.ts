import { expect, test } from "@playwright/test";
import { customerGroupIds, readReport, saidBy, trueOf } from "#test/support/e2e/report-file.ts";
import { setStage } from "#test/support/e2e/set-stage.ts";
import {
  answerSaveDialog,
  auditStrip,
  exportFromCoverage,
  showScreen,
  startAudit,
  untilAudited,
} from "#test/support/e2e/steps.ts";

const stage = setStage({ world: "reference", signedInTo: "slack" });

test("an audit whose process is killed goes on at the next start, and ends with what is true", async () => {
  let { muster } = stage;
  await stage.sandbox.fault({ method: "conversations.members", kind: "slow", after: 20, delayMs: 20_000 });
  await showScreen(muster.page, "Runs");
  await startAudit(muster.page, "By group");
  await expect(auditStrip(muster.page)).toContainText(/[1-9]\d* of \d+/);
  await muster.kill();
  await stage.sandbox.clearFaults();

  muster = await stage.reopen();
  await untilAudited(muster.page, 1);
  await expect(muster.page.getByRole("table", { name: "Runs" }).getByRole("row")).toHaveCount(2);
  await showScreen(muster.page, "Coverage");
  const file = await answerSaveDialog(muster.application, stage.home.temporary, "report.json");
  await exportFromCoverage(muster.page, "JSON");
  const report = readReport(file);
  const truth = await stage.sandbox.truth();
  const said = saidBy(report);
  expect(report.groups.map(({ groupId }) => groupId).sort()).toEqual(customerGroupIds(truth));
  expect(said).toEqual(trueOf(truth, Object.keys(said)));
});
