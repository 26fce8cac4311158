import { tmpdir } from "node:os";
import path from "node:path";
import { createActivity } from "#main/features/activity/index.ts";
import { type ApprovalsDoor, createApprovals } from "#main/features/membership/approval/approvals.ts";
import type { EngineDeps } from "#main/features/membership/membership-deps.ts";
import { createOperations, type OperationsDoor } from "#main/features/membership/operations/operations.ts";
import type { DraftStep } from "#main/features/membership/policy/draft-step.ts";
import { createReportJob } from "#main/features/membership/report/report-job.ts";
import { createOperatorKey } from "#main/features/membership/signing/operator-key.ts";
import { createRunJob } from "#main/features/membership/run/run-job.ts";
import { createJobRunner, type JobRunner } from "#main/jobs/index.ts";
import { createMemoryKeychain, type Keychain } from "#main/platforms/keychain/index.ts";
import type { Store } from "#main/store/index.ts";
import { insertSteps, listSteps, type OperationStepRow } from "#main/store/queries/operation-steps.ts";
import { findOperation, insertOperation, updateOperation } from "#main/store/queries/operations.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { failure } from "#shared/domain/failure.ts";
import { type ConnectionId, groupKeyOf, JobId, telegramGroupKeyOf } from "#shared/domain/ids.ts";
import type { Job } from "#shared/domain/job.ts";
import { OperationId, type OperationDetail, type OperationKind } from "#shared/domain/operation.ts";
import { silentLog } from "#shared/lib/log.ts";
import { err, ok } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { Clock } from "#shared/lib/time.ts";
import type { LabConnection } from "./coverage-lab.ts";
import { openTemporaryStore } from "./temporary-store.ts";

/** Operations with everything real but the platform, the clock and the plan, which the test draws up itself. */
export interface MembershipLab {
  readonly store: Store;
  readonly jobs: JobRunner;
  readonly operations: OperationsDoor;
  readonly approvals: ApprovalsDoor;
  readonly announced: string[];
  /** Connections that were shown as signed out or out of reach, with the code of the reason. */
  readonly shown: string[];
  /** Keeps an operation as a planner would leave it. */
  plan(id: string, kind: OperationKind, steps: readonly DraftStep[]): Promise<OperationId>;
  /** Confirms as the operator does, typing what is asked for. */
  confirm(id: OperationId): Promise<OperationDetail>;
  /** Waits until the operation's job rests. */
  settled(id: OperationId): Promise<Job>;
  rows(id: OperationId): Promise<OperationStepRow[]>;
  /** `ordinal action state`, with the code of the failure. */
  outcomes(id: OperationId): Promise<string[]>;
  /** The operation's state, and the code of what it met. */
  state(id: OperationId): Promise<string>;
  stop(): Promise<void>;
}

export async function openMembershipLab(options: {
  readonly connections: readonly LabConnection[];
  readonly store?: Store;
  readonly clock?: Clock;
  /** Writes the files about operations; left out, nothing is written. */
  readonly tables?: EngineDeps["tables"];
  readonly operationsFolder?: string;
  readonly keychain?: Keychain;
  /** As whom things are done. */
  readonly operator?: string;
}): Promise<MembershipLab> {
  const { clock = systemClock, operator = "tester" } = options;
  const store = options.store ?? (await openTemporaryStore({ clock }));
  const announced: string[] = [];
  const shown: string[] = [];
  const announce = (topic: string) => void announced.push(topic);
  const jobs = createJobRunner({ store, clock, log: silentLog, announce, random: () => 0 });
  const deps: EngineDeps = {
    store,
    clock,
    log: silentLog,
    jobs,
    activity: createActivity({ store, clock, actor: operator, announce }),
    announce,
    operator,
    tables: options.tables ?? NO_TABLES,
    operationsFolder: options.operationsFolder ?? path.join(tmpdir(), "muster-no-operations"),
    timeZone: () => "Asia/Kolkata",
    connections: connectionsOf(options.connections, shown),
  };
  const reportJob = createReportJob(deps);
  jobs.register(reportJob);
  const runJob = createRunJob(deps, reportJob);
  jobs.register(runJob);
  const operations = createOperations(deps, runJob);
  const operatorKey = createOperatorKey({ keychain: options.keychain ?? createMemoryKeychain(), store });
  const approvals = createApprovals({ ...deps, operatorKey }, runJob, operations);
  await jobs.start({ schedules: false });

  const rows = (id: OperationId) =>
    listSteps(store.read, { operationId: id, states: [], search: "" }, { after: null, limit: 100_000 });

  async function runJobIdOf(id: OperationId): Promise<JobId> {
    const row = await findOperation(store.read, id);
    if (!row?.runJobId) throw new Error("it was not confirmed");
    return row.runJobId;
  }

  return {
    store,
    jobs,
    operations,
    approvals,
    announced,
    shown,
    async plan(name, kind, steps) {
      const id = OperationId.parse(name);
      await store.write(async (writer) => {
        await insertOperation(writer, {
          id,
          kind,
          title: `Operation ${name}`,
          request: { kind: "undo", operationId: id },
          undoes: null,
          isSandbox: true,
          planJobId: JobId.parse(`plan-${name}`),
          recurrenceId: null,
          createdAtMs: clock.nowMs(),
          createdBy: operator,
        });
        for (let at = 0; at < steps.length; at += 250)
          await insertSteps(writer, id, at, steps.slice(at, at + 250));
        await updateOperation(writer, id, { state: "planned", plannedAtMs: clock.nowMs() });
      });
      return id;
    },
    async confirm(id) {
      const detail = await operations.get({ operationId: id });
      if (!detail.ok) throw new Error(detail.error.code);
      const confirmed = await operations.confirm({ operationId: id, typed: detail.value.typedConfirmation });
      if (!confirmed.ok) throw new Error(confirmed.error.code);
      return confirmed.value;
    },
    settled: async (id) => jobs.settled(await runJobIdOf(id)),
    rows,
    async outcomes(id) {
      return (await rows(id)).map(({ ordinal, action, state, failure: met }) =>
        [ordinal, action, state, ...(met ? [met.code] : [])].join(" "),
      );
    },
    async state(id) {
      const found = await operations.get({ operationId: id });
      if (!found.ok) return found.error.code;
      const { state, failure: met } = found.value;
      return met ? `${state} ${met.code}` : state;
    },
    stop: () => jobs.stop(),
  };
}

/** Writes no file: most tests are not about them. */
export const NO_TABLES: EngineDeps["tables"] = {
  writeText: (_, { path: file }) => Promise.resolve(ok({ path: file, bytes: 0 })),
  writeWorkbook: (_, { path: file }) => Promise.resolve(ok({ path: file, bytes: 0 })),
};

/** The parts of a step that a test does not name. */
export function draftStep(
  { id, platform, workspaceId }: Connection,
  step: Pick<DraftStep, "action"> & Partial<DraftStep>,
): DraftStep {
  const { action, groupId = null, groupKind = null, userId = null, newGroup = null } = step;
  const isTogether = platform === "slack" && action === "add";
  const target = groupId ?? newGroup ?? "-";
  const key = () =>
    platform === "slack"
      ? groupKeyOf("slack", workspaceId, target)
      : telegramGroupKeyOf(target, groupKind === "basic");
  return {
    stage: 0,
    batch: [action, target, ...(isTogether ? [] : [userId ?? step.after ?? ""])].join(" "),
    connectionId: id,
    platform,
    groupKey: groupId === null ? null : key(),
    groupName: target,
    personId: null,
    personName: userId,
    before: null,
    after: null,
    state: "planned",
    evidence: "live",
    failure: null,
    ...step,
    groupId,
    groupKind,
    userId,
    newGroup,
  };
}

/**
 * A clock on which nobody sits a wait of more than `patienceMs` out: time jumps to its end. Shorter ones take their time,
 * as the platforms of a test answer in real time.
 */
export function createHastyClock(patienceMs = 10_000): Clock {
  let aheadMs = 0;
  return {
    nowMs: () => systemClock.nowMs() + aheadMs,
    monotonicMs: () => systemClock.monotonicMs() + aheadMs,
    async sleep(delayMs, signal) {
      if (delayMs <= patienceMs) return systemClock.sleep(delayMs, signal);
      await systemClock.sleep(1, signal);
      aheadMs += delayMs;
    },
  };
}

function connectionsOf(connections: readonly LabConnection[], shown: string[]): EngineDeps["connections"] {
  const states = new Map<ConnectionId, Connection["state"]>();
  const show = (id: ConnectionId, state: Connection["state"], code: string): Promise<void> => {
    states.set(id, state);
    shown.push(`${state} ${code}`.trim());
    return Promise.resolve();
  };
  const notFound = err(failure("input/not-found"));
  return {
    listAuditable: () =>
      Promise.resolve(
        connections.map(({ connection }) => ({
          ...connection,
          state: states.get(connection.id) ?? connection.state,
        })),
      ),
    openSession(id) {
      const found = connections.find(({ connection }) => connection.id === id);
      return Promise.resolve(found && "open" in found ? found.open() : notFound);
    },
    openTelegramSession(id) {
      const found = connections.find(({ connection }) => connection.id === id);
      return Promise.resolve(found && "openTelegram" in found ? found.openTelegram() : notFound);
    },
    markSignedOut: (id, { code }) => show(id, "signed-out", code),
    markUnreachable: (id, { code }) => show(id, "unreachable", code),
    markLacking(_id, { code, facts }) {
      if (code === "slack/missing-scope") shown.push(`lacking ${String(facts["needed"])}`);
      return Promise.resolve();
    },
    markReady: (id) => show(id, "ready", ""),
  };
}
