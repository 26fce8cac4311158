import type { Store } from "#main/store/index.ts";
import { failure } from "#shared/domain/failure.ts";
import { OperationRequest } from "#shared/domain/operation.ts";
import { err } from "#shared/lib/result.ts";
import { openPlanningLab, type PlanningLab } from "./planning-lab.ts";
import { scriptedConnection, smallTeam } from "./scripted-audit.ts";
import { createScriptedSlack } from "./scripted-slack.ts";

/** Everybody of the team into every channel. */
export const EVERYBODY_EVERYWHERE = OperationRequest.parse({
  kind: "add",
  platforms: ["slack"],
  targets: { by: "cross", people: { by: "everyone" }, groups: { by: "all" } },
});

/**
 * A lab whose channels `C0`, `C1`… were audited once and that nobody can be asked about any more, with a team of the people
 * `person U0`, `person U1`…; `isIn` says which of them is in which channel, by number.
 */
export async function openStoredLab(input: {
  readonly groups: number;
  readonly people: number;
  readonly isIn: (group: number, person: number) => boolean;
  readonly store?: Store;
}): Promise<PlanningLab> {
  const userIds = Array.from({ length: input.people }, (_, at) => `U${at}`);
  const slack = createScriptedSlack({
    owner: "UOWNER",
    users: [{ id: "UOWNER" }, ...userIds.map((id) => ({ id }))],
    channels: Array.from({ length: input.groups }, (_, at) => ({
      id: `C${at}`,
      name: `bitsafe-customer-${at}`,
      members: ["UOWNER", ...userIds.filter((_id, person) => input.isIn(at, person))],
    })),
  });
  const live = scriptedConnection(slack);
  let isOnline = true;
  const lab = await openPlanningLab({
    connections: [{ ...live, open: () => (isOnline ? live.open() : err(failure("network/unreachable"))) }],
    teamAndRules: smallTeam(Object.fromEntries(userIds.map((userId) => [`person ${userId}`, { userId }]))),
    ...(input.store ? { store: input.store } : {}),
  });
  await lab.audit();
  isOnline = false;
  return lab;
}
