import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { canHaveKeyring, type KeyringSession, openKeyringSession } from "./keyring.ts";
import {
  changesBetween,
  type MembersProfile,
  openMembersProfile,
  type OperationAnswer,
  readSlackTruth,
} from "./members-profile.ts";
import { answerOf, type Ended, muster } from "./muster.ts";
import { type RunningSandbox, startSandboxCommand } from "./sandbox.ts";

if (!canHaveKeyring) console.warn("SKIPPED: approving is tested with gnome-keyring, and so on Linux");

describe.skipIf(!canHaveKeyring)("operations on the command line", () => {
  let keyring: KeyringSession;
  let colleagueKeyring: KeyringSession;
  let sandbox: RunningSandbox;
  let profile: MembersProfile;
  let before: Awaited<ReturnType<typeof readSlackTruth>>;
  beforeAll(async () => {
    keyring = await openKeyringSession();
    colleagueKeyring = await openKeyringSession();
  });
  afterAll(async () => {
    await keyring.close();
    await colleagueKeyring.close();
  });
  beforeEach(async () => {
    sandbox = await startSandboxCommand("--world", "small", "--seed", "5", "--limits", "off");
    profile = await openMembersProfile(keyring, sandbox);
    before = await readSlackTruth(sandbox);
  });
  afterEach(() => sandbox.stop());

  const changes = async (): Promise<string[]> => changesBetween(before, await readSlackTruth(sandbox));
  const codeOf = (ended: Ended): unknown[] => [
    ended.code,
    answerOf<{ failure?: { code: string } | null }>(ended).failure?.code,
  ];

  /** Another person's Muster: it has no connection, and needs none. */
  function openColleague(): (args: readonly string[], stdin?: string) => Promise<Ended> {
    const folder = join(makeTemporaryFolder(), "colleague");
    return (args, stdin = "") =>
      muster(["members", ...args, "--json", "--profile", folder], { env: colleagueKeyring.env, stdin });
  }

  test("of many changes wait for a colleague, begin with what that one signed, and with nobody else's word", async () => {
    const colleague = openColleague();
    const keyOf = (ended: Ended): string => answerOf<{ publicKey: string }>(ended).publicKey;
    const ownKey = keyOf(await profile.members(["approver-key"]));
    const key = keyOf(await colleague(["approver-key"]));
    const listsItself = await profile.members(["approval", "--approver", `Me=${ownKey}`]);
    const set = await profile.members(["approval", "--above", "3", "--approver", `Mia = Kern=${key}`]);
    const shown = answerOf(await profile.members(["approval"]));

    const confirmed = await profile.members(["add", "--gaps", "--slack", "--yes"]);
    const { operationId, state } = answerOf<OperationAnswer>(confirmed);
    const asked = await profile.members(["approval-request", "latest"]);
    const { approvalRequest } = answerOf<{ approvalRequest: string }>(asked);
    const ownSignature = await profile.members(["sign-approval", "--yes"], approvalRequest);
    const declined = await colleague(["sign-approval"], `${approvalRequest}\nno\n`);
    const signed = await colleague(["sign-approval"], `${approvalRequest}\nyes\n`);
    const { approval, request } = answerOf<{ approval: string; request: { steps: number } }>(signed);
    const unsigned = await profile.members(["approve", operationId], approvalRequest);
    const tampered = await profile.members(["approve", operationId], `${approval.slice(0, -4)}AAAA`);
    const meanwhile = await changes();
    const approved = await profile.members(["approve", operationId], approval);
    const again = await profile.members(["approve", operationId], approval);

    const done = answerOf<OperationAnswer>(approved);
    const afterwards = await changes();
    expect({
      codes: [set, confirmed, asked, declined, signed, approved].map(({ code }) => code),
      shown,
      state,
      refused: [listsItself, ownSignature, unsigned, tampered, again].map(codeOf),
      declined: answerOf(declined)["approval"],
      meanwhile,
      request: request.steps,
      done: [done.state, done.counts.done],
      afterwards: [afterwards.length, afterwards.every((change) => change.includes(" +"))],
    }).toEqual({
      codes: [0, 4, 0, 130, 0, 0],
      shown: { approval: { approvalAbove: 3, approvers: [{ name: "Mia = Kern", publicKey: key }] } },
      state: "awaiting-approval",
      refused: [
        [2, "membership/own-approval"],
        [2, "membership/own-approval"],
        [2, "membership/approval-invalid"],
        [2, "membership/approval-invalid"],
        [2, "membership/not-planned"],
      ],
      declined: null,
      meanwhile: [],
      request: 8,
      done: ["done", 8],
      afterwards: [8, true],
    });
  });

  test("are repeated by a schedule that is added, listed, run now and removed", async () => {
    const plan = answerOf<OperationAnswer>(await profile.members(["add", "--gaps", "--slack"]));
    const add = ["schedule", "add", plan.operationId, "--cron", "0 4 * * *", "--time-zone", "Europe/Berlin"];
    const looked = await profile.members([...add, "--name", "Looked at"]);
    const unseen = await profile.members([...add, "--name", "By itself", "--confirmed"]);
    const taken = await profile.members([...add, "--name", "By itself"]);
    const wrong = await profile.members([
      "schedule",
      "add",
      "latest",
      "--cron",
      "nonsense",
      "--name",
      "Wrong",
    ]);
    const due = await profile.members(["schedule", "run"]);
    const waits = await profile.members(["schedule", "run", "Looked at"]);
    const meanwhile = await changes();
    const ran = await profile.members(["schedule", "run", "By itself"]);
    const afterwards = await changes();
    const nothingLeft = await profile.members(["schedule", "run", "By itself"]);
    const listed = answerOf<{ recurrences: { name: string; isConfirmed: boolean; turns: unknown[] }[] }>(
      await profile.members(["schedule", "list"]),
    ).recurrences.map(({ name, isConfirmed, turns }) => [name, isConfirmed, turns.length]);
    const removed = await profile.members(["schedule", "remove", "By itself"]);
    const removedAgain = await profile.members(["schedule", "remove", "By itself"]);
    const left = answerOf<{ recurrences: unknown[] }>(await profile.members(["schedule", "list"]));

    interface Turn {
      readonly outcome: string;
      readonly operationState: string;
      readonly counts: Record<string, number>;
    }
    const turnOf = (ended: Ended) =>
      answerOf<{ turns: Turn[] }>(ended).turns.map(({ outcome, operationState, counts }) => [
        outcome,
        operationState,
        counts["planned"],
        counts["done"],
      ]);
    expect({
      codes: [looked, unseen, due, waits, ran, nothingLeft, removed].map(({ code }) => code),
      refused: [taken, wrong, removedAgain].map(codeOf),
      turns: [due, waits, ran, nothingLeft].map(turnOf),
      meanwhile,
      afterwards: afterwards.length,
      listed,
      left: left.recurrences.length,
    }).toEqual({
      codes: [0, 0, 0, 0, 0, 0, 0],
      refused: [
        [2, "input/name-taken"],
        [2, "input/schedule-invalid"],
        [2, "input/not-found"],
      ],
      turns: [[], [["started", "planned", 8, 0]], [["started", "done", 0, 8]], [["started", "done", 0, 0]]],
      meanwhile: [],
      afterwards: 8,
      listed: [
        ["By itself", true, 2],
        ["Looked at", false, 1],
      ],
      left: 1,
    });
  });
});
