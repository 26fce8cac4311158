import { useQuery } from "@tanstack/react-query";
import type { OperationId, OperationProgress } from "#shared/domain/operation.ts";
import { orpc } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";

/** How far an operation is, told while it is at work; null before the first news and when it is not. */
export function useOperationProgress(operationId: OperationId, isAtWork: boolean): OperationProgress | null {
  const { data } = useQuery({
    ...orpc.membership.progress.experimental_liveOptions({ input: { operationId } }),
    enabled: isAtWork,
    // A stream is read while somebody looks at it, and opened anew the next time.
    gcTime: 0,
    staleTime: 0,
    retry: (_count: number, error: unknown) => toFailure(error).code === "link/lost",
    retryDelay: 1_000,
  });
  return isAtWork && data?.operationId === operationId ? data : null;
}
