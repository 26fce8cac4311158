import { expect, onTestFinished, test } from "vitest";
import { createOperationEvents } from "#main/features/membership/operations/operation-events.ts";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import { failure } from "#shared/domain/failure.ts";
import { DEFAULT_TELLING, type TellingSettings } from "#shared/domain/telling.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { openInsightsLab } from "#test/support/insights-lab.ts";
import { draftStep, openMembershipLab } from "#test/support/membership-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { knowWorld, startEngineSandbox } from "../membership/engine-world.ts";
import { createWorld, type InsightsWorld, TEAM } from "./world.ts";

/** Real operations on the sandbox, told of by real insights over one profile; messages go to a workspace that keeps them. */
async function openWorld() {
  const sandbox = await startEngineSandbox();
  const store = await openTemporaryStore({ clock: systemClock });
  const connection = connectionTo(sandbox, { limitWindowMs: 1, deadlineMs: 1_000 });
  const own = await openMembershipLab({ connections: [connection], store, clock: systemClock });
  const office = createWorld();
  const open = async () => openTelling(store, own, office);
  onTestFinished(async () => {
    await own.stop();
    await store.close();
    await sandbox.close();
  });
  const world = knowWorld(() => sandbox.control.truth());
  const step = (group: string, person: string): DraftStep =>
    draftStep(connection.connection, {
      action: "add",
      groupId: world.groupId("slack", group),
      userId: world.slackUser(person),
    });
  return { own, office, open, step, sandbox };
}

async function openTelling(
  store: Awaited<ReturnType<typeof openTemporaryStore>>,
  own: Awaited<ReturnType<typeof openMembershipLab>>,
  office: InsightsWorld,
) {
  const lab = await openInsightsLab({
    connections: [office.connection],
    teamAndRules: () => TEAM,
    clock: systemClock,
    store,
    operations: createOperationEvents({ read: store.read, jobs: own.jobs }),
    notify: null,
  });
  return lab;
}

function toSlack(office: InsightsWorld, change: Partial<TellingSettings> = {}): TellingSettings {
  const { id: connectionId } = office.connection.connection;
  return {
    ...DEFAULT_TELLING,
    system: { enabled: false },
    slack: { enabled: true, connectionId, target: "C1" },
    ...change,
  };
}

const SOON = () => AbortSignal.timeout(5_000);

test("an operation's end is told once, by whichever process looks first, and a pause and the end after it each once", async () => {
  const { own, office, open, step } = await openWorld();
  const first = await open();
  await first.insights.saveTelling({ settings: toSlack(office) });
  const done = await own.plan("operation-done", "add", [
    step("bitsafe-acme", "ann"),
    step("bitsafe-old", "ann"),
  ]);
  await own.confirm(done);
  await own.settled(done);
  const told = await first.insights.tellAtOnce(SOON());
  const again = await first.insights.tellAtOnce(SOON());
  await first.stop();
  const second = await open();
  const afterRestart = await second.insights.tellAtOnce(SOON());
  await second.stop();

  expect({
    told: told.map(({ runId, kind, channel, state }) => [runId.split("@")[0], kind, channel, state]),
    again,
    afterRestart,
    posts: office.posts,
  }).toEqual({
    told: [["operation-done", "operation-ended", "slack", "sent"]],
    again: [],
    afterRestart: [],
    posts: [
      {
        channelId: "C1",
        text: "*Muster: Adding people is done in part*\n\n*Operation operation-done*\n• 1 done, 1 refused",
      },
    ],
  });
});

test("an operation that needs the operator says so each time it stops, and then how it ended", async () => {
  const { own, office, open, step, sandbox } = await openWorld();
  const lab = await open();
  await lab.insights.saveTelling({ settings: toSlack(office) });
  sandbox.control.addFault({
    method: "conversations.kick",
    kind: "lose-scope:channels:write,groups:write",
  });
  const removal = { ...step("bitsafe-acme", "cat"), action: "remove" as const };
  const { connectionId } = removal;
  const id = await own.plan("operation-stops", "remove", [removal]);
  await own.confirm(id);
  await own.settled(id);
  const titles = [];
  for (const isPutRight of [false, true]) {
    titles.push((await lab.insights.tellAtOnce(SOON())).map(({ kind, title }) => `${kind}: ${title}`));
    if (isPutRight) sandbox.control.changeToken({ label: "full", add: ["channels:write", "groups:write"] });
    await own.jobs.wakePausedOn(connectionId);
    await own.settled(id);
  }
  titles.push((await lab.insights.tellAtOnce(SOON())).map(({ kind, title }) => `${kind}: ${title}`));
  await lab.stop();
  const { message, todo } = failure("slack/missing-scope");

  expect({ titles, says: [message, todo].map((part) => office.posts[0]?.text.includes(part)) }).toEqual({
    titles: [
      ["operation-paused: Removing people waits for you"],
      ["operation-paused: Removing people waits for you"],
      ["operation-ended: Removing people is done"],
    ],
    says: [true, true],
  });
});

test("with the switch off nothing is told, not even after it is switched on again", async () => {
  const { own, office, open, step } = await openWorld();
  const lab = await open();
  await lab.insights.saveTelling({ settings: toSlack(office, { operations: false }) });
  const id = await own.plan("operation-quiet", "add", [step("bitsafe-acme", "ann")]);
  await own.confirm(id);
  await own.settled(id);
  const off = await lab.insights.tellAtOnce(SOON());
  await lab.insights.saveTelling({ settings: toSlack(office) });
  const on = await lab.insights.tellAtOnce(SOON());
  await lab.stop();
  expect({ off, on, posts: office.posts }).toEqual({ off: [], on: [], posts: [] });
});
