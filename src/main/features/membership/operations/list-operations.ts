import { countFilteredSteps, listSteps, type OperationStepRow } from "#main/store/queries/operation-steps.ts";
import { countOperations, listOperations } from "#main/store/queries/operations.ts";
import type { Reader } from "#main/store/store.ts";
import { type Operation, OperationId, type OperationStep, type StepState } from "#shared/domain/operation.ts";
import type { Page, PageRequest } from "#shared/domain/page.ts";
import { describeOperations, type OperationSources } from "./describe-operation.ts";

/** Newest first. A cursor is the last operation of the page before; it stays good when others come or go. */
export async function readOperationPage(
  sources: OperationSources,
  { cursor, limit }: PageRequest,
): Promise<Page<Operation>> {
  const before = cursor === null ? null : parseCursor(cursor);
  const found = await listOperations(sources.read, { before, limit: limit + 1 });
  const items = await describeOperations(sources, found.slice(0, limit));
  const last = items.at(-1);
  return {
    items,
    nextCursor: found.length > limit && last ? `${last.createdAtMs} ${last.id}` : null,
    total: await countOperations(sources.read),
  };
}

/** In the order of their ordinals; the cursor is the last one of the page before. */
export async function readStepPage(
  read: Reader,
  request: PageRequest & {
    readonly operationId: OperationId;
    readonly states: readonly StepState[];
    readonly search: string;
  },
): Promise<Page<OperationStep>> {
  const { cursor, limit } = request;
  const after = cursor !== null && /^\d+$/.test(cursor) ? Number(cursor) : null;
  const rows = await listSteps(read, request, { after, limit: limit + 1 });
  const items = rows.slice(0, limit).map(describeStep);
  return {
    items,
    nextCursor: rows.length > limit ? String(items.at(-1)?.ordinal) : null,
    total: await countFilteredSteps(read, request),
  };
}

/** A step as the contract shows it. */
export function describeStep(row: OperationStepRow): OperationStep {
  return {
    ordinal: row.ordinal,
    action: row.action,
    connectionId: row.connectionId,
    platform: row.platform,
    groupKey: row.groupKey,
    groupName: row.groupName,
    groupKind: row.groupKind,
    personId: row.personId,
    personName: row.personName,
    before: row.before,
    after: row.after,
    state: row.state,
    isChosen: row.isChosen,
    evidence: row.evidence,
    failure: row.failure,
    actedAtMs: row.actedAtMs,
    verifiedAtMs: row.verifiedAtMs,
  };
}

/** Null, the first page, when the cursor is none of ours. */
function parseCursor(cursor: string): { createdAtMs: number; id: OperationId } | null {
  const [createdAtMs = "", id = ""] = cursor.split(" ");
  const parsed = OperationId.safeParse(id);
  return /^\d+$/.test(createdAtMs) && parsed.success
    ? { createdAtMs: Number(createdAtMs), id: parsed.data }
    : null;
}
