import { asc, eq } from "drizzle-orm";
import type { SavedViewId } from "#shared/domain/ids.ts";
import type { SavedView } from "#shared/domain/matrix.ts";
import { savedViews } from "../schema/coverage.ts";
import type { Reader, Writer } from "../store.ts";

/** By name. */
export async function listViews(db: Reader): Promise<SavedView[]> {
  return db.select().from(savedViews).orderBy(asc(savedViews.name));
}

export async function findViewByName(db: Reader, name: string): Promise<SavedView | null> {
  const [view] = await db.select().from(savedViews).where(eq(savedViews.name, name));
  return view ?? null;
}

/** Adds the view, or replaces the one with its id. */
export async function upsertView(db: Writer, view: SavedView): Promise<void> {
  const { id: _id, ...content } = view;
  await db.insert(savedViews).values(view).onConflictDoUpdate({ target: savedViews.id, set: content });
}

/** False when there is none. */
export async function deleteView(db: Writer, viewId: SavedViewId): Promise<boolean> {
  const [gone] = await db
    .delete(savedViews)
    .where(eq(savedViews.id, viewId))
    .returning({ id: savedViews.id });
  return gone !== undefined;
}
