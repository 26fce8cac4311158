import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { listSteps } from "#main/store/queries/operation-steps.ts";
import type { Reader } from "#main/store/store.ts";
import type { OperationId } from "#shared/domain/operation.ts";

/** Rows read at once; more would hold the main thread for too long. */
const STEPS_AT_ONCE = 1_000;

/**
 * SHA-256 over what an operation is going to do: every chosen step with its target, in order, as 64 hexadecimal digits.
 * Another choice, another plan or another operation gives another digest.
 */
export async function digestSteps(read: Reader, operationId: OperationId): Promise<string> {
  const hash = createHash("sha256").update(operationId);
  let after: number | null = null;
  for (;;) {
    await nextTurn();
    const filter = { operationId, states: ["planned" as const], search: "" };
    const steps = await listSteps(read, filter, { after, limit: STEPS_AT_ONCE });
    for (const step of steps.filter(({ isChosen }) => isChosen)) {
      const { ordinal, action, connectionId, groupKey, newGroup, groupName, userId, before } = step;
      hash.update(
        JSON.stringify([
          ordinal,
          action,
          connectionId,
          groupKey,
          newGroup,
          groupName,
          userId,
          before,
          step.after,
        ]),
      );
    }
    after = steps.at(-1)?.ordinal ?? null;
    if (steps.length < STEPS_AT_ONCE) return hash.digest("hex");
  }
}
