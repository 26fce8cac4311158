import { writeFileSync } from "node:fs";
import path from "node:path";
import type { MembershipDeps } from "#main/features/membership/index.ts";
import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { PersonId } from "#shared/domain/ids.ts";
import type { OffboardingId } from "#shared/domain/offboarding.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";
import { findOperation } from "#main/store/queries/operations.ts";
import { startSandbox } from "#sandbox/start-sandbox.ts";
import { createHastyClock } from "#test/support/membership-lab.ts";
import { openTestPlanningLab } from "#test/support/open-planning-lab.ts";
import { openPlanningLab, type PlanningLab } from "#test/support/planning-lab.ts";
import { connectionTo } from "#test/support/sandbox-audit.ts";
import { bothTeamsOf, connectTelegram } from "#test/support/sandbox-telegram-audit.ts";
import { makeTemporaryFolder } from "#test/support/temporary-folder.ts";
import { meetEverybody } from "./engine-telegram.ts";
import { knowWorld } from "./engine-world.ts";

/** `cat` leaves: from groups of ours, of olga's where we are an admin or nobody, and of her own. */
const WORLD = {
  version: 1,
  people: [
    { id: "me", name: "Me Myself", role: "BD", tokenOwner: true },
    { id: "cat", name: "Cat Example", role: "BD" },
    { id: "olga", name: "Olga Owner", role: "BD" },
    { id: "left", name: "Left Example", role: "BD", deactivated: true },
  ],
  channels: [
    { name: "general", general: true, members: "*" },
    { name: "bitsafe-acme", members: ["me", "cat"] },
    { name: "bitsafe-globex", private: true, members: ["me", "cat"] },
    { name: "bitsafe-initech", members: ["me"] },
  ],
  telegramGroups: [
    group("Ours", "me", ["me", "cat", "olga"]),
    group("Umbrella", "olga", ["me", "cat", "olga"], { admins: [{ person: "me" }] }),
    group("Stark", "olga", ["me", "cat", "olga"], { membersMayNot: ["change_info"] }),
    group("Wayne", "cat", ["me", "cat"], { membersMayNot: ["change_info"] }),
    group("Without", "me", ["me", "olga"]),
  ],
};

function group(title: string, owner: string, members: readonly string[], rest: object = {}) {
  return { title: `${title} <> BitSafe`, kind: "supergroup", members, owner, ...rest };
}

export async function openOffboardingWorld(options: { readonly tables?: MembershipDeps["tables"] } = {}) {
  const file = path.join(makeTemporaryFolder(), "world.json");
  writeFileSync(file, JSON.stringify(WORLD));
  const sandbox = await startSandbox({ world: file, limits: false });
  const telegram = await connectTelegram(sandbox.ready, { windowScale: 0, longestWaitMs: 0 });
  await meetEverybody(telegram.session);
  const parts = {
    connections: [connectionTo(sandbox, { limitWindowMs: 1, deadlineMs: 1_000 }), telegram],
    teamAndRules: bothTeamsOf(sandbox),
    clock: createHastyClock(500),
    ...options,
  };
  const lab = await openTestPlanningLab(parts);
  return {
    lab,
    /** Another process, as it were, on the same data; the one before has to be stopped. */
    reopen: () => openPlanningLab({ ...parts, store: lab.store }),
    sandbox,
    world: knowWorld(() => sandbox.control.truth()),
    async close() {
      await telegram.session.close();
      await sandbox.close();
    },
  };
}

export function valueOf<Value>(result: Result<Value, Failure>): Value {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.facts)}`);
  return result.value;
}

export async function start({ membership }: PlanningLab, person: string): Promise<OffboardingId> {
  return valueOf(await membership.startOffboarding({ personId: PersonId.parse(person) })).id;
}

/** Asks the platforms, to the end. */
export async function check({ membership }: PlanningLab, id: OffboardingId): Promise<OffboardingDetail> {
  const steps = valueOf(
    await membership.checkOffboarding({ offboardingId: id }, new AbortController().signal),
  );
  let last: OffboardingDetail | null = null;
  for await (const { detail } of steps) last = detail;
  if (last === null) throw new Error("the check did not end");
  return last;
}

/** `group: state`, in the order of the names. */
export function tasksOf({ tasks }: OffboardingDetail): string[] {
  return tasks.map(({ groupName, state, isOwner }) =>
    [`${groupName.split(" ")[0]}: ${state}`, ...(isOwner ? ["(theirs)"] : [])].join(" "),
  );
}

/** Confirms what was planned, typing what is asked for, and waits for its end. */
export async function carryOut(lab: PlanningLab, operationId: OperationId): Promise<string> {
  const row = await findOperation(lab.store.read, operationId);
  if (row === null) throw new Error("it was not planned");
  await lab.jobs.settled(row.planJobId);
  const planned = valueOf(await lab.membership.get({ operationId }));
  valueOf(await lab.membership.confirm({ operationId, typed: planned.typedConfirmation }));
  const running = await findOperation(lab.store.read, operationId);
  if (!running?.runJobId) throw new Error("it was not started");
  await lab.jobs.settled(running.runJobId);
  return valueOf(await lab.membership.get({ operationId })).state;
}
