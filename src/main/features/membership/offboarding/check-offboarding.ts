import {
  findOffboarding,
  listOffboardingTasks,
  type OffboardingRow,
  type OffboardingTaskRow,
  replaceOffboardingTasks,
  updateOffboarding,
} from "#main/store/queries/offboardings.ts";
import { listSteps } from "#main/store/queries/operation-steps.ts";
import type { Reader, Writer } from "#main/store/store.ts";
import type { OffboardingCheckStep } from "#shared/contract/membership.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { GroupKey } from "#shared/domain/ids.ts";
import type { OffboardingTaskState } from "#shared/domain/offboarding.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { type Counts, tellWhile } from "../find/tell-while.ts";
import { settleRequests } from "../help/settle-requests.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import type { Needless } from "../policy/help-state.ts";
import { isOpenTask } from "../policy/offboarding-task.ts";
import { CHECKED, readOffboardingDetail } from "./describe-offboarding.ts";
import { type Everywhere, lookEverywhere } from "./look-everywhere.ts";

const STEPS_AT_ONCE = 500;

/** Asks every connection, then brings the tasks up to date in one transaction. Nothing is kept when it is cut off. */
export async function* checkOffboarding(
  deps: MembershipDeps,
  row: OffboardingRow,
  signal: AbortSignal,
): AsyncGenerator<OffboardingCheckStep, void, void> {
  const { store } = deps;
  const counts: Counts = { done: 0, total: 0 };
  const { team } = await deps.team.get();
  const person = team.find(({ id }) => id === row.personId) ?? takenOff(row);
  const before = await listOffboardingTasks(store.read, row.id);
  const tried = await readTried(store.read, row);
  const everywhere = yield* tellWhile({
    clock: deps.clock,
    signal,
    counts,
    work: (pace) => lookEverywhere(deps, { person, before, tried }, pace),
    tell: (): OffboardingCheckStep => ({ ...counts, detail: null }),
  });
  if (everywhere === null) return;
  const now = await store.write(async (writer) => {
    await keep(deps, writer, row, { ...everywhere, seen: before });
    return findOffboarding(writer, row.id);
  });
  yield { ...counts, detail: now === null ? null : await readOffboardingDetail(store.read, now) };
}

async function keep(
  deps: MembershipDeps,
  writer: Writer,
  { id, personName }: OffboardingRow,
  { tasks, seen, notAsked, deactivatedIn }: Everywhere & { readonly seen: readonly OffboardingTaskRow[] },
): Promise<void> {
  const nowMs = deps.clock.nowMs();
  const before = new Map((await listOffboardingTasks(writer, id)).map((task) => [task.groupKey, task]));
  const seenBefore = new Map(seen.map((task) => [task.groupKey, task]));
  const rows = tasks.map((task) => {
    const old = before.get(task.groupKey);
    // What was decided, or taken back, while the platforms were asked counts, unless the person is proven to be gone.
    const isNews = old !== undefined && !isSameTask(old, seenBefore.get(task.groupKey));
    const { state, note, isDecided } = isNews && task.state !== "gone" ? old : task;
    const isSame = old?.state === state && old.note === note;
    return { ...task, state, note, isDecided, updatedAtMs: isSame ? old.updatedAtMs : nowMs };
  });
  await replaceOffboardingTasks(writer, id, rows);
  await updateOffboarding(writer, id, { checkedAtMs: nowMs, deactivatedIn: [...deactivatedIn] });
  const states = new Map(rows.map(({ groupKey, state }) => [groupKey, state]));
  const settled = await settleRequests(writer, id, (key) => needlessWhen(states.get(key)), nowMs);
  await deps.activity.record(writer, {
    action: CHECKED,
    target: id,
    why: personName,
    outcome: "done",
    details: {
      groups: rows.length,
      open: rows.filter(isOpenTask).length,
      gone: rows.filter(({ state }) => state === "gone").length,
      settledRequests: settled,
      deactivatedIn,
      notAsked,
    },
  });
  deps.store.afterCommit(() => deps.announce("offboardings"));
}

function isSameTask(left: OffboardingTaskRow, right: OffboardingTaskRow | undefined): boolean {
  return left.updatedAtMs === right?.updatedAtMs && left.state === right.state && left.note === right.note;
}

/** Whether somebody still has to be asked about a group whose task stands so. */
function needlessWhen(state: OffboardingTaskState | undefined): Needless | null {
  if (state === "gone" || state === "kept") return state;
  return state === "remove" ? "ours" : null;
}

/** What the platform said no to, by group; the newest operation has the last word. */
async function readTried(
  read: Reader,
  { operationIds }: OffboardingRow,
): Promise<ReadonlyMap<GroupKey, Failure>> {
  const tried = new Map<GroupKey, Failure>();
  for (const operationId of operationIds) {
    let after: number | null = null;
    for (;;) {
      const steps: Awaited<ReturnType<typeof listSteps>> = await listSteps(
        read,
        { operationId, states: [], search: "" },
        { after, limit: STEPS_AT_ONCE },
      );
      for (const { groupKey, state, failure } of steps)
        if (groupKey === null) continue;
        else if (state === "refused" && failure !== null) tried.set(groupKey, failure);
        else tried.delete(groupKey);
      after = steps.at(-1)?.ordinal ?? null;
      if (steps.length < STEPS_AT_ONCE) break;
    }
  }
  return tried;
}

/** Somebody who was taken off the team has no accounts here any more: nothing can be settled about them. */
function takenOff({ personId, personName }: OffboardingRow): TeamMember {
  return { id: personId, name: personName, role: null, status: "inactive", email: null, identities: [] };
}
