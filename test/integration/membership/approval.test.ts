import { expect, onTestFinished, test } from "vitest";
import { draftApproval } from "#test/support/approval-text.ts";
import { listActivity } from "#main/store/queries/activity.ts";
import { updateSteps } from "#main/store/queries/operation-steps.ts";
import { createMemoryKeychain, type Keychain } from "#main/platforms/keychain/index.ts";
import {
  DEFAULT_CHANGE_BUDGETS,
  type MembershipSettings,
  type OperationId,
} from "#shared/domain/operation.ts";
import { type Failure } from "#shared/domain/failure.ts";
import { failureCatalogue } from "#shared/domain/failure-catalogue.ts";
import type { Result } from "#shared/lib/result.ts";
import { DAY_MS } from "#shared/lib/time.ts";
import { labConnection } from "#test/support/coverage-lab.ts";
import { createManualClock, type ManualClock } from "#test/support/manual-clock.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { openTemporaryStore } from "#test/support/temporary-store.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import { knowWorld, startEngineSandbox } from "./engine-world.ts";
import { draftStep, openMembershipLab, type MembershipLab } from "#test/support/membership-lab.ts";

const CONNECTION = labConnection("T1", "UME");
const STEPS = ["U1", "U2", "U3"].map((userId) =>
  draftStep(CONNECTION, { action: "add", groupId: "C1", userId }),
);

/** Two Musters: one asks, the other one is the colleague's. Nobody is signed in, so nothing asks a platform. */
interface Office {
  readonly clock: ManualClock;
  readonly own: MembershipLab;
  readonly colleague: MembershipLab;
  readonly settings: MembershipSettings;
  /** An operation that waits for an approval, and its request. */
  ask(name: string): Promise<{ id: OperationId; text: string }>;
}

async function openOffice(keychain: Keychain = createMemoryKeychain()): Promise<Office> {
  const clock = createManualClock();
  const own = await openMembershipLab({ connections: [], clock, keychain, operator: "olga" });
  const colleague = await openMembershipLab({ connections: [], clock, operator: "carl" });
  onTestFinished(async () => {
    for (const lab of [own, colleague]) {
      await lab.stop();
      await lab.store.close();
    }
  });
  const { publicKey } = valueOf(await colleague.approvals.approverKey());
  const settings = {
    budgets: DEFAULT_CHANGE_BUDGETS,
    approvalAbove: 2,
    approvers: [{ name: "Carl Colleague", publicKey }],
  };
  valueOf(await own.operations.saveSettings(settings));
  return {
    clock,
    own,
    colleague,
    settings,
    async ask(name) {
      const id = await own.plan(name, "add", STEPS);
      await own.confirm(id);
      return { id, ...valueOf(await own.approvals.approvalRequest({ operationId: id })) };
    },
  };
}

function valueOf<Value>(result: Result<Value, { code: string; message: string }>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

/** What a refusal says beyond its catalogue entry. */
function detailOf({ code, message }: Failure): string {
  return message.slice(failureCatalogue[code].when.length).trim();
}

/** The code of the refusal with what it says, and how the operation stands after it. */
async function attempt({ own }: Office, operationId: OperationId, text: string): Promise<string> {
  const done = await own.approvals.approve({ operationId, text });
  return `${done.ok ? "approved" : `${done.error.code} ${detailOf(done.error)}`.trim()}; ${await own.state(operationId)}`;
}

async function logged({ store }: MembershipLab, action: string) {
  const page = await listActivity(store.read, { beforeSeq: null, search: action, limit: 10 });
  return page.map((line) => ({
    actor: line.actor,
    target: line.target,
    why: line.why,
    details: JSON.parse(line.details) as object,
  }));
}

test("an operation above the size waits, is shown to a colleague as it is, and runs once their word is in", async () => {
  const office = await openOffice();
  const { own, colleague, clock } = office;
  const { id, text } = await office.ask("op");
  const waiting = await own.state(id);
  const shown = valueOf(await colleague.approvals.readApprovalRequest({ text }));
  const signed = valueOf(
    await colleague.approvals.signApproval({ text: ` ${text.slice(0, 60)}\n${text.slice(60)}\n` }),
  );
  const approved = valueOf(await own.approvals.approve({ operationId: id, text: `${signed.text}\n` }));

  expect({
    isOneLine: !/\s/.test(text),
    waiting,
    shown: { ...shown, digest: shown.digest.length },
    approvedBy: approved.approvedBy,
    isStarted: ["running", "paused"].includes(approved.state),
    own: (await logged(own, "operation.approved")).map(({ actor, target, why }) => ({ actor, target, why })),
    colleague: (await logged(colleague, "approval.signed")).map(({ actor, target, why }) => ({
      actor,
      target,
      why,
    })),
  }).toEqual({
    isOneLine: true,
    waiting: "awaiting-approval",
    shown: {
      operationId: "op",
      title: "Operation op",
      kind: "add",
      steps: 3,
      counts: [{ action: "add", steps: 3 }],
      isSandbox: true,
      requestedBy: "olga",
      atMs: clock.nowMs(),
      digest: 64,
    },
    approvedBy: "Carl Colleague",
    isStarted: true,
    own: [{ actor: "olga", target: "op", why: "Approved by Carl Colleague: Operation op" }],
    colleague: [{ actor: "carl", target: "op", why: "Operation op" }],
  });
});

test("a word that is forged, of a stranger, for another operation or for a removed approver starts nothing", async () => {
  const office = await openOffice();
  const { own, colleague, settings } = office;
  const one = await office.ask("one");
  const two = await office.ask("two");
  const good = valueOf(await colleague.approvals.signApproval({ text: one.text })).text;
  const stranger = await openMembershipLab({ connections: [], clock: office.clock, operator: "zoe" });
  const strange = valueOf(await stranger.approvals.signApproval({ text: one.text })).text;
  await stranger.stop();
  await stranger.store.close();
  const [payload = "", key = "", signature = ""] = good.split(".");
  const [, strangeKey = ""] = strange.split(".");

  const refusals = {
    nonsense: await attempt(office, one.id, "hello"),
    request: await attempt(office, one.id, one.text),
    cut: await attempt(office, one.id, good.slice(0, -10)),
    stranger: await attempt(office, one.id, strange),
    strangersWordUnderAnotherKey: await attempt(office, one.id, strange.replace(strangeKey, key)),
    otherTitle: await attempt(
      office,
      one.id,
      [draftApproval(payload, { title: "Say hello" }), key, signature].join("."),
    ),
    replayed: await attempt(office, two.id, good),
  };
  await own.operations.saveSettings({ ...settings, approvers: [] });
  const removed = await attempt(office, one.id, good);
  await own.operations.saveSettings(settings);
  const listedAgain = await attempt(office, one.id, good);
  const twice = await attempt(office, one.id, good);

  expect({
    ...refusals,
    removed,
    listedAgain: listedAgain.split(";")[0],
    twice: twice.split(";")[0],
  }).toEqual({
    nonsense: "membership/approval-invalid This is no approval, or not the whole of it.; awaiting-approval",
    request: "membership/approval-invalid This is no approval, or not the whole of it.; awaiting-approval",
    cut: "membership/approval-invalid The signature does not hold.; awaiting-approval",
    stranger:
      "membership/approval-invalid The key it is signed with is not among the approvers.; awaiting-approval",
    strangersWordUnderAnotherKey:
      "membership/approval-invalid The signature does not hold.; awaiting-approval",
    otherTitle: "membership/approval-invalid The signature does not hold.; awaiting-approval",
    replayed: "membership/approval-invalid It is for another operation.; awaiting-approval",
    removed:
      "membership/approval-invalid The key it is signed with is not among the approvers.; awaiting-approval",
    listedAgain: "approved",
    twice: "membership/not-planned",
  });
});

test("nobody approves for themselves: the own key cannot sign, be listed in any spelling, nor count", async () => {
  const office = await openOffice();
  const { own, colleague, settings } = office;
  const { id, text } = await office.ask("op");
  const { publicKey } = valueOf(await own.approvals.approverKey());
  // The last character's lowest two bits are not part of the key.
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const otherSpelling = `${publicKey.slice(0, -1)}${alphabet[alphabet.indexOf(publicKey.at(-1) ?? "") + 1]}`;
  const signed = await own.approvals.signApproval({ text });
  const listed = [];
  for (const key of [publicKey, otherSpelling])
    listed.push(
      await own.operations.saveSettings({ ...settings, approvers: [{ name: "Me", publicKey: key }] }),
    );
  const byColleague = valueOf(await colleague.approvals.signApproval({ text })).text;
  const [payload = ""] = byColleague.split(".");

  expect({
    signed: signed.ok || signed.error.code,
    listed: listed.map((result) => result.ok || result.error.code),
    isSameKey: Buffer.from(otherSpelling, "base64url").equals(Buffer.from(publicKey, "base64url")),
    counted: await attempt(office, id, [payload, publicKey, "x"].join(".")),
  }).toEqual({
    signed: "membership/own-approval",
    listed: ["membership/own-approval", "membership/own-approval"],
    isSameKey: true,
    counted: "membership/own-approval; awaiting-approval",
  });
});

test("an approval is for the plan as it was: a changed step, a new plan or more than seven days need another", async () => {
  const office = await openOffice();
  const { own, colleague, clock } = office;
  const { id, text } = await office.ask("op");
  const { text: approval } = valueOf(await colleague.approvals.signApproval({ text }));
  await own.store.write((writer) => updateSteps(writer, id, [0], { after: "another name" }));
  const changed = await attempt(office, id, approval);
  await own.operations.cancel({ operationId: id });
  const cancelled = await attempt(office, id, approval);
  const again = await office.ask("again");
  const forAnother = await attempt(office, again.id, approval);
  const { text: late } = valueOf(await colleague.approvals.signApproval({ text: again.text }));
  await clock.advance(7 * DAY_MS + 1);
  const request = await own.approvals.approvalRequest({ operationId: again.id });
  const sign = await colleague.approvals.signApproval({ text: again.text });

  expect({
    changed,
    cancelled: cancelled.split(";")[0],
    forAnother,
    tooLate: await attempt(office, again.id, late),
    request: request.ok || request.error.code,
    sign: sign.ok || `${sign.error.code} ${detailOf(sign.error)}`,
  }).toEqual({
    changed: "membership/approval-invalid The plan is not the one that was approved.; awaiting-approval",
    cancelled: "membership/not-planned",
    forAnother: "membership/approval-invalid It is for another operation.; awaiting-approval",
    tooLate: "membership/plan-too-old; awaiting-approval",
    request: "membership/plan-too-old",
    sign: "membership/approval-invalid It was made more than seven days ago.",
  });
});

test("who lowers the size or changes the approvers is on the record, each change by itself", async () => {
  const { own, settings } = await openOffice();
  await own.operations.saveSettings({ ...settings, approvalAbove: null });
  await own.operations.saveSettings({
    ...settings,
    approvalAbove: null,
    budgets: { ...DEFAULT_CHANGE_BUDGETS, invitesAnHour: 5 },
  });
  const lines = await logged(own, "membership.");
  expect(lines.map(({ actor, details }) => ({ actor, details }))).toEqual([
    {
      actor: "olga",
      details: {
        before: DEFAULT_CHANGE_BUDGETS,
        after: { ...DEFAULT_CHANGE_BUDGETS, invitesAnHour: 5 },
      },
    },
    {
      actor: "olga",
      details: {
        before: { approvalAbove: 2, approvers: settings.approvers },
        after: { approvalAbove: null, approvers: settings.approvers },
      },
    },
    {
      actor: "olga",
      details: {
        before: { approvalAbove: null, approvers: [] },
        after: { approvalAbove: 2, approvers: settings.approvers },
      },
    },
  ]);
});

test("killed between the approval and the run, the operation is run by the next Muster, once", async () => {
  const sandbox = await startEngineSandbox();
  onTestFinished(() => sandbox.close());
  const world = knowWorld(() => sandbox.control.truth());
  const connection = connectionTo(sandbox, { limitWindowMs: 1, deadlineMs: 1_000 });
  const folder = makeTemporaryFolder();
  const keychain = createMemoryKeychain();
  const open = async () =>
    openMembershipLab({
      connections: [connection],
      keychain,
      clock: systemClock,
      store: await openTemporaryStore({ folder, clock: systemClock }),
    });
  const colleague = await openMembershipLab({ connections: [], clock: systemClock });
  const { publicKey } = valueOf(await colleague.approvals.approverKey());
  const first = await open();
  await first.operations.saveSettings({
    budgets: DEFAULT_CHANGE_BUDGETS,
    approvalAbove: 0,
    approvers: [{ name: "Carl", publicKey }],
  });
  const groupId = world.groupId("slack", "bitsafe-acme");
  const step = draftStep(connection.connection, { action: "add", groupId, userId: world.slackUser("ann") });
  const id = await first.plan("op", "add", [step]);
  await first.confirm(id);
  const { text } = valueOf(await first.approvals.approvalRequest({ operationId: id }));
  const signed = valueOf(await colleague.approvals.signApproval({ text }));
  // From here on nothing is begun: what is written is all that the next one finds.
  await first.stop();
  valueOf(await first.approvals.approve({ operationId: id, text: signed.text }));
  const before = world.members("slack", "bitsafe-acme");
  await first.store.close();
  const second = await open();
  await second.settled(id);

  expect({
    before,
    after: world.members("slack", "bitsafe-acme"),
    state: await second.state(id),
    approvals: (await logged(second, "operation.approved")).length,
    runs: (await logged(second, "operation.finished")).length,
  }).toEqual({
    before: ["cat", "me"],
    after: ["ann", "cat", "me"],
    state: "done",
    approvals: 1,
    runs: 1,
  });
  for (const lab of [second, colleague]) {
    await lab.stop();
    await lab.store.close();
  }
});
