import type { JobKind } from "#main/jobs/job-kind.ts";
import { countPlannedActions } from "#main/store/queries/planned-actions.ts";
import { findOperation, type OperationRow, updateOperation } from "#main/store/queries/operations.ts";
import type { Reader } from "#main/store/store.ts";
import type { ShownApprovalRequest } from "#shared/contract/approvals.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import type { OperationDetail, OperationId } from "#shared/domain/operation.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { EngineDeps } from "../membership-deps.ts";
import { digestSteps } from "../operations/digest-steps.ts";
import { readMembershipSettings } from "../operations/membership-settings.ts";
import { notFound } from "../operations/operation-actions.ts";
import type { OperationsDoor } from "../operations/operations.ts";
import { startRun } from "../operations/start-run.ts";
import type { RunPayload } from "../run/run-payload.ts";
import type { OperatorKey } from "../signing/operator-key.ts";
import { properKey } from "../signing/signature.ts";
import { type ApprovalRequest, composeApprovalRequest, stepsOf } from "./approval-request.ts";
import {
  readApproval,
  readApprovalRequest,
  type ReadRequest,
  signedText,
  writeApproval,
  writeApprovalRequest,
} from "./approval-text.ts";
import { decideApproval, invalid, isOutOfTime } from "./decide-approval.ts";

/** Somebody else's word for an operation, asked for, given and taken in. */
export interface ApprovalsDoor {
  /**
   * The line of text for a colleague. `membership/not-planned` unless the operation waits for an approval,
   * `membership/plan-too-old` once too much time has passed; `keychain/*`.
   */
  approvalRequest(input: { operationId: OperationId }): Promise<Result<{ text: string }, Failure>>;
  /** What a colleague's request is about. `membership/approval-invalid`. */
  readApprovalRequest(input: { text: string }): Promise<Result<ShownApprovalRequest, Failure>>;
  /**
   * Agrees to a colleague's request. `membership/own-approval` for a request of this very Muster,
   * `membership/approval-invalid`, `keychain/*`.
   */
  signApproval(input: { text: string }): Promise<Result<{ text: string }, Failure>>;
  /**
   * Takes in what a colleague signed and starts the operation, in one transaction. Fails as `decideApproval` does,
   * `membership/not-planned` when it does not wait for an approval (any more), `keychain/*`.
   */
  approve(input: { operationId: OperationId; text: string }): Promise<Result<OperationDetail, Failure>>;
  /** By which other Musters know this one. `keychain/*`. */
  approverKey(): Promise<Result<{ publicKey: string }, Failure>>;
}

export function createApprovals(
  deps: EngineDeps & { readonly operatorKey: OperatorKey },
  runJob: JobKind<RunPayload>,
  operations: Pick<OperationsDoor, "get">,
): ApprovalsDoor {
  const { store, clock, activity, operatorKey } = deps;

  async function requestOf(read: Reader, row: OperationRow, requesterKey: string): Promise<ApprovalRequest> {
    const digest = await digestSteps(read, row.id);
    const counts = await countPlannedActions(read, row.id);
    return composeApprovalRequest(row, { digest, counts, requesterKey });
  }

  /** Readable, still in time, and of a plan that needs no look at this computer's own data. */
  function readForeign(text: string): Result<ReadRequest, Failure> {
    const read = readApprovalRequest(text);
    if (read === null) return err(invalid("This is no approval request, or not the whole of it."));
    return isOutOfTime(read.request.atMs, clock.nowMs())
      ? err(invalid("It was made more than seven days ago."))
      : ok(read);
  }

  return {
    async approvalRequest({ operationId }) {
      const row = await findOperation(store.read, operationId);
      if (row === null) return notFound(operationId);
      if (row.state !== "awaiting-approval") return notWaiting(row);
      const key = await operatorKey.publicKey();
      if (!key.ok) return key;
      const request = await requestOf(store.read, row, key.value);
      return isOutOfTime(request.atMs, clock.nowMs())
        ? err(failure("membership/plan-too-old", { plannedAtMs: request.atMs }))
        : ok({ text: writeApprovalRequest(request) });
    },

    readApprovalRequest({ text }) {
      const read = readForeign(text);
      return Promise.resolve(read.ok ? ok(show(read.value.request)) : read);
    },

    async signApproval({ text }) {
      const read = readForeign(text);
      if (!read.ok) return read;
      const { request, payload } = read.value;
      const key = await operatorKey.publicKey();
      if (!key.ok) return key;
      if (properKey(request.requesterKey) === key.value) return err(failure("membership/own-approval"));
      const signature = await operatorKey.sign(signedText(payload));
      if (!signature.ok) return signature;
      // Written down before it leaves this room: what was agreed to can be shown later.
      await store.write((writer) =>
        activity.record(writer, {
          action: "approval.signed",
          target: request.operationId,
          why: request.title,
          outcome: "done",
          details: { requestedBy: request.requestedBy, steps: stepsOf(request), digest: request.digest },
        }),
      );
      deps.announce("activity");
      return ok({ text: writeApproval({ payload, publicKey: key.value, signature: signature.value }) });
    },

    async approve({ operationId, text }) {
      const approval = readApproval(text);
      if (approval === null) return err(invalid("This is no approval, or not the whole of it."));
      const key = await operatorKey.publicKey();
      if (!key.ok) return key;
      const refused = await store.write(async (writer): Promise<Failure | null> => {
        const row = await findOperation(writer, operationId);
        if (row === null) return failure("input/not-found", { operationId });
        if (row.state !== "awaiting-approval")
          return failure("membership/not-planned", { operationId, state: row.state });
        const wanted = await requestOf(writer, row, key.value);
        const nowMs = clock.nowMs();
        const { approvers } = await readMembershipSettings(writer);
        const decided = decideApproval(approval, wanted, { approvers, ownKey: key.value, nowMs });
        // What was confirmed and what is there now are one thing, or something changed the plan behind our back.
        if (decided.ok && wanted.digest !== row.digest)
          return invalid("The plan has changed since it was confirmed.");
        if (!decided.ok) return decided.error;
        const { name, publicKey } = decided.value;
        await updateOperation(writer, row.id, { approvedAtMs: nowMs, approvedBy: name });
        await activity.record(writer, {
          action: "operation.approved",
          target: row.id,
          why: `Approved by ${name}: ${row.title}`,
          outcome: "done",
          details: {
            kind: row.kind,
            approver: name,
            publicKey,
            digest: wanted.digest,
            approval: text.trim(),
          },
        });
        await startRun(deps, runJob, writer, row);
        return null;
      });
      if (refused !== null) return err(refused);
      deps.announce("activity");
      return operations.get({ operationId });
    },

    async approverKey() {
      const key = await operatorKey.publicKey();
      return key.ok ? ok({ publicKey: key.value }) : key;
    },
  };
}

function show(request: ApprovalRequest): ShownApprovalRequest {
  const { operationId, title, kind, counts, isSandbox, requestedBy, atMs, digest } = request;
  return { operationId, title, kind, steps: stepsOf(request), counts, isSandbox, requestedBy, atMs, digest };
}

function notWaiting({ id, state }: OperationRow): Result<never, Failure> {
  return err(failure("membership/not-planned", { operationId: id, state }));
}
