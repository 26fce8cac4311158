import { tmpdir } from "node:os";
import path from "node:path";
import { createActivity } from "#main/features/activity/index.ts";
import { createCoverage, type Coverage } from "#main/features/coverage/index.ts";
import { createMembership, type Membership, type MembershipDeps } from "#main/features/membership/index.ts";
import { createMemoryKeychain } from "#main/platforms/keychain/index.ts";
import { createJobRunner, type JobRunner } from "#main/jobs/index.ts";
import type { Store } from "#main/store/index.ts";
import { listSteps, type OperationStepRow } from "#main/store/queries/operation-steps.ts";
import { findOperation } from "#main/store/queries/operations.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import { failure } from "#shared/domain/failure.ts";
import type { OperationDetail, OperationId, OperationRequest } from "#shared/domain/operation.ts";
import { silentLog } from "#shared/lib/log.ts";
import { err, ok } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { Clock } from "#shared/lib/time.ts";
import type { LabConnection } from "./coverage-lab.ts";
import { NO_TABLES } from "./membership-lab.ts";
import { openTemporaryStore } from "./temporary-store.ts";

/** Coverage and membership with everything real but the platforms, the clock and the other ground features. */
export interface PlanningLab {
  readonly store: Store;
  readonly jobs: JobRunner;
  readonly coverage: Coverage;
  readonly membership: Membership;
  /** Connections that were shown as signed out or out of reach, with the code of the reason. */
  readonly shown: string[];
  /** Audits everything, so that there are stored results. */
  audit(): Promise<void>;
  /** Plans and waits until the plan has ended, however it did. */
  settle(request: OperationRequest): Promise<OperationId>;
  /** Waits until an operation's plan has ended. */
  settled(id: OperationId): Promise<void>;
  /** Plans, waits, and says how it is then. */
  plan(request: OperationRequest): Promise<OperationDetail>;
  rows(id: OperationId): Promise<OperationStepRow[]>;
  stop(): Promise<void>;
}

export async function openPlanningLab(options: {
  readonly connections: readonly LabConnection[];
  readonly teamAndRules: TeamAndRules;
  readonly store?: Store;
  readonly clock?: Clock;
  /** Writes the files about operations; left out, nothing is written. */
  readonly tables?: MembershipDeps["tables"];
  readonly operationsFolder?: string;
}): Promise<PlanningLab> {
  const { clock = systemClock, connections } = options;
  const store = options.store ?? (await openTemporaryStore({ clock }));
  const announce = () => {};
  const shown: string[] = [];
  const jobs = createJobRunner({ store, clock, log: silentLog, announce, random: () => 0 });
  const note = (word: string) => (id: string) => {
    shown.push(`${id} ${word}`);
    return Promise.resolve();
  };
  const common = {
    store,
    clock,
    log: silentLog,
    jobs,
    announce,
    activity: createActivity({ store, clock, actor: "tester", announce }),
    team: { get: () => Promise.resolve(options.teamAndRules) },
    connections: {
      listAuditable: () => Promise.resolve(connections.map(({ connection }) => connection)),
      openSession(id) {
        const found = connections.find(({ connection }) => connection.id === id);
        return Promise.resolve(found && "open" in found ? found.open() : err(failure("input/not-found")));
      },
      openTelegramSession(id) {
        const found = connections.find(({ connection }) => connection.id === id);
        const isTelegram = found !== undefined && "openTelegram" in found;
        return Promise.resolve(isTelegram ? found.openTelegram() : err(failure("input/not-found")));
      },
      markSignedOut: note("signed-out"),
      markUnreachable: note("unreachable"),
      markLacking: (id, { code }) =>
        code === "slack/missing-scope" ? note("lacking")(id) : Promise.resolve(),
      markReady: note("ready"),
    } satisfies MembershipDeps["connections"],
  };
  const coverage = createCoverage({
    ...common,
    reports: { write: ({ path }) => Promise.resolve(ok({ path, bytes: 0 })) },
  });
  const membership = createMembership({
    ...common,
    coverage,
    operator: "tester",
    tables: options.tables ?? NO_TABLES,
    operationsFolder: options.operationsFolder ?? path.join(tmpdir(), "muster-no-operations"),
    timeZone: () => "Asia/Kolkata",
    keychain: createMemoryKeychain(),
  });
  await jobs.start({ schedules: false });

  async function settle(request: OperationRequest): Promise<OperationId> {
    const planned = await membership.plan(request);
    if (!planned.ok) throw new Error(planned.error.code);
    await settled(planned.value.operationId);
    return planned.value.operationId;
  }

  async function settled(operationId: OperationId): Promise<void> {
    const row = await findOperation(store.read, operationId);
    if (row === null) throw new Error("the operation was not kept");
    await jobs.settled(row.planJobId);
  }

  return {
    store,
    jobs,
    coverage,
    membership,
    shown,
    async audit() {
      const started = await coverage.start({ connectionIds: [], strategy: "auto", facts: "all" }, "console");
      if (!started.ok) throw new Error(started.error.code);
      await coverage.waitForEnd(started.value.runId);
    },
    settle,
    settled,
    async plan(request) {
      const detail = await membership.get({ operationId: await settle(request) });
      if (!detail.ok) throw new Error(detail.error.code);
      return detail.value;
    },
    rows: (operationId) =>
      listSteps(store.read, { operationId, states: [], search: "" }, { after: null, limit: 100_000 }),
    stop: () => jobs.stop(),
  };
}
