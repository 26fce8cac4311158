import { isDeepStrictEqual } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import type { Connection } from "#shared/domain/connection.ts";
import { DEFAULT_CHANGE_BUDGETS } from "#shared/domain/operation.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { LabConnection } from "#test/support/coverage-lab.ts";
import { draftStep, openMembershipLab } from "#test/support/membership-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { connectTelegram } from "#test/support/sandbox-telegram-audit.ts";
import { meetEverybody } from "./engine-telegram.ts";
import { knowWorld, startEngineSandbox } from "./engine-world.ts";

test("a connection that needs the operator does not hold the other one up, and goes on beside it once they have acted", async () => {
  const sandbox = await startEngineSandbox();
  const world = knowWorld(() => sandbox.control.truth());
  const telegram = await connectTelegram(sandbox.ready);
  await meetEverybody(telegram.session);
  const slack = connectionTo(sandbox, { limitWindowMs: 1 });
  let checkedAtMs: number | null = null;
  const signedIn: LabConnection = {
    ...slack,
    get connection(): Connection {
      return { ...slack.connection, checkedAtMs };
    },
  };
  const lab = await openMembershipLab({ connections: [signedIn, telegram], clock: systemClock });
  onTestFinished(async () => {
    await lab.stop();
    await lab.store.close();
    await telegram.session.close();
    await sandbox.close();
  });
  // Slack lacks a permission; Telegram has an hour to wait before its second change.
  sandbox.control.changeToken({ label: "full", remove: ["channels:write"] });
  await lab.operations.saveSettings({
    budgets: { ...DEFAULT_CHANGE_BUDGETS, invitesAnHour: 1 },
    approvalAbove: null,
    approvers: [],
  });
  const slackStep = draftStep(slack.connection, {
    action: "remove",
    groupId: world.groupId("slack", "bitsafe-acme"),
    userId: world.slackUser("cat"),
  });
  const telegramSteps = ["Acme", "Initech"].map((group) =>
    draftStep(telegram.connection, {
      action: "add",
      groupId: world.groupId("telegram", group),
      groupKind: "supergroup",
      userId: world.telegramUser("ann"),
    }),
  );
  const id = await lab.plan("op", "add", [slackStep, ...telegramSteps]);
  await lab.confirm(id);
  const until = async (state: string, outcomes: readonly string[]) => {
    for (;;) {
      const now = [await lab.state(id), await lab.outcomes(id)];
      if (isDeepStrictEqual(now, [state, outcomes])) return;
      await systemClock.sleep(20);
    }
  };
  await until("waiting slack/missing-scope", ["0 remove planned", "1 add done", "2 add planned"]);
  sandbox.control.changeToken({ label: "full", add: ["channels:write"] });
  checkedAtMs = 1;
  await until("waiting", ["0 remove done", "1 add done", "2 add planned"]);
  const members = world.members("slack", "bitsafe-acme");
  await lab.operations.cancel({ operationId: id });

  expect([members, await lab.state(id), await lab.outcomes(id)]).toEqual([
    ["me"],
    "cancelled",
    ["0 remove done", "1 add done", "2 add skipped"],
  ]);
}, 60_000);
