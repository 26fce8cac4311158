import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { LabConnection } from "#test/support/coverage-lab.ts";
import { createHastyClock, draftStep, openMembershipLab } from "#test/support/membership-lab.ts";
import { makeMortal } from "#test/support/mortal-process.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { connectTelegram } from "#test/support/sandbox-telegram-audit.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { meetEverybody } from "./engine-telegram.ts";
import { type KnownWorld, knowWorld, startEngineSandbox } from "./engine-world.ts";

/** What is still on its way to the platform when a process dies arrives within this. */
const LAST_REQUESTS_MS = 30;

interface World {
  readonly connection: LabConnection;
  readonly steps: readonly DraftStep[];
  /** Who and what is where, and how often each change was made. */
  look(): unknown;
  close(): Promise<void>;
}

/** Every kind of change to Slack in one operation. */
async function slackWorld(sandbox: Sandbox, world: KnownWorld): Promise<World> {
  const connection = connectionTo(sandbox, { limitWindowMs: 1 });
  const step = (action: DraftStep["action"], channel: string | null, rest: Partial<DraftStep>) =>
    draftStep(connection.connection, {
      action,
      groupId: channel === null ? null : world.groupId("slack", channel),
      ...rest,
    });
  const hooli = { newGroup: "hooli", groupName: "hooli" };
  return {
    connection,
    steps: [
      step("add", "bitsafe-acme", { userId: world.slackUser("ann") }),
      step("add", "bitsafe-acme", { userId: world.slackUser("bob") }),
      step("remove", "bitsafe-globex", { userId: world.slackUser("cat") }),
      step("rename", "bitsafe-initech", { before: "bitsafe-initech", after: "initech" }),
      step("create", null, { ...hooli, after: "hooli" }),
      step("add", null, { ...hooli, stage: 1, userId: world.slackUser("ann") }),
    ],
    look: () => [
      ["bitsafe-acme", "bitsafe-globex", "hooli"].map((name) => world.members("slack", name)),
      world.names("slack"),
      timesDone(
        sandbox,
        ["invite", "kick", "rename", "create"].map((name) => `conversations.${name}`),
      ),
    ],
    close: () => Promise.resolve(),
  };
}

/** The same for Telegram, with a message. */
async function telegramWorld(sandbox: Sandbox, world: KnownWorld): Promise<World> {
  const telegram = await connectTelegram(sandbox.ready);
  await meetEverybody(telegram.session);
  const step = (action: DraftStep["action"], group: string | null, rest: Partial<DraftStep> = {}) =>
    draftStep(telegram.connection, {
      action,
      groupId: group === null ? null : world.groupId("telegram", group),
      groupKind: group === null ? null : group === "Globex" ? "basic" : "supergroup",
      ...rest,
    });
  const hooli = { newGroup: "hooli", groupName: "Hooli" };
  return {
    connection: telegram,
    steps: [
      step("add", "Acme", { userId: world.telegramUser("ann") }),
      step("remove", "Globex", { userId: world.telegramUser("cat") }),
      step("rename", "Umbrella", { before: "Umbrella <> BitSafe", after: "Umbrella" }),
      step("show-history", "Initech"),
      step("create", null, { ...hooli, after: "Hooli" }),
      step("send", "Acme", { after: "hello" }),
      step("add", null, { ...hooli, stage: 1, userId: world.telegramUser("ann") }),
    ],
    look: () => [
      ["Acme", "Globex", "Hooli"].map((name) => world.members("telegram", name)),
      world.names("telegram"),
      timesDone(sandbox, [
        "channels.inviteToChannel",
        "messages.deleteChatUser",
        "channels.editTitle",
        "channels.togglePreHistoryHidden",
        "channels.createChannel",
        "messages.sendMessage",
      ]),
    ],
    close: () => telegram.session.close(),
  };
}

/** Calls of each method that were answered with a success. */
function timesDone(sandbox: Sandbox, methods: readonly string[]): number[] {
  const { calls } = sandbox.control.calls();
  return methods.map((name) => calls.filter(({ method, error }) => method === name && error === null).length);
}

/** Runs an operation in a process that dies after so many writes, then to its end in another one. */
async function runWithDeath(
  open: typeof slackWorld,
  lastWrite: number,
): Promise<{ readonly wasKilled: boolean; readonly end: unknown }> {
  const sandbox = await startEngineSandbox();
  const world = await open(
    sandbox,
    knowWorld(() => sandbox.control.truth()),
  );
  const store = await openTemporaryStore({ clock: systemClock });
  const mortal = makeMortal(store, lastWrite);
  const first = await openMembershipLab({ connections: [world.connection], ...mortal });
  const id = await first.plan("op", "create", world.steps);
  await first.confirm(id);
  const fate = await Promise.race([mortal.died.then(() => "killed"), first.settled(id).then(() => "ended")]);
  if (fate === "killed") await sleep(LAST_REQUESTS_MS);
  const second = await openMembershipLab({
    connections: [world.connection],
    store,
    clock: createHastyClock(1_000),
  });
  await second.settled(id);
  const end = [await second.state(id), await second.outcomes(id), world.look()];
  await second.stop();
  // Its last write may have been the end of the operation: what comes after that, it does not live to see.
  if (fate === "ended") await Promise.race([first.stop(), mortal.died]);
  await world.close();
  await store.close();
  await sandbox.close();
  return { wasKilled: fate === "killed", end };
}

test.each([
  ["Slack", slackWorld],
  ["Telegram", telegramWorld],
])(
  "an operation on %s that is killed before any of its writes comes to the same end, and every change is made once",
  async (_name, open) => {
    const expected = await runWithDeath(open, Number.POSITIVE_INFINITY);
    const differing: unknown[] = [];
    let kills = 0;
    // The plan and its confirmation are the first two.
    for (let lastWrite = 2; ; lastWrite += 1) {
      const { wasKilled, end } = await runWithDeath(open, lastWrite);
      if (!wasKilled) break;
      kills += 1;
      if (JSON.stringify(end) !== JSON.stringify(expected.end)) differing.push([lastWrite, end]);
    }
    expect({ state: (expected.end as string[])[0], differing, wasKilledOften: kills > 20 }).toEqual({
      state: "done",
      differing: [],
      wasKilledOften: true,
    });
  },
  300_000,
);
