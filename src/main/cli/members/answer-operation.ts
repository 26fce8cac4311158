import type { Application } from "#main/compose.ts";
import type { GroupLines } from "#shared/contract/membership.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { OperationDetail, OperationId, OperationStep } from "#shared/domain/operation.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { endsAfterMs } from "./operation-words.ts";

/** The largest page the contract knows. */
const PAGE = 1_000;

/** Every step, in order. `input/not-found`. */
export async function readSteps(
  { membership }: Pick<Application, "membership">,
  operationId: OperationId,
): Promise<Result<OperationStep[], Failure>> {
  const steps: OperationStep[] = [];
  for (let cursor: string | null = null; ;) {
    const page = await membership.listSteps({ operationId, states: [], search: "", cursor, limit: PAGE });
    if (!page.ok) return page;
    steps.push(...page.value.items);
    cursor = page.value.nextCursor;
    if (cursor === null) return ok(steps);
  }
}

/** An operation as `--json` prints it. Documented in docs/command-line.md. */
export function describeAnswer(
  operation: OperationDetail,
  steps: readonly OperationStep[] | null,
  more: { readonly dryRun?: boolean; readonly groupLines?: GroupLines | null } = {},
): object {
  const { id: operationId, isSandbox: sandbox, ...rest } = operation;
  return {
    operationId,
    ...rest,
    sandbox,
    endsAfterMs: endsAfterMs(operation),
    ...more,
    ...(steps === null ? {} : { steps }),
  };
}
