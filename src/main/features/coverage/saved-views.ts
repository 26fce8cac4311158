import { randomUUID } from "node:crypto";
import { deleteView, findViewByName, listViews, upsertView } from "#main/store/queries/coverage-views.ts";
import { type Failure, failure } from "#shared/domain/failure.ts";
import { SavedViewId } from "#shared/domain/ids.ts";
import type { SavedView } from "#shared/domain/matrix.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { CoverageDeps } from "./audit/audit-deps.ts";

type ViewInput = Omit<SavedView, "id"> & { id: SavedViewId | null };

/** Filters and sort orders that the operator named. A matter of taste, so not in the activity log. */
export interface SavedViews {
  /** By name. */
  listViews(): Promise<SavedView[]>;
  /** Adds a view, or replaces the one with its id. */
  saveView(input: ViewInput): Promise<Result<SavedView, Failure>>;
  removeView(input: { viewId: SavedViewId }): Promise<Result<void, Failure>>;
}

export function createSavedViews({ store, announce }: Pick<CoverageDeps, "store" | "announce">): SavedViews {
  async function saveView(input: ViewInput): Promise<Result<SavedView, Failure>> {
    const view = { ...input, id: input.id ?? SavedViewId.parse(`view-${randomUUID()}`) };
    return store.write(async (writer) => {
      const sameName = await findViewByName(writer, view.name);
      if (sameName !== null && sameName.id !== view.id) {
        return err(failure("input/name-taken", { name: view.name }));
      }
      await upsertView(writer, view);
      store.afterCommit(() => announce("views"));
      return ok(view);
    });
  }

  async function removeView({ viewId }: { viewId: SavedViewId }): Promise<Result<void, Failure>> {
    return store.write(async (writer) => {
      if (!(await deleteView(writer, viewId))) return err(failure("input/not-found", { viewId }));
      store.afterCommit(() => announce("views"));
      return ok(undefined);
    });
  }

  return { listViews: () => listViews(store.read), saveView, removeView };
}
