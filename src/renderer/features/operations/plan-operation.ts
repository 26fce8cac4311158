import type { OperationId, OperationRequest } from "#shared/domain/operation.ts";
import { client } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { navigate } from "#renderer/ui/router.ts";

/**
 * Has a plan made and shows it; nothing is changed by that. Says in the corner why there is none. Never rejects; false
 * when no plan was begun.
 */
export async function planOperation(request: OperationRequest): Promise<boolean> {
  try {
    const { operationId } = await client.membership.plan(request);
    navigate(paths.operation(operationId));
    return true;
  } catch (error) {
    showFailure(error);
    return false;
  }
}

/** Puts an old plan away and has what it was to do planned anew. Never rejects. */
export async function planAgain(operationId: OperationId): Promise<void> {
  try {
    await client.membership.cancel({ operationId });
    await planOperation({ kind: "rest", operationId });
  } catch (error) {
    showFailure(error);
  }
}
