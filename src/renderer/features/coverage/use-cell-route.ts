import { useCallback, useEffect, useMemo } from "react";
import { FindingKind } from "#shared/domain/coverage.ts";
import { CategoryId, GroupKey, PersonId, RunId } from "#shared/domain/ids.ts";
import { PresenceKind } from "#shared/domain/presence.ts";
import { paths } from "#renderer/api/paths.ts";
import { getRoute, navigate, useRoute } from "#renderer/ui/router.ts";
import { applyView, changeFilter } from "./matrix-state.ts";

export interface SelectedCell {
  readonly groupKey: GroupKey;
  readonly personId?: PersonId | undefined;
}

/** What the address of the screen says: which run, and which group or cell the panel shows. */
export function useCellRoute() {
  const { query } = useRoute();
  const runId = RunId.safeParse(query.get("run")).data ?? null;
  const groupKey = GroupKey.safeParse(query.get("group")).data;
  const personId = PersonId.safeParse(query.get("person")).data;
  const selected = useMemo<SelectedCell | null>(
    () => (groupKey ? { groupKey, personId } : null),
    [groupKey, personId],
  );
  const select = useCallback(
    (cell: SelectedCell | null) => navigate(paths.coverage(runId, cell ?? undefined), { replace: true }),
    [runId],
  );
  const showRun = useCallback((id: RunId | null) => navigate(paths.coverage(id)), []);
  return { runId, selected, select, showRun };
}

/** A link may narrow the matrix to one thing; then only that applies, and the address forgets it. */
export function useLinkedFilter(): void {
  const { query } = useRoute();
  const wanted = ["category", "finding", "presence"].some((name) => query.has(name));
  useEffect(() => {
    if (!wanted) return;
    const given = getRoute().query;
    const category = CategoryId.safeParse(given.get("category")).data;
    const finding = FindingKind.safeParse(given.get("finding")).data;
    const presence = PresenceKind.safeParse(given.get("presence")).data;
    applyView(null);
    changeFilter({
      categoryIds: category ? [category] : [],
      findings: finding ? [finding] : [],
      presence: presence ? [presence] : [],
    });
    navigate(paths.coverage(), { replace: true });
  }, [wanted]);
}
