import { randomUUID } from "node:crypto";
import {
  findOffboarding,
  findOpenOffboarding,
  insertOffboarding,
  listOffboardings,
  type OffboardingRow,
  updateOffboarding,
  updateOffboardingTask,
} from "#main/store/queries/offboardings.ts";
import type { Writer } from "#main/store/store.ts";
import type { OffboardingCheckStep, OffboardingDetail } from "#shared/contract/membership.ts";
import { nameAt } from "#shared/domain/connection-name.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { GroupKey, PersonId } from "#shared/domain/ids.ts";
import {
  type Offboarding,
  OffboardingId,
  type OffboardingState,
  type TaskDecision,
} from "#shared/domain/offboarding.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { settleRequests } from "../help/settle-requests.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import type { PlanningDoor } from "../plan/planning.ts";
import { isOpenTask } from "../policy/offboarding-task.ts";
import { checkOffboarding } from "./check-offboarding.ts";
import { describeOffboardings, readOffboardingDetail } from "./describe-offboarding.ts";

interface Which {
  readonly offboardingId: OffboardingId;
}

/** The offboardings' part of the door. */
export interface OffboardingDoor {
  listOffboardings(): Promise<Offboarding[]>;
  startOffboarding(input: { readonly personId: PersonId }): Promise<Result<Offboarding, Failure>>;
  getOffboarding(input: Which): Promise<Result<OffboardingDetail, Failure>>;
  /**
   * Asks every connection where the person is now. Nothing is kept of a check that was cut off; the last step has how
   * things are then.
   */
  checkOffboarding(
    input: Which,
    signal: AbortSignal,
  ): Promise<Result<AsyncGenerator<OffboardingCheckStep, void, void>, Failure>>;
  /** The operation waits to be looked at and confirmed, as any other. */
  planOffboarding(input: Which): Promise<Result<{ operationId: OperationId }, Failure>>;
  setOffboardingTask(
    input: Which & {
      readonly groupKey: GroupKey;
      readonly decision: TaskDecision;
      readonly note: string | null;
    },
  ): Promise<Result<OffboardingDetail, Failure>>;
  closeOffboarding(
    input: Which & { readonly state: OffboardingState },
  ): Promise<Result<Offboarding, Failure>>;
}

export function createOffboardings(deps: MembershipDeps, planning: PlanningDoor): OffboardingDoor {
  const { store, clock, activity } = deps;

  /** Inside a write: tells the screens once it has committed. */
  const announce = () => {
    store.afterCommit(() => deps.announce("offboardings"));
  };

  async function detailOf(offboardingId: OffboardingId): Promise<Result<OffboardingDetail, Failure>> {
    const row = await findOffboarding(store.read, offboardingId);
    return row === null ? notFound(offboardingId) : ok(await readOffboardingDetail(store.read, row));
  }

  async function findOpen(offboardingId: OffboardingId): Promise<Result<OffboardingRow, Failure>> {
    const row = await findOffboarding(store.read, offboardingId);
    if (row === null) return notFound(offboardingId);
    return row.state === "open" ? ok(row) : err(failure("membership/offboarding-closed", { offboardingId }));
  }

  async function offboardingOf(offboardingId: OffboardingId): Promise<Result<Offboarding, Failure>> {
    const row = await findOffboarding(store.read, offboardingId);
    const [described] = row === null ? [] : await describeOffboardings(store.read, [row]);
    return described === undefined ? notFound(offboardingId) : ok(described);
  }

  async function startOffboarding({ personId }: { readonly personId: PersonId }) {
    const { team } = await deps.team.get();
    const person = team.find(({ id }) => id === personId);
    if (person === undefined) return err(failure("input/not-found", { personId }));
    const id = OffboardingId.parse(`offboarding-${randomUUID()}`);
    const refused = await store.write(async (writer) => {
      if ((await findOpenOffboarding(writer, personId)) !== null)
        return failure("input/name-taken", { name: person.name });
      await insertOffboarding(writer, {
        id,
        personId,
        personName: person.name,
        state: "open",
        createdAtMs: clock.nowMs(),
        closedAtMs: null,
        checkedAtMs: null,
        deactivatedIn: [],
        operationIds: [],
      });
      await activity.record(writer, {
        action: "offboarding.started",
        target: id,
        why: person.name,
        outcome: "done",
        details: { personId },
      });
      announce();
      return null;
    });
    return refused === null ? offboardingOf(id) : err(refused);
  }

  async function planOffboarding({ offboardingId }: Which) {
    const found = await findOpen(offboardingId);
    if (!found.ok) return found;
    const { tasks } = await readOffboardingDetail(store.read, found.value);
    const groups = tasks.filter(({ state }) => state === "remove");
    if (groups.length === 0) return err(failure("membership/nothing-to-do", { offboardingId }));
    const { personId, personName } = found.value;
    return planning.plan(
      {
        kind: "remove",
        targets: { by: "pair", pairs: groups.map(({ groupKey }) => ({ groupKey, personId })) },
        platforms: [...new Set(groups.map(({ platform }) => platform))],
      },
      undefined,
      async (writer, operationId) => {
        const now = await findOffboarding(writer, offboardingId);
        if (now === null) return;
        await updateOffboarding(writer, offboardingId, { operationIds: [...now.operationIds, operationId] });
        await activity.record(writer, {
          action: "offboarding.removal-planned",
          target: offboardingId,
          why: personName,
          outcome: "done",
          details: { operationId, groups: groups.length },
        });
        announce();
      },
    );
  }

  async function setOffboardingTask({
    offboardingId,
    groupKey,
    decision,
    note,
  }: Parameters<OffboardingDoor["setOffboardingTask"]>[0]): Promise<Result<OffboardingDetail, Failure>> {
    const refused = await store.write(async (writer) => {
      const row = await findOffboarding(writer, offboardingId);
      if (row === null) return failure("input/not-found", { offboardingId });
      if (row.state !== "open") return failure("membership/offboarding-closed", { offboardingId });
      // Taken back, it is not known how things are until they are looked at again.
      const state = decision === "open" ? "unknown" : decision;
      const kept = note ?? (decision === "open" ? "Not checked since it was opened again." : null);
      const isDecided = decision === "kept";
      const change = { state, note: kept, isDecided, updatedAtMs: clock.nowMs() } as const;
      if (!(await updateOffboardingTask(writer, { offboardingId, groupKey }, change)))
        return failure("input/not-found", { groupKey });
      const whyOf = (key: GroupKey) => (key === groupKey && decision === "kept" ? decision : null);
      const settledRequests = await settleRequests(writer, offboardingId, whyOf, clock.nowMs());
      await activity.record(writer, {
        action: "offboarding.task-decided",
        target: offboardingId,
        why: note ?? row.personName,
        outcome: "done",
        details: { groupKey, decision, settledRequests },
      });
      announce();
      return null;
    });
    return refused === null ? detailOf(offboardingId) : err(refused);
  }

  async function closeIn(
    writer: Writer,
    { offboardingId, state }: Which & { readonly state: OffboardingState },
  ): Promise<Failure | null> {
    const row = await findOffboarding(writer, offboardingId);
    if (row === null) return failure("input/not-found", { offboardingId });
    if (row.state === state) return null;
    if (state === "done") {
      const { tasks, notAsked } = await readOffboardingDetail(writer, row);
      const open = tasks.filter(isOpenTask).length;
      const blocking = notAsked
        .filter(({ blocks }) => blocks)
        .map(({ platform, label }) => nameAt(platform, label));
      if (open > 0 || blocking.length > 0 || row.checkedAtMs === null)
        return failure("membership/offboarding-open", {
          open,
          notAsked: blocking,
          wasChecked: row.checkedAtMs !== null,
        });
    }
    if (state === "open" && (await findOpenOffboarding(writer, row.personId)) !== null)
      return failure("input/name-taken", { name: row.personName });
    const closedAtMs = state === "open" ? null : clock.nowMs();
    await updateOffboarding(writer, offboardingId, { state, closedAtMs });
    const isOver = () => (state === "open" ? null : ("closed" as const));
    const settledRequests = await settleRequests(writer, offboardingId, isOver, clock.nowMs());
    await activity.record(writer, {
      action: CLOSING[state],
      target: offboardingId,
      why: row.personName,
      outcome: "done",
      details: { before: row.state, settledRequests },
    });
    announce();
    return null;
  }

  return {
    startOffboarding,
    planOffboarding,
    setOffboardingTask,

    listOffboardings: async () => describeOffboardings(store.read, await listOffboardings(store.read)),

    getOffboarding: ({ offboardingId }) => detailOf(offboardingId),

    async checkOffboarding({ offboardingId }, signal) {
      const found = await findOpen(offboardingId);
      return found.ok ? ok(checkOffboarding(deps, found.value, signal)) : found;
    },

    async closeOffboarding(input) {
      const refused = await store.write((writer) => closeIn(writer, input));
      return refused === null ? offboardingOf(input.offboardingId) : err(refused);
    },
  };
}

const CLOSING: Readonly<Record<OffboardingState, string>> = {
  done: "offboarding.closed",
  dropped: "offboarding.dropped",
  open: "offboarding.reopened",
};

function notFound(offboardingId: OffboardingId): Result<never, Failure> {
  return err(failure("input/not-found", { offboardingId }));
}
