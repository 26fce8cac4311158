import {
  type HelpRequestRow,
  listMessageOperations,
  listSendings,
  type SendingRow,
} from "#main/store/queries/help-requests.ts";
import type { Reader } from "#main/store/store.ts";
import type { HelpRequest } from "#shared/domain/offboarding.ts";
import type { OperationId, OutgoingMessage } from "#shared/domain/operation.ts";
import { hasEnded } from "#shared/domain/operation-phase.ts";
import { currentHelpState, type KnownSending } from "../policy/help-state.ts";

export type Sendings = ReadonlyMap<string, KnownSending>;

/**
 * What became of the newest sending of each of these requests. One whose operation was discarded, or ended before its
 * message was planned, was never sent.
 */
export async function readSendings(read: Reader, rows: readonly HelpRequestRow[]): Promise<Sendings> {
  const sendings = new Map<string, KnownSending>();
  if (rows.length === 0) return sendings;
  const ids = new Set<string>(rows.map(({ id }) => id));
  const sinceMs = Math.min(...rows.map(({ createdAtMs }) => createdAtMs));
  const known = new Map<OperationId, readonly OutgoingMessage[]>();
  for (const { id: operationId, state, request } of await listMessageOperations(read, sinceMs)) {
    const messages = messagesOf(request, known);
    known.set(operationId, messages);
    const own = messages.filter(({ helpRequestId }) => helpRequestId !== undefined && ids.has(helpRequestId));
    if (own.length === 0) continue;
    const steps = await listSendings(read, operationId);
    for (const message of own) {
      const step = steps.find((each) => isOf(each, message)) ?? null;
      if (step === null && hasEnded(state)) continue;
      sendings.set(message.helpRequestId ?? "", {
        operationId,
        state: step?.state ?? null,
        failure: step?.failure ?? null,
        actedAtMs: step?.actedAtMs ?? null,
        isUnderWay: !hasEnded(state),
      });
    }
  }
  return sendings;
}

/** What goes on with an operation is about its messages. */
function messagesOf(
  request: Awaited<ReturnType<typeof listMessageOperations>>[number]["request"],
  known: ReadonlyMap<OperationId, readonly OutgoingMessage[]>,
): readonly OutgoingMessage[] {
  if (request.kind === "message") return request.messages;
  return request.kind === "rest" ? (known.get(request.operationId) ?? []) : [];
}

function isOf(step: SendingRow, message: OutgoingMessage): boolean {
  return (
    step.connectionId === message.connectionId &&
    step.userId === message.userId &&
    step.after === message.text
  );
}

/** Requests as the contract shows them, in their order. */
export async function describeRequests(
  read: Reader,
  rows: readonly HelpRequestRow[],
): Promise<HelpRequest[]> {
  const sendings = await readSendings(read, rows);
  return rows.map((row) => describeRequest(row, sendings));
}

function describeRequest(row: HelpRequestRow, sendings: Sendings): HelpRequest {
  const sending = sendings.get(row.id) ?? null;
  const state = currentHelpState(row, sending);
  return {
    ...row,
    state,
    sending:
      sending === null
        ? null
        : { operationId: sending.operationId, state: sending.state, failure: sending.failure },
    updatedAtMs: state === row.state ? row.updatedAtMs : (sending?.actedAtMs ?? row.updatedAtMs),
  };
}
