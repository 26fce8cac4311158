import { expect, test } from "vitest";
import { findOperation } from "#main/store/queries/operations.ts";
import type { FindStep } from "#shared/contract/membership.ts";
import { PersonId } from "#shared/domain/ids.ts";
import { OperationRequest, type OperationId } from "#shared/domain/operation.ts";
import { createHastyClock } from "#test/support/membership-lab.ts";
import { openTestPlanningLab } from "#test/support/open-planning-lab.ts";
import type { PlanningLab } from "#test/support/planning-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { bothTeamsOf, connectTelegram } from "#test/support/sandbox-telegram-audit.ts";
import { meetEverybody } from "./engine-telegram.ts";
import { knowWorld, startEngineSandbox } from "./engine-world.ts";

async function openWorld() {
  const sandbox = await startEngineSandbox();
  const telegram = await connectTelegram(sandbox.ready, { windowScale: 0, longestWaitMs: 0 });
  await meetEverybody(telegram.session);
  const lab = await openTestPlanningLab({
    connections: [connectionTo(sandbox, { limitWindowMs: 1, deadlineMs: 1_000 }), telegram],
    teamAndRules: bothTeamsOf(sandbox),
    clock: createHastyClock(),
  });
  const world = knowWorld(() => sandbox.control.truth());
  const everywhere = () =>
    sandbox.control
      .truth()
      .groups.filter(({ name }) => name !== "general")
      .map(({ name }) => name.split(" ")[0] ?? name)
      .map((name) => {
        const platform = name.startsWith("bitsafe") ? "slack" : "telegram";
        return `${name}: ${world.members(platform, name).join(" ")}`;
      })
      .toSorted();
  return {
    lab,
    world,
    everywhere,
    async close() {
      await telegram.session.close();
      await sandbox.close();
    },
  };
}

/** Confirms what was planned and waits for its end. */
async function carryOut(lab: PlanningLab, operationId: OperationId): Promise<string> {
  const planned = await lab.membership.get({ operationId });
  if (!planned.ok) throw new Error(planned.error.code);
  const confirmed = await lab.membership.confirm({ operationId, typed: planned.value.typedConfirmation });
  if (!confirmed.ok) throw new Error(confirmed.error.code);
  const row = await findOperation(lab.store.read, operationId);
  if (!row?.runJobId) throw new Error("it was not started");
  await lab.jobs.settled(row.runJobId);
  const ended = await lab.membership.get({ operationId });
  return ended.ok ? ended.value.state : ended.error.code;
}

test("what a plan for one person shows is carried out everywhere, and undone again", async () => {
  const { lab, everywhere, close } = await openWorld();
  await lab.audit();
  const before = everywhere();
  const planned = await lab.plan(
    OperationRequest.parse({
      kind: "add",
      platforms: ["slack", "telegram"],
      targets: {
        by: "gap",
        people: { by: "person", personIds: ["ann"] },
        groups: { by: "all" },
        optional: false,
      },
    }),
  );
  const isDone = await carryOut(lab, planned.id);
  const after = everywhere();
  const undo = await lab.plan({ kind: "undo", operationId: planned.id });
  const isUndone = await carryOut(lab, undo.id);
  expect({ problems: planned.problems, isDone, after, isUndone, end: everywhere() }).toEqual({
    problems: [],
    isDone: "done",
    after: [
      "Acme: ann cat me",
      "Everybody: ann bob cat me shy",
      "Globex: ann cat me",
      "Initech: ann me",
      "Umbrella: ann cat me shy",
      "bitsafe-acme: ann cat me",
      "bitsafe-globex: ann cat me",
      "bitsafe-initech: ann me",
      "bitsafe-old: me",
    ],
    isUndone: "done",
    end: before,
  });
  await close();
});

test("somebody is found exactly where the sandbox has them", async () => {
  const { lab, close } = await openWorld();
  const found = await lab.membership.find(
    { personId: PersonId.parse("cat"), platforms: ["slack", "telegram"] },
    new AbortController().signal,
  );
  if (!found.ok) throw new Error(found.error.code);
  let last: FindStep | null = null;
  for await (const step of found.value) last = step;
  expect({
    groups: last?.groups?.map(({ groupName, presence, ownRight, isGeneral }) =>
      [groupName, presence, ownRight, ...(isGeneral ? ["(nobody leaves it)"] : [])].join(" "),
    ),
    problems: last?.problems,
  }).toEqual({
    groups: [
      "Acme <> BitSafe present owner",
      "bitsafe-acme present owner",
      "bitsafe-globex present owner",
      "Everybody <> BitSafe present owner",
      "general present owner (nobody leaves it)",
      "Globex <> BitSafe present owner",
      "Umbrella <> BitSafe present owner",
    ],
    problems: [],
  });
  await close();
});
