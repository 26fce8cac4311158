import { useMutation } from "@tanstack/react-query";
import { useCallback } from "react";
import type { OperationId } from "#shared/domain/operation.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { type Steps, stepsKey } from "./use-steps.ts";

interface Choice {
  readonly ordinals: readonly number[];
  readonly isChosen: boolean;
}

/** Leaves steps of a plan in or out: at once on the screen, and as they were if that could not be kept. */
export function useChooseSteps(operationId: OperationId): (choice: Choice) => void {
  const { mutate } = useMutation({
    // In the order of the clicks, so that the last one counts.
    scope: { id: `choose-${operationId}` },
    mutationFn: ({ ordinals, isChosen }: Choice) =>
      client.membership.choose({ operationId, ordinals: [...ordinals], isChosen }),
    onSuccess: (detail) =>
      queryClient.setQueryData(orpc.membership.get.queryKey({ input: { operationId } }), detail),
    onError: (error) => {
      showFailure(error);
      void queryClient.invalidateQueries({ queryKey: stepsKey(operationId) });
      void queryClient.invalidateQueries({ queryKey: orpc.membership.get.key({ input: { operationId } }) });
    },
  });
  return useCallback(
    (choice) => {
      if (choice.ordinals.length === 0) return;
      queryClient.setQueryData<Steps>(stepsKey(operationId), (steps) => steps && chosen(steps, choice));
      mutate(choice);
    },
    [operationId, mutate],
  );
}

function chosen({ pages }: Steps, { ordinals, isChosen }: Choice): Steps {
  const wanted = new Set(ordinals);
  const next = pages.map((page) => ({
    ...page,
    items: page.items.map((step) => (wanted.has(step.ordinal) ? { ...step, isChosen } : step)),
  }));
  return { pages: next, all: next.flatMap(({ items }) => items) };
}
