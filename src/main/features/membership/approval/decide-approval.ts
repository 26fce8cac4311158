import { type Failure, failure } from "#shared/domain/failure.ts";
import type { Approver } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { APPROVAL_GOOD_FOR_MS, type ApprovalRequest } from "./approval-request.ts";
import { properKey } from "../signing/signature.ts";
import { isApprovalGenuine, type ReadApproval } from "./approval-text.ts";

/** Refuses an approval, and says in the operator's words why. */
export function invalid(why: string): Failure {
  return failure("membership/approval-invalid", {}, why);
}

/** Whether there is no time left to approve what was confirmed then. */
export function isOutOfTime(confirmedAtMs: EpochMs, nowMs: EpochMs): boolean {
  return nowMs - confirmedAtMs > APPROVAL_GOOD_FOR_MS;
}

/**
 * Whose word an approval is; everything it says is compared with what this Muster asks for now, so an approval of
 * another operation, of another plan or of another title is none.
 *
 * `membership/own-approval` when it is signed with this Muster's own key; `membership/plan-too-old` when it comes too
 * late; otherwise `membership/approval-invalid`, which says what is wrong with it.
 */
export function decideApproval(
  approval: ReadApproval,
  wanted: ApprovalRequest,
  {
    approvers,
    ownKey,
    nowMs,
  }: { readonly approvers: readonly Approver[]; readonly ownKey: string; readonly nowMs: EpochMs },
): Result<Approver, Failure> {
  const { request, publicKey } = approval;
  if (request.operationId !== wanted.operationId) return err(invalid("It is for another operation."));
  if (request.digest !== wanted.digest) return err(invalid("The plan is not the one that was approved."));
  if (isOutOfTime(wanted.atMs, nowMs))
    return err(failure("membership/plan-too-old", { plannedAtMs: wanted.atMs }));
  if (publicKey === ownKey) return err(failure("membership/own-approval"));
  const approver = approvers.find((one) => properKey(one.publicKey) === publicKey);
  if (!approver) return err(invalid("The key it is signed with is not among the approvers."));
  if (!isApprovalGenuine(approval)) return err(invalid("The signature does not hold."));
  // Signed, but not what was asked: the approver was shown something else.
  if (JSON.stringify(request) !== JSON.stringify(wanted))
    return err(invalid("What was shown to the approver is not what is asked for."));
  return ok(approver);
}
