import { describe, expect, test } from "vitest";
import { insertSteps, updateSteps, type OperationStepChange } from "#main/store/queries/operation-steps.ts";
import { insertOperation, updateOperation } from "#main/store/queries/operations.ts";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import { GroupKey, JobId, PersonId } from "#shared/domain/ids.ts";
import { OperationId, type OperationKind } from "#shared/domain/operation.ts";
import { openTestPlanningLab } from "#test/support/open-planning-lab.ts";
import type { PlanningLab } from "#test/support/planning-lab.ts";
import { scriptedConnection, smallTeam } from "#test/support/scripted-audit.ts";
import { createScriptedSlack, type ScriptedSlack } from "#test/support/scripted-slack.ts";

const TEAM = smallTeam({ amy: { userId: "UAMY" }, ben: { userId: "UBEN" } });

function slackWorld(): ScriptedSlack {
  return createScriptedSlack({
    owner: "UOWNER",
    users: [{ id: "UOWNER" }, { id: "UAMY" }, { id: "UBEN" }],
    channels: [
      { id: "C1", name: "one", members: ["UOWNER", "UAMY"] },
      { id: "C2", name: "two", members: ["UOWNER", "UAMY", "UBEN"] },
      { id: "C3", name: "three", members: ["UOWNER"] },
    ],
  });
}

type Past = Pick<DraftStep, "action"> &
  Partial<DraftStep> & { readonly end: NonNullable<OperationStepChange["state"]> };

const person = (name: string) => {
  return { personId: PersonId.parse(name), personName: name, userId: `U${name.toUpperCase()}` };
};

const inGroup = (id: string) => ({ groupKey: GroupKey.parse(`slack:T1:${id}`), groupId: id, groupName: id });

/** An operation that has ended, with its steps as the run left them. */
async function keepPast(lab: PlanningLab, kind: OperationKind, steps: readonly Past[]): Promise<OperationId> {
  const id = OperationId.parse("earlier");
  await lab.store.write(async (writer) => {
    await insertOperation(writer, {
      id,
      kind,
      title: "What was done before",
      request: { kind: "undo", operationId: id },
      undoes: null,
      isSandbox: true,
      planJobId: JobId.parse("job-earlier"),
      recurrenceId: null,
      createdAtMs: 1,
      createdBy: "tester",
    });
    const drafts = steps.map(({ end: _end, ...step }, at): DraftStep => ({
      stage: 0,
      batch: `batch ${at}`,
      connectionId: scriptedConnection(slackWorld()).connection.id,
      platform: "slack",
      groupKey: null,
      groupId: null,
      groupName: "",
      groupKind: null,
      newGroup: null,
      personId: null,
      personName: null,
      userId: null,
      before: null,
      after: null,
      state: "planned",
      evidence: "live",
      failure: null,
      ...step,
    }));
    await insertSteps(writer, id, 0, drafts);
    for (const [at, { end }] of steps.entries()) await updateSteps(writer, id, [at], { state: end });
    await updateOperation(writer, id, { state: "partial", finishedAtMs: 2 });
  });
  return id;
}

async function follow(kind: "undo" | "rest", of: OperationKind, steps: readonly Past[]) {
  const lab = await openTestPlanningLab({
    connections: [scriptedConnection(slackWorld())],
    teamAndRules: TEAM,
  });
  const operationId = await keepPast(lab, of, steps);
  const detail = await lab.plan({ kind, operationId });
  const rows = await lab.rows(detail.id);
  const changeOf = (before: string | null, after: string | null) =>
    after === null ? [] : [`${before} → ${after}`];
  return {
    detail,
    told: rows.map(({ stage, action, groupId, personName, before, after, state, failure }) =>
      [stage, action, groupId, personName, ...changeOf(before, after), failure?.code ?? state]
        .filter((part) => part !== null)
        .join(" "),
    ),
  };
}

describe("undo", () => {
  test("takes back only what was done, by that account, as things are now, the last first", async () => {
    const { detail, told } = await follow("undo", "add", [
      { action: "add", ...inGroup("C1"), ...person("amy"), end: "done" },
      { action: "add", ...inGroup("C2"), ...person("amy"), end: "already-so" },
      { action: "add", ...inGroup("C3"), ...person("amy"), end: "failed" },
      { action: "add", ...inGroup("C2"), ...person("ben"), end: "done" },
      { action: "add", ...inGroup("C3"), ...person("ben"), end: "done" },
    ]);
    expect({
      told,
      kind: detail.kind,
      title: detail.title,
      undoes: detail.undoes,
      typed: detail.typedConfirmation,
    }).toEqual({
      // Ben is out of C3 already.
      told: ["0 remove C3 ben already-so", "0 remove C2 ben planned", "0 remove C1 amy planned"],
      kind: "remove",
      title: "Undo: What was done before",
      undoes: "earlier",
      typed: "remove 2",
    });
  });

  test("puts back who was removed", async () => {
    const { detail, told } = await follow("undo", "remove", [
      { action: "remove", ...inGroup("C3"), ...person("amy"), end: "done" },
    ]);
    expect([detail.kind, told]).toEqual(["add", ["0 add C3 amy planned"]]);
  });

  test("gives first names back, in an order that is free, and leaves alone what somebody renamed since", async () => {
    const { told } = await follow("undo", "rename", [
      { action: "rename", ...inGroup("C1"), stage: 0, before: "two", after: "aside", end: "done" },
      { action: "rename", ...inGroup("C2"), stage: 1, before: "one", after: "two", end: "done" },
      { action: "rename", ...inGroup("C1"), stage: 2, before: "aside", after: "one", end: "done" },
      { action: "rename", ...inGroup("C3"), before: "x", after: "y", end: "done" },
    ]);
    expect(told).toEqual([
      "0 rename C2 two → two-moving planned",
      "1 rename C1 one → two planned",
      "2 rename C2 two-moving → one planned",
      "0 rename C3 three → x membership/changed-meanwhile",
    ]);
  });

  test("of a half-finished swap brings the name back that a group had", async () => {
    const { told } = await follow("undo", "rename", [
      { action: "rename", ...inGroup("C1"), stage: 0, before: "first", after: "one", end: "done" },
      { action: "rename", ...inGroup("C2"), stage: 1, before: "two", after: "first", end: "failed" },
      { action: "rename", ...inGroup("C1"), stage: 2, before: "one", after: "two", end: "skipped" },
    ]);
    expect(told).toEqual(["0 rename C1 one → first planned"]);
  });

  test("says why a new group and a message stay", async () => {
    const { told } = await follow("undo", "create", [
      { action: "create", ...inGroup("C3"), after: "three", end: "done" },
      { action: "welcome", ...inGroup("C3"), after: "Hello", end: "done" },
      { action: "add", ...inGroup("C1"), ...person("amy"), end: "done" },
    ]);
    expect(told).toEqual([
      "0 remove C1 amy planned",
      "0 welcome C3 null → Hello membership/cannot-undo",
      "0 create C3 null → three membership/cannot-undo",
    ]);
  });

  test("of what did nothing, or is still at work, is nothing to do", async () => {
    const lab = await openTestPlanningLab({
      connections: [scriptedConnection(slackWorld())],
      teamAndRules: TEAM,
    });
    const operationId = await keepPast(lab, "add", [
      { action: "add", ...inGroup("C1"), ...person("amy"), end: "failed" },
    ]);
    const codeOf = async (id: string) => {
      const planned = await lab.membership.plan({ kind: "undo", operationId: OperationId.parse(id) });
      return planned.ok ? "" : planned.error.code;
    };
    expect([await codeOf(operationId), await codeOf("nothing")]).toEqual([
      "membership/nothing-to-do",
      "input/not-found",
    ]);
  });
});

describe("the rest", () => {
  test("is what was not done, looked at anew", async () => {
    const { told } = await follow("rest", "add", [
      { action: "add", ...inGroup("C1"), ...person("ben"), end: "failed" },
      { action: "add", ...inGroup("C2"), ...person("ben"), end: "unclear" },
      { action: "add", ...inGroup("C3"), ...person("ben"), end: "skipped" },
      { action: "add", ...inGroup("C3"), ...person("amy"), end: "done" },
      { action: "add", ...inGroup("C2"), ...person("amy"), end: "refused" },
    ]);
    expect(told).toEqual(["0 add C1 ben planned", "0 add C2 ben already-so", "0 add C3 ben planned"]);
  });

  test("of a swap that stopped halfway finishes it", async () => {
    const { told } = await follow("rest", "rename", [
      { action: "rename", ...inGroup("C1"), stage: 0, before: "first", after: "one", end: "done" },
      { action: "rename", ...inGroup("C2"), stage: 1, before: "two", after: "first", end: "failed" },
      { action: "rename", ...inGroup("C1"), stage: 2, before: "one", after: "two", end: "skipped" },
    ]);
    expect(told).toEqual(["0 rename C2 two → first planned", "1 rename C1 one → two planned"]);
  });

  test("never writes a message again while it is unclear whether it was written", async () => {
    const { told } = await follow("rest", "message", [
      { action: "send", ...inGroup("C1"), after: "Hi", end: "unclear" },
      { action: "send", ...inGroup("C2"), after: "Hi", end: "skipped" },
    ]);
    expect(told).toEqual(["0 send C1 null → Hi membership/outcome-unclear", "0 send C2 null → Hi planned"]);
  });

  test("of a group that was not created creates it with all that belongs to it", async () => {
    const ofNew = { newGroup: "new 1", groupName: "four" };
    const { told } = await follow("rest", "create", [
      { action: "create", ...ofNew, stage: 0, before: "private", after: "four", end: "failed" },
      { action: "describe", ...ofNew, stage: 1, after: "About", end: "skipped" },
      { action: "add", ...ofNew, stage: 2, ...person("amy"), end: "skipped" },
    ]);
    expect(told).toEqual([
      "0 create private → four planned",
      "1 describe null → About planned",
      "2 add amy planned",
    ]);
  });
});
