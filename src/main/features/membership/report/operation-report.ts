import { setImmediate as nextTurn } from "node:timers/promises";
import { listSteps } from "#main/store/queries/operation-steps.ts";
import { findRequest, type OperationRow } from "#main/store/queries/operations.ts";
import type { Reader } from "#main/store/store.ts";
import type {
  Operation,
  OperationDetail,
  OperationId,
  OperationRequest,
  OperationStep,
} from "#shared/domain/operation.ts";
import type { EpochMs } from "#shared/lib/time.ts";
import { describeOperations, type OperationSources } from "../operations/describe-operation.ts";
import { describeStep } from "../operations/list-operations.ts";

/** Rows read and put into words at once; more would hold the main thread for too long. */
const STEPS_AT_ONCE = 500;

/** What every file about an operation begins with. */
export interface ReportHead extends Operation {
  readonly request: OperationRequest;
  readonly confirmedBy: string | null;
  readonly approvedAtMs: EpochMs | null;
  readonly problems: OperationDetail["problems"];
  /** Nothing of it has been done: it shows what would be. */
  readonly isPlan: boolean;
}

/** A step with what only a report tells. */
export interface ReportStep extends OperationStep {
  /** When the platform was last asked to do it; null when it never was. */
  readonly beganAtMs: EpochMs | null;
}

/** An operation as of now, with its steps in order, a few hundred at a time. */
export interface OperationReport {
  readonly head: ReportHead;
  steps(): AsyncGenerator<readonly ReportStep[], void, void>;
}

export async function readOperationReport(
  sources: OperationSources,
  row: OperationRow,
): Promise<OperationReport> {
  const [operation] = await describeOperations(sources, [row]);
  const request = await findRequest(sources.read, row.id);
  if (operation === undefined || request === null)
    throw new Error("an operation that is there could not be described");
  const { confirmedBy, approvedAtMs, problems, runJobId } = row;
  return {
    head: { ...operation, request, confirmedBy, approvedAtMs, problems, isPlan: runJobId === null },
    steps: () => readSteps(sources.read, row.id),
  };
}

async function* readSteps(
  read: Reader,
  operationId: OperationId,
): AsyncGenerator<readonly ReportStep[], void, void> {
  let after: number | null = null;
  for (;;) {
    const filter = { operationId, states: [], search: "" };
    const rows = await listSteps(read, filter, { after, limit: STEPS_AT_ONCE });
    if (rows.length > 0) yield rows.map((row) => ({ ...describeStep(row), beganAtMs: row.intentAtMs }));
    if (rows.length < STEPS_AT_ONCE) return;
    after = rows.at(-1)?.ordinal ?? null;
    await nextTurn();
  }
}
