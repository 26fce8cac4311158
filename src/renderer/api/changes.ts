import type { Query } from "@tanstack/react-query";
import type { ChangeTopic } from "#shared/contract/app.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import { client, orpc, queryClient } from "./client.ts";
import { useLinkState } from "./link-state.ts";

/** Which answers grow old when a topic changes. */
const STALE_ON: Record<ChangeTopic, () => readonly unknown[][]> = {
  connections: () => [[...orpc.connections.key()], [...orpc.coverage.plan.key()]],
  team: () => [[...orpc.team.key()], [...orpc.coverage.plan.key()], [...orpc.coverage.getPerson.key()]],
  rules: () => [
    [...orpc.team.key()],
    [...orpc.coverage.plan.key()],
    [...orpc.membership.previewRename.key()],
  ],
  // Not the progress stream: it brings its own news, and asking again would cut it.
  runs: () => [
    [...orpc.coverage.overview.key()],
    [...orpc.coverage.listRuns.key()],
    [...orpc.coverage.getRun.key()],
    [...orpc.coverage.compareRuns.key()],
    [...orpc.coverage.matrix.key()],
    [...orpc.coverage.getPerson.key()],
    [...orpc.coverage.getGroup.key()],
    [...orpc.coverage.cellHistory.key()],
    [...orpc.coverage.plan.key()],
    [...orpc.insights.listSchedules.key()],
    [...orpc.membership.previewRename.key()],
  ],
  exclusions: () => [
    [...orpc.coverage.listExclusions.key()],
    [...orpc.coverage.matrix.key()],
    [...orpc.coverage.getPerson.key()],
    [...orpc.coverage.getGroup.key()],
    [...orpc.coverage.overview.key()],
  ],
  views: () => [[...orpc.coverage.listViews.key()]],
  activity: () => [[...orpc.activity.key()]],
  jobs: () => [[...orpc.jobs.key()]],
  settings: () => [[...orpc.app.getSettings.key()]],
  notices: () => [[...orpc.app.notices.key()]],
  schedules: () => [[...orpc.insights.listSchedules.key()], [...orpc.membership.listRecurrences.key()]],
  telling: () => [[...orpc.insights.getTelling.key()]],
  noticed: () => [[...orpc.insights.noticed.key()]],
  // Not the progress stream, for the same reason as with runs.
  operations: () => [
    [...orpc.membership.list.key()],
    [...orpc.membership.get.key()],
    [...orpc.membership.listSteps.key()],
    [...orpc.membership.getSettings.key()],
    // A request follows the operation that sends it.
    [...orpc.membership.listHelpRequests.key()],
    [...orpc.membership.getOffboarding.key()],
  ],
  offboardings: () => [
    [...orpc.membership.listOffboardings.key()],
    [...orpc.membership.getOffboarding.key()],
    [...orpc.membership.listHelpRequests.key()],
    [...orpc.membership.getHelpTemplates.key()],
  ],
};

const RETRY_AFTER_MS = SECOND_MS;

/**
 * Listens for changes and asks again for what they touch, until the signal aborts. What was answered before it listened
 * is asked again, since changes may have been missed: after a lost connection that is everything.
 */
export async function followChanges(signal: AbortSignal): Promise<void> {
  let wasLost = false;
  while (!signal.aborted) {
    try {
      const changes = await client.app.changes(undefined, { signal });
      void queryClient.invalidateQueries(wasLost ? {} : { predicate: isSettled });
      wasLost = true;
      for await (const { topic } of changes) {
        for (const queryKey of STALE_ON[topic]()) void queryClient.invalidateQueries({ queryKey });
      }
    } catch {
      // The link's own state says what is wrong; here only the next attempt matters.
      if (useLinkState.getState().state === "missing") return;
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
  }
}

/** Answered, and no stream: those bring their own news. What is still asked is answered as it is now. */
function isSettled({ state }: Query): boolean {
  return state.status !== "pending" && state.fetchStatus === "idle";
}
