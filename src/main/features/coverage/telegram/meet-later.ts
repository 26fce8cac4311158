import type { PhaseEnd } from "#main/jobs/job-kind.ts";
import { setPeopleEvidence } from "#main/store/queries/coverage-evidence.ts";
import {
  accountsHere,
  endAfterFailure,
  phaseOf,
  restartItem,
  saveUsage,
  type TelegramAudit,
} from "../audit/connection-audit.ts";

/** Nothing goes over the wire for somebody who was not met meanwhile. */
const AT_ONCE = 4;

/**
 * Looks once more at the accounts that the connected one had not met when the run began: a member list or a description
 * that was read since may have named them, and then they can be asked about. `done` is 0 when there were none.
 */
export async function meetLater(audit: TelegramAudit): Promise<PhaseEnd> {
  const phase = phaseOf(audit, "met-later");
  const unmet = (await accountsHere(audit)).filter(({ reason }) => reason === "not-met");
  await audit.job.addItems(phase, [...new Set(unmet.map(({ userId }) => userId))]);
  return audit.job.forEachItem(phase, { concurrency: AT_ONCE }, async (item) => {
    const account = { runId: audit.runId, connectionId: audit.source.connectionId, userIds: [item.key] };
    const states = await audit.source.fetchStates({ userIds: [item.key], signal: item.signal });
    if (!states.ok) {
      const end = endAfterFailure(audit, item, states.error, () => Promise.resolve());
      return end === "restart" ? restartItem(audit, item, states.error) : end;
    }
    const state = states.value.get(item.key);
    const reason = state === "deactivated" ? "account-deactivated" : null;
    return {
      end: "done",
      save: async (writer) => {
        // Where their username went was told of an account that could not be met.
        if (state !== undefined) await setPeopleEvidence(writer, account, { reason, failure: null });
        await saveUsage(audit, writer);
      },
    };
  });
}
