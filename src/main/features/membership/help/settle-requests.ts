import { listHelpRequests, updateHelpRequest } from "#main/store/queries/help-requests.ts";
import type { Writer } from "#main/store/store.ts";
import type { GroupKey } from "#shared/domain/ids.ts";
import type { HelpRequestId, OffboardingId } from "#shared/domain/offboarding.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { type Needless, settleNeedless } from "../policy/help-state.ts";
import { describeRequests } from "./describe-requests.ts";

/**
 * Settles the requests of an offboarding that nobody has to see to any more; `whyOf` says why, by group, and null where
 * somebody still has to. Answers those that changed. Inside a write.
 */
export async function settleRequests(
  writer: Writer,
  offboardingId: OffboardingId,
  whyOf: (groupKey: GroupKey) => Needless | null,
  nowMs: EpochMs,
): Promise<HelpRequestId[]> {
  const own = (await listHelpRequests(writer)).filter((row) => row.offboardingId === offboardingId);
  const settled: HelpRequestId[] = [];
  for (const { id, groupKey, state } of await describeRequests(writer, own)) {
    const why = whyOf(groupKey);
    const change = why === null ? null : settleNeedless(state, why);
    if (change === null) continue;
    await updateHelpRequest(writer, id, { ...change, updatedAtMs: nowMs });
    settled.push(id);
  }
  return settled;
}
