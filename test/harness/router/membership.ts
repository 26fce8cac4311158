import type { implement } from "@orpc/server";
import type { Contract } from "#shared/contract/index.ts";
import { ConnectionId, RunId } from "#shared/domain/ids.ts";
import {
  DEFAULT_CHANGE_BUDGETS,
  type MembershipSettings,
  type OperationDetail,
  OperationId,
  type OperationKind,
  type OperationRequest,
} from "#shared/domain/operation.ts";
import { type Fake, refusal } from "../fake-router.ts";
import { foundIn, foundProblems, previewIn } from "../fixture/found.ts";
import { matrixOf } from "../fixture/matrix.ts";
import {
  costsOf,
  countSteps,
  type FakeOperation,
  operationOf,
  operationsOf,
  stepsOf,
} from "../fixture/operations.ts";
import { teamOf } from "../fixture/team.ts";
import { watchOperation } from "./operation-progress.ts";

const REQUEST = "muster-approval-request:1:";
const APPROVAL = "muster-approval:1:";

function textOf(start: string, { detail }: FakeOperation): string {
  return `${start}${btoa(detail.id).replaceAll("=", "")}${"Zm9v".repeat(90)}`;
}

type Os = ReturnType<typeof implement<Contract>>["membership"];

const TITLES: Readonly<Record<OperationRequest["kind"], [OperationKind, string]>> = {
  add: ["add", "Add people"],
  remove: ["remove", "Remove people"],
  rename: ["rename", "Rename groups"],
  history: ["history", "Show the history"],
  create: ["create", "Create groups"],
  message: ["message", "Send messages"],
  undo: ["remove", "Undo"],
  rest: ["add", "The rest of it"],
};

export function fakeMembership(os: Os, fake: Fake) {
  const isHuge = fake.scenario === "huge";
  const team = teamOf(isHuge ? 44 : 13);
  const matrix = matrixOf(
    RunId.parse("run-20"),
    team,
    isHuge ? 1_000 : 72 + 402,
    fake.scenario === "partial",
  );
  const all = operationsOf(fake.scenario, matrix);
  let settings: MembershipSettings = {
    budgets: DEFAULT_CHANGE_BUDGETS,
    approvalAbove: null,
    approvers: [],
  };

  const find = (operationId: string): FakeOperation => {
    const found = all.find(({ detail }) => detail.id === operationId);
    if (!found) throw refusal("input/not-found");
    return found;
  };
  const change = (operation: FakeOperation, detail: Partial<OperationDetail>): OperationDetail => {
    operation.detail = {
      ...operation.detail,
      ...detail,
      counts: countSteps(operation.steps),
      costs: costsOf(operation.steps),
    };
    fake.announce("operations");
    return operation.detail;
  };

  return {
    plan: os.plan.handler(async ({ input }) => {
      await fake.weather();
      const [kind, title] = TITLES[input.kind];
      const id = `op-new-${all.length}`;
      all.unshift(operationOf({ id, kind, title, state: "planning", size: 0, agoMs: 0 }, matrix));
      const operation = find(id);
      setTimeout(() => {
        if (operation.detail.state !== "planning") return;
        operation.steps = stepsOf(kind, matrix, 120);
        change(operation, { state: "planned", plannedAtMs: Date.now() });
      }, 2_500);
      fake.announce("operations");
      return { operationId: operation.detail.id };
    }),
    list: os.list.handler(async ({ input }) => {
      await fake.weather();
      const from = Number(input.cursor ?? 0);
      const next = from + input.limit;
      return {
        items: all.slice(from, next).map(({ detail }) => detail),
        nextCursor: next < all.length ? String(next) : null,
        total: all.length,
      };
    }),
    get: os.get.handler(async ({ input }) => {
      await fake.weather();
      return find(input.operationId).detail;
    }),
    listSteps: os.listSteps.handler(async ({ input }) => {
      await fake.weather();
      const { steps } = find(input.operationId);
      const from = Number(input.cursor ?? 0);
      const next = from + input.limit;
      return {
        items: steps.slice(from, next),
        nextCursor: next < steps.length ? String(next) : null,
        total: steps.length,
      };
    }),
    choose: os.choose.handler(({ input }) => {
      const operation = find(input.operationId);
      const wanted = new Set(input.ordinals);
      operation.steps = operation.steps.map((step) =>
        wanted.has(step.ordinal) ? { ...step, isChosen: input.isChosen } : step,
      );
      return change(operation, {});
    }),
    confirm: os.confirm.handler(async ({ input }) => {
      await fake.weather();
      const operation = find(input.operationId);
      const { typedConfirmation: wanted } = operation.detail;
      if (wanted !== null && wanted !== input.typed) throw refusal("membership/confirmation-missing");
      if (operation.detail.id === "op-old") throw refusal("membership/plan-too-old");
      operation.steps = operation.steps.map((step) =>
        step.state === "planned" && !step.isChosen ? { ...step, state: "skipped" } : step,
      );
      return change(operation, { state: "running", confirmedAtMs: Date.now() });
    }),
    cancel: os.cancel.handler(({ input }) => {
      const operation = find(input.operationId);
      operation.steps = operation.steps.map((step) =>
        step.state === "planned" || step.state === "acting" ? { ...step, state: "skipped" } : step,
      );
      change(operation, { state: "cancelled", finishedAtMs: Date.now(), canUndo: true });
    }),
    resume: os.resume.handler(({ input }) => {
      change(find(input.operationId), { state: "running", failure: null });
    }),
    discard: os.discard.handler(({ input }) => {
      all.splice(all.indexOf(find(input.operationId)), 1);
      fake.announce("operations");
    }),
    progress: os.progress.handler(({ input, signal }) =>
      watchOperation(() => find(input.operationId), signal, change),
    ),
    approvalRequest: os.approvalRequest.handler(({ input }) => ({
      text: textOf(REQUEST, find(input.operationId)),
    })),
    readApprovalRequest: os.readApprovalRequest.handler(({ input }) => {
      if (!input.text.trim().startsWith(REQUEST)) throw refusal("membership/approval-invalid");
      return {
        operationId: OperationId.parse("op-of-a-colleague"),
        title: "Remove Kevin Example from 37 groups",
        kind: "remove" as const,
        steps: 37,
        counts: [{ action: "remove" as const, steps: 37 }],
        isSandbox: false,
        requestedBy: "aliya",
        atMs: Date.now() - 1_200_000,
        digest: "5be1d2c0".repeat(8),
      };
    }),
    signApproval: os.signApproval.handler(({ input }) => {
      if (!input.text.trim().startsWith(REQUEST)) throw refusal("membership/approval-invalid");
      return { text: `${APPROVAL}${"Zm9v".repeat(90)}` };
    }),
    approve: os.approve.handler(async ({ input }) => {
      await fake.weather();
      if (!input.text.trim().startsWith(APPROVAL)) throw refusal("membership/approval-invalid");
      return change(find(input.operationId), { state: "running", approvedBy: "Aliya Example" });
    }),
    approverKey: os.approverKey.handler(() => ({ publicKey: "k".repeat(43) })),
    previewRename: os.previewRename.handler(async ({ input: { rule } }) => {
      await fake.weather();
      if (rule.by !== "pattern") return previewIn(matrix, "iBTC", "bitsafe");
      if (rule.isRegularExpression && rule.find.startsWith("("))
        throw refusal("membership/bad-pattern", { pattern: rule.find });
      return previewIn(matrix, rule.find, rule.replacement);
    }),
    find: os.find.handler(async function* ({ input: { personId }, signal }) {
      await fake.weather();
      const told = { groups: null, problems: [], waits: [] };
      const isHeld = fake.scenario === "waiting";
      const untilMs = Date.now() + 40_000;
      const label = "Ana Roth";
      const waits = [
        {
          connectionId: ConnectionId.parse("telegram-1"),
          label,
          wait: { why: "Telegram asks for a pause.", untilMs },
        },
      ];
      const rounds = isHeld || fake.scenario === "running" ? Number.POSITIVE_INFINITY : 8;
      for (let done = 0; done < rounds; done++) {
        if (signal?.aborted) return;
        yield { ...told, done: Math.min(done, 9), total: 12, waits: isHeld ? waits : [] };
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      yield {
        done: 12,
        total: 12,
        groups: fake.scenario === "no-runs" ? [] : foundIn(matrix, personId),
        problems: fake.scenario === "partial" ? foundProblems() : [],
        waits: [],
      };
    }),
    exportReport: os.exportReport.handler(async ({ input }) => {
      await fake.weather();
      return {
        path: `/home/ana/Documents/${find(input.operationId).detail.kind}.${input.format}`,
        bytes: 4_000,
      };
    }),
    exportFound: os.exportFound.handler(async ({ input }) => {
      await fake.weather();
      return { path: `/home/ana/Documents/found.${input.format}`, bytes: 4_000 };
    }),
    helpWithStep: os.helpWithStep.handler(async ({ input }) => {
      await fake.weather();
      const step = find(input.operationId).steps.find(({ ordinal }) => ordinal === input.ordinal);
      if (step?.platform !== "telegram")
        return {
          how: "nobody",
          link: null,
          names: [],
          text: "Nobody of the team is known who could do it. Ask a workspace admin.",
        };
      const link = "https://t.me/+AbCdEf0123456789";
      return {
        how: "link",
        link,
        names: [],
        text: `Hi, could you please join? This link lets you in: ${link}`,
      };
    }),
    resolveGroups: os.resolveGroups.handler(({ input }) => {
      const named = input.lines.filter((line) => line.trim() !== "");
      const known = matrix.rows.map(({ group }) => group);
      const of = (line: string) =>
        known.filter(({ name }) => name.toLowerCase() === line.trim().toLowerCase());
      const once = [...new Set(named.map((line) => line.trim().toLowerCase()))];
      return {
        found: once.flatMap((line) => {
          const [only, ...others] = of(line);
          return only && others.length === 0
            ? { groupKey: only.key, name: only.name, platform: only.platform }
            : [];
        }),
        unknown: once.filter((line) => of(line).length === 0),
        duplicates: named.filter(
          (line, at) => once.includes(line.trim().toLowerCase()) && named.indexOf(line) !== at,
        ),
        ambiguous: once
          .filter((line) => of(line).length > 1)
          .map((line) => ({ line, names: of(line).map(({ name }) => name) })),
        emptyLines: input.lines.length - named.length,
      };
    }),
    resolvePeople: os.resolvePeople.handler(({ input }) => {
      const of = (line: string) =>
        team.filter(({ name }) => name.toLowerCase().includes(line.trim().toLowerCase()));
      return {
        found: input.lines.flatMap((line) => {
          const [only, ...others] = of(line);
          return only && others.length === 0 ? { personId: only.id, name: only.name } : [];
        }),
        unknown: input.lines.filter((line) => of(line).length === 0),
        duplicates: [],
        ambiguous: input.lines
          .filter((line) => of(line).length > 1)
          .map((line) => ({
            line,
            people: of(line).map(({ id, name, role }) => ({ personId: id, name, hint: role ?? "" })),
          })),
      };
    }),
    getSettings: os.getSettings.handler(async () => {
      await fake.weather();
      return settings;
    }),
    saveSettings: os.saveSettings.handler(({ input }) => {
      settings = input;
      fake.announce("operations");
      return settings;
    }),
  };
}
