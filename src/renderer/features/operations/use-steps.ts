import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { SECOND_MS } from "#shared/lib/time.ts";
import type { OperationId, OperationStep, StepCounts } from "#shared/domain/operation.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";

const STEPS_A_PAGE = 1_000;

interface StepPage {
  readonly cursor: string | null;
  readonly items: readonly OperationStep[];
  readonly nextCursor: string | null;
}

export interface Steps {
  readonly pages: readonly StepPage[];
  readonly all: readonly OperationStep[];
}

const FINAL: ReadonlySet<OperationStep["state"]> = new Set([
  "done",
  "already-so",
  "refused",
  "failed",
  "skipped",
]);

export function stepsKey(operationId: OperationId): readonly unknown[] {
  return [...orpc.membership.listSteps.key({ input: { operationId } }), "all"];
}

/**
 * Every step of an operation, in the order of the plan: a table of them is searched and narrowed here, at once. While
 * `counts` change they are read again, the longer the list the more seldom; pages where nothing can change any more
 * are not.
 */
export function useSteps(operationId: OperationId, counts: StepCounts | null) {
  const isLive = counts !== null;
  const query = useQuery({
    queryKey: stepsKey(operationId),
    queryFn: ({ signal }) => readAll(operationId, isLive, signal),
  });
  const wanted = counts === null ? "" : Object.values(counts).join();
  const readAtMs = useRef(0);
  const length = query.data?.all.length ?? 0;
  useEffect(() => {
    if (wanted === "") return undefined;
    const pauseMs = SECOND_MS * (1 + length / STEPS_A_PAGE);
    const timer = setTimeout(
      () => {
        readAtMs.current = Date.now();
        void queryClient.invalidateQueries({ queryKey: stepsKey(operationId) });
      },
      Math.max(0, readAtMs.current + pauseMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [operationId, wanted, length]);
  return query;
}

async function readAll(operationId: OperationId, isLive: boolean, signal: AbortSignal): Promise<Steps> {
  const before = isLive ? queryClient.getQueryData<Steps>(stepsKey(operationId)) : undefined;
  const known = new Map(before?.pages.map((page) => [page.cursor, page]));
  const pages: StepPage[] = [];
  let cursor: string | null = null;
  do {
    const old: StepPage | undefined = known.get(cursor);
    const page: StepPage =
      old && isSettled(old)
        ? old
        : {
            cursor,
            ...(await client.membership.listSteps({ operationId, cursor, limit: STEPS_A_PAGE }, { signal })),
          };
    pages.push(page);
    cursor = page.nextCursor;
    // The first page is enough to look at while the others come.
    if (!before && pages.length === 1) show(operationId, pages);
  } while (cursor !== null);
  return stepsOf(pages);
}

function show(operationId: OperationId, pages: readonly StepPage[]): void {
  queryClient.setQueryData<Steps>(stepsKey(operationId), (known) => known ?? stepsOf([...pages]));
}

function stepsOf(pages: readonly StepPage[]): Steps {
  return { pages, all: pages.flatMap(({ items }) => items) };
}

/** A full page of steps that ended and were read back; one that is not full may grow while the plan is made. */
function isSettled({ items, nextCursor }: StepPage): boolean {
  const isFinal = ({ state, verifiedAtMs }: OperationStep): boolean =>
    FINAL.has(state) && (state !== "done" || verifiedAtMs !== null);
  return nextCursor !== null && items.every(isFinal);
}
