import { listHelpRequests, updateHelpRequest } from "#main/store/queries/help-requests.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import type { Pace } from "../plan/live-reading.ts";
import { joinWorld } from "../plan/plan-world.ts";
import { readStoredWorld } from "../plan/stored-world.ts";
import { mayDo, viewFor } from "../policy/ability.ts";
import { isPending, settleNeedless } from "../policy/help-state.ts";
import { describeRequests } from "./describe-requests.ts";
import { type Prepared, problemsOf, readRights } from "./prepare-requests.ts";

/**
 * Looks whether the rights that were asked for have come: requests for ownership of groups in which an account of ours may
 * rename now are answered, as the platform says just now. Requests to remove somebody are settled by checking their
 * offboarding. Answers every request, newest first.
 */
export async function checkRequests(deps: MembershipDeps, pace: Pace): Promise<Prepared> {
  const { store } = deps;
  const connections = await deps.connections.listAuditable();
  const readings = await readRights(deps, connections, pace);
  const world = joinWorld({
    connections,
    readings,
    stored: await readStoredWorld(store.read, deps.coverage),
  });
  pace.signal.throwIfAborted();
  await store.write(async (writer) => {
    const nowMs = deps.clock.nowMs();
    const requests = await describeRequests(writer, await listHelpRequests(writer));
    const come = requests.filter(({ purpose, state, groupKey, offboardingId }) => {
      const group = world.groupOf(groupKey);
      const view = viewFor("rename", group);
      // What every member may is no right that somebody who leaves has handed over.
      const isHandedOver = offboardingId === null || view?.right === "owner" || view?.right === "rename";
      const isOurs = view?.evidence === "live" && isHandedOver && mayDo("rename", group, view) === true;
      return purpose === "ownership" && isPending(state) && isOurs;
    });
    for (const { id, state } of come)
      await updateHelpRequest(writer, id, { ...settleNeedless(state, "come"), updatedAtMs: nowMs });
    await deps.activity.record(writer, {
      action: "help.checked",
      outcome: "done",
      details: { requests: requests.length, answered: come.map(({ id }) => id) },
    });
    store.afterCommit(() => deps.announce("offboardings"));
  });
  const found = readings.flatMap(({ connection, problem }) =>
    problem === null ? [] : [[connection.id, problem] as const],
  );
  return {
    requests: await describeRequests(store.read, await listHelpRequests(store.read)),
    problems: problemsOf(connections, new Map(found)),
  };
}
