import { z } from "zod";
import { EpochMs } from "#shared/domain/ids.ts";
import { OperationId, OperationKind, StepAction } from "#shared/domain/operation.ts";
import type { OperationRow } from "#main/store/queries/operations.ts";
import { DAY_MS } from "#shared/lib/time.ts";

/** How long an approval may take: later, too much has changed where the operation is to act. */
export const APPROVAL_GOOD_FOR_MS = 7 * DAY_MS;

/** A public key as another Muster shows it. */
const PublicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** What somebody else is asked to agree to. `digest` is over every chosen step, so it stands for the whole plan. */
export const ApprovalRequest = z.object({
  version: z.literal(1),
  operationId: OperationId,
  title: z.string().max(2_000),
  kind: OperationKind,
  /** How many steps of each action, in alphabetical order of the actions. */
  counts: z.array(z.object({ action: StepAction, steps: z.number().int().positive() })).max(20),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  isSandbox: z.boolean(),
  requestedBy: z.string().max(300),
  /** The key of the Muster that asks: whoever holds it cannot be the second person. */
  requesterKey: PublicKey,
  /** When the operator confirmed it. */
  atMs: EpochMs,
});
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;

/** The request of an operation that waits for an approval; the same operation gives the same request every time. */
export function composeApprovalRequest(
  row: OperationRow,
  { digest, counts, requesterKey }: Pick<ApprovalRequest, "digest" | "counts" | "requesterKey">,
): ApprovalRequest {
  return {
    version: 1,
    operationId: row.id,
    title: row.title.slice(0, 2_000),
    kind: row.kind,
    counts,
    digest,
    isSandbox: row.isSandbox,
    requestedBy: (row.confirmedBy ?? row.createdBy).slice(0, 300),
    requesterKey,
    atMs: row.confirmedAtMs ?? row.createdAtMs,
  };
}

/** Steps in all. */
export function stepsOf({ counts }: Pick<ApprovalRequest, "counts">): number {
  return counts.reduce((sum, { steps }) => sum + steps, 0);
}
