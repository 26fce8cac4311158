import type { Operation, OperationKind, OperationState } from "#shared/domain/operation.ts";

/** What the list is narrowed to. An empty list means no restriction. */
export interface OperationFilter {
  readonly search: string;
  readonly kinds: readonly OperationKind[];
  readonly states: readonly OperationState[];
}

export const NO_FILTER: OperationFilter = { search: "", kinds: [], states: [] };

/** Whether an operation is among those asked for; the search looks at title and operator, without regard to case. */
export function fitsFilter(
  { title, createdBy, kind, state }: Pick<Operation, "title" | "createdBy" | "kind" | "state">,
  { search, kinds, states }: OperationFilter,
): boolean {
  const words = search.trim().toLocaleLowerCase();
  return (
    (kinds.length === 0 || kinds.includes(kind)) &&
    (states.length === 0 || states.includes(state)) &&
    `${title}\n${createdBy}`.toLocaleLowerCase().includes(words)
  );
}
