import { afterEach, expect, test } from "vitest";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import type { Sandbox } from "#sandbox/start-sandbox.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import type { OperationKind } from "#shared/domain/operation.ts";
import { startChild } from "#test/support/child.ts";
import { labConnection } from "#test/support/coverage-lab.ts";
import { draftStep } from "#test/support/membership-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { type KnownWorld, knowWorld, startEngineSandbox } from "./engine-world.ts";

const closing: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of closing.splice(0)) await sandbox.close();
});

/** What is drafted with, by the names of the world. */
interface Pen {
  readonly world: KnownWorld;
  step(action: DraftStep["action"], group: string | null, rest?: Partial<DraftStep>): DraftStep;
  membership(action: "add" | "remove", group: string, person: string): DraftStep;
}

interface KilledCase {
  readonly platform: "slack" | "telegram";
  readonly kind: OperationKind;
  /** The change after which nobody answers, and the process is killed. */
  readonly method: string;
  readonly steps: (pen: Pen) => DraftStep[];
  /** What of the world tells how often the change was made. */
  readonly look: (world: KnownWorld) => unknown;
  readonly outcomes: string[];
  readonly truth: unknown;
  /**
   * What each call of the method was answered with, over both processes; there are more than one only where the platform
   * recognises a repetition.
   */
  readonly calls: (string | null)[];
}

const CASES: readonly KilledCase[] = [
  {
    platform: "slack",
    kind: "add",
    method: "conversations.invite",
    steps: ({ membership }) => [
      membership("add", "bitsafe-acme", "ann"),
      membership("add", "bitsafe-acme", "bob"),
    ],
    look: (world) => world.members("slack", "bitsafe-acme"),
    outcomes: ["0 add done", "1 add done"],
    truth: ["ann", "bob", "cat", "me"],
    calls: [null],
  },
  {
    platform: "slack",
    kind: "remove",
    method: "conversations.kick",
    steps: ({ membership }) => [membership("remove", "bitsafe-acme", "cat")],
    look: (world) => world.members("slack", "bitsafe-acme"),
    outcomes: ["0 remove done"],
    truth: ["me"],
    calls: [null],
  },
  {
    platform: "slack",
    kind: "rename",
    method: "conversations.rename",
    steps: ({ step }) => [step("rename", "bitsafe-acme", { before: "bitsafe-acme", after: "acme" })],
    look: (world) => world.names("slack"),
    outcomes: ["0 rename done"],
    truth: ["acme", "bitsafe-globex", "bitsafe-initech", "bitsafe-old", "general"],
    calls: [null],
  },
  {
    platform: "slack",
    kind: "create",
    method: "conversations.create",
    steps: ({ step, world }) => [
      step("create", null, { newGroup: "hooli", groupName: "hooli", after: "hooli" }),
      step("add", null, { newGroup: "hooli", stage: 1, userId: world.slackUser("ann") }),
    ],
    look: (world) => world.names("slack"),
    outcomes: ["0 create done", "1 add done"],
    truth: ["bitsafe-acme", "bitsafe-globex", "bitsafe-initech", "bitsafe-old", "general", "hooli"],
    calls: [null],
  },
  {
    platform: "slack",
    kind: "message",
    method: "chat.postMessage",
    steps: ({ step }) => [step("send", "bitsafe-acme", { after: "hello" })],
    look: () => null,
    outcomes: ["0 send unclear membership/outcome-unclear"],
    truth: null,
    calls: [null],
  },
  {
    platform: "telegram",
    kind: "add",
    method: "channels.inviteToChannel",
    steps: ({ membership }) => [membership("add", "Acme", "ann")],
    look: (world) => world.members("telegram", "Acme"),
    outcomes: ["0 add done"],
    truth: ["ann", "cat", "me"],
    calls: [null],
  },
  {
    platform: "telegram",
    kind: "remove",
    method: "messages.deleteChatUser",
    steps: ({ membership }) => [membership("remove", "Globex", "cat")],
    look: (world) => world.members("telegram", "Globex"),
    outcomes: ["0 remove done"],
    truth: ["me"],
    calls: [null],
  },
  {
    platform: "telegram",
    kind: "rename",
    method: "channels.editTitle",
    steps: ({ step }) => [step("rename", "Acme", { before: "Acme <> BitSafe", after: "Acme x" })],
    look: (world) => world.names("telegram")[0],
    outcomes: ["0 rename done"],
    truth: "Acme x",
    calls: [null],
  },
  {
    platform: "telegram",
    kind: "history",
    method: "channels.togglePreHistoryHidden",
    steps: ({ step }) => [step("show-history", "Initech")],
    look: () => null,
    outcomes: ["0 show-history done"],
    truth: null,
    calls: [null],
  },
  {
    platform: "telegram",
    kind: "create",
    method: "channels.createChannel",
    steps: ({ step, world }) => [
      step("create", null, { newGroup: "h", groupName: "Hooli", after: "Hooli" }),
      step("add", null, { newGroup: "h", stage: 1, userId: world.telegramUser("ann") }),
    ],
    look: (world) => world.names("telegram").filter((name) => name === "Hooli"),
    outcomes: ["0 create done", "1 add done"],
    truth: ["Hooli"],
    calls: [null],
  },
  {
    platform: "telegram",
    kind: "message",
    method: "messages.sendMessage",
    steps: ({ step }) => [step("welcome", "Acme", { after: "hello" })],
    look: () => null,
    outcomes: ["0 welcome done membership/not-pinned"],
    truth: null,
    calls: [null, "RANDOM_ID_DUPLICATE"],
  },
];

test.each(CASES)(
  "$platform $kind: a process killed between change and record leaves nothing lost and nothing doubled",
  async (killed) => {
    const sandbox = await startEngineSandbox();
    closing.push(sandbox);
    const { platform, method, kind } = killed;
    const world = knowWorld(() => sandbox.control.truth());
    const steps = killed.steps(penFor(sandbox, platform, world));
    const folder = makeTemporaryFolder();
    const input = JSON.stringify({ ready: sandbox.ready, kind, steps });
    const file = "test/integration/membership/running-process.ts";
    sandbox.control.addFault({ platform, method, kind: "stall-after" });

    const first = startChild(file, folder, input);
    await first.said("running");
    for (;;) {
      const struck = sandbox.control.calls().calls.some((call) => call.method === method && call.fault);
      if (struck) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await first.kill();
    const second = startChild(file, folder, input);
    const said: unknown = JSON.parse(await second.said("ended"));
    await second.ended();
    const again = sandbox.control.calls().calls.filter((call) => call.method === method);

    expect({ said, truth: killed.look(world), calls: again.map(({ error }) => error) }).toEqual({
      said: {
        state: killed.outcomes.some((line) => line.includes("unclear")) ? "partial" : "done",
        outcomes: killed.outcomes,
      },
      truth: killed.truth,
      calls: killed.calls,
    });
  },
  120_000,
);

function penFor(sandbox: Sandbox, platform: "slack" | "telegram", world: KnownWorld): Pen {
  const connection = platform === "slack" ? connectionTo(sandbox).connection : telegramConnection(sandbox);
  const step: Pen["step"] = (action, group, rest = {}) => {
    const groupId = group === null ? null : world.groupId(platform, group);
    const isSupergroup = platform === "telegram" && group !== null && group !== "Globex";
    const groupKind = platform === "slack" || group === null ? null : isSupergroup ? "supergroup" : "basic";
    return draftStep(connection, { action, groupId, groupKind, ...rest });
  };
  return {
    world,
    step,
    membership: (action, group, person) => {
      const userId = platform === "slack" ? world.slackUser(person) : world.telegramUser(person);
      return step(action, group, { userId });
    },
  };
}

/** As `connectTelegram` calls the account, without signing in. */
function telegramConnection({ ready }: Sandbox): Connection {
  const userId = String(ready.telegram.accounts[0]?.userId);
  return labConnection("-", userId, {
    id: ConnectionId.parse(`telegram:-:${userId}`),
    platform: "telegram",
    workspaceId: null,
  });
}
