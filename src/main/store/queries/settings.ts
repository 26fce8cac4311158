import { eq } from "drizzle-orm";
import { settings } from "../schema/settings.ts";
import type { Reader, Writer } from "../store.ts";

/** The stored value, unchecked; undefined when it was never set. */
export async function findSetting(db: Reader, name: string): Promise<unknown> {
  const row = db.select({ value: settings.value }).from(settings).where(eq(settings.name, name)).get();
  return row?.value;
}

export async function saveSetting(db: Writer, name: string, value: unknown): Promise<void> {
  db.insert(settings)
    .values({ name, value })
    .onConflictDoUpdate({ target: settings.name, set: { value } })
    .run();
}
