import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { RunGroup } from "#shared/domain/coverage.ts";
import type { CategoryId } from "#shared/domain/ids.ts";
import { orpc } from "#renderer/api/client.ts";

export interface KnownGroups {
  /** By name. */
  readonly groups: readonly RunGroup[];
  readonly categories: readonly { readonly id: CategoryId; readonly name: string }[];
  readonly isLoading: boolean;
  /** Why nothing is known; null where it was merely not audited yet. */
  readonly error: unknown;
  readonly retry: () => void;
}

/** The customer groups of the newest results, and the categories of the rules. */
export function useKnownGroups(): KnownGroups {
  const matrix = useQuery(orpc.coverage.matrix.queryOptions({ input: { runId: null } }));
  const { refetch } = matrix;
  const team = useQuery(orpc.team.get.queryOptions());
  return useMemo(
    () => ({
      groups: (matrix.data?.rows ?? [])
        .map(({ group }) => group)
        .sort((a, b) => a.name.localeCompare(b.name)),
      categories: team.data?.rules.categories.map(({ id, name }) => ({ id, name })) ?? [],
      isLoading: matrix.isPending || team.isPending,
      error: matrix.data ? null : matrix.error,
      retry: () => void refetch(),
    }),
    [matrix.data, matrix.isPending, matrix.error, refetch, team.data, team.isPending],
  );
}
