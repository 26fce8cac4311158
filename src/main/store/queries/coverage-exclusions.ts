import { asc, desc, eq } from "drizzle-orm";
import type { Exclusion } from "#shared/domain/coverage.ts";
import type { ExclusionId } from "#shared/domain/ids.ts";
import { exclusions } from "../schema/coverage.ts";
import type { Reader, Writer } from "../store.ts";

/** Expired ones too; newest first. */
export async function listExclusions(db: Reader): Promise<Exclusion[]> {
  return db.select().from(exclusions).orderBy(desc(exclusions.createdAtMs), asc(exclusions.id));
}

export async function insertExclusion(db: Writer, exclusion: Exclusion): Promise<void> {
  await db.insert(exclusions).values(exclusion);
}

/** The exclusion that was removed; null when there is none. */
export async function deleteExclusion(db: Writer, exclusionId: ExclusionId): Promise<Exclusion | null> {
  const [gone] = await db.delete(exclusions).where(eq(exclusions.id, exclusionId)).returning();
  return gone ?? null;
}
