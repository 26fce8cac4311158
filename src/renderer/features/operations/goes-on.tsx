import { SECOND_MS } from "#shared/lib/time.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import { useNow } from "#renderer/ui/use-now.ts";
import { useOperationProgress } from "./use-operation-progress.ts";
import { whenWords } from "./when-words.ts";

/** When a waiting operation goes on. Nothing until that is known. */
export function GoesOn({ operationId }: { operationId: OperationId }) {
  const waiting = useOperationProgress(operationId, true)?.waiting;
  const nowMs = useNow(30 * SECOND_MS);
  if (!waiting) return null;
  return (
    <span title={waiting.why} className="tabular text-2xs whitespace-nowrap text-warn-fg">
      goes on at {whenWords(waiting.untilMs, nowMs)}
    </span>
  );
}
