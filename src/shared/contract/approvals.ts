import { oc } from "@orpc/contract";
import { z } from "zod";
import { EpochMs } from "../domain/ids.ts";
import { OperationDetail, OperationId, OperationKind, StepAction } from "../domain/operation.ts";
import { failing, keychainFailures, storeFailures } from "./failures.ts";

/** What a colleague asks to have approved, as an approver is to see it. */
export const ShownApprovalRequest = z.object({
  operationId: OperationId,
  title: z.string(),
  kind: OperationKind,
  /** In all, and for each action. */
  steps: z.number().int(),
  counts: z.array(z.object({ action: StepAction, steps: z.number().int() })),
  isSandbox: z.boolean(),
  requestedBy: z.string(),
  atMs: EpochMs,
  /** Of the chosen steps: the same plan has the same one on the other screen. */
  digest: z.string(),
});
export type ShownApprovalRequest = z.infer<typeof ShownApprovalRequest>;

/** A request or an approval is about a thousand characters; a title can make it a few thousand. */
const approvalText = z.object({ text: z.string().max(20_000) });
const operationInput = z.object({ operationId: OperationId });

/** Somebody else's word for an operation. */
export const approvalContract = {
  /** What an approver signs, as one line of text. */
  approvalRequest: oc
    .input(operationInput)
    .output(z.object({ text: z.string() }))
    .errors(
      failing(
        "input/not-found",
        "membership/not-planned",
        "membership/plan-too-old",
        ...keychainFailures,
        ...storeFailures,
      ),
    ),
  /** What a colleague's approval request is about; signs nothing. */
  readApprovalRequest: oc
    .input(approvalText)
    .output(ShownApprovalRequest)
    .errors(failing("membership/approval-invalid")),
  /** Signs a colleague's approval request with this Muster's own key. */
  signApproval: oc
    .input(approvalText)
    .output(z.object({ text: z.string() }))
    .errors(
      failing(
        "membership/approval-invalid",
        "membership/own-approval",
        ...keychainFailures,
        ...storeFailures,
      ),
    ),
  /** Takes in a signed approval; the operation then runs. */
  approve: oc
    .input(operationInput.extend(approvalText.shape))
    .output(OperationDetail)
    .errors(
      failing(
        "input/not-found",
        "membership/not-planned",
        "membership/plan-too-old",
        "membership/approval-invalid",
        "membership/own-approval",
        ...keychainFailures,
        ...storeFailures,
      ),
    ),
  /** This Muster's public key, by which another one knows its approvals. */
  approverKey: oc
    .output(z.object({ publicKey: z.string() }))
    .errors(failing(...keychainFailures, ...storeFailures)),
};
