import { z } from "zod";
import { findSetting, saveSetting } from "#main/store/queries/settings.ts";
import type { Reader, Writer } from "#main/store/store.ts";
import { DEFAULT_TELLING, TellingSettings } from "#shared/domain/telling.ts";
import type { EpochMs } from "#shared/lib/time.ts";

const SETTINGS = "telling";
const SINCE = "telling-since";

/** Under which name the keychain holds the mail server's password. */
export const MAIL_PASSWORD = "mail:smtp";

const Stored = z.object({ settings: TellingSettings, hasMailPassword: z.boolean() });
export type StoredTelling = z.infer<typeof Stored>;

/** As stored; the defaults when there is nothing, or what there is no longer fits. */
export async function readTelling(read: Reader): Promise<StoredTelling> {
  const stored = Stored.safeParse(await findSetting(read, SETTINGS));
  return stored.success ? stored.data : { settings: DEFAULT_TELLING, hasMailPassword: false };
}

export async function writeTelling(writer: Writer, telling: StoredTelling): Promise<void> {
  await saveSetting(writer, SETTINGS, telling);
}

/** From when on runs are told of; null before Muster first told of any. */
export async function readTellingSince(read: Reader): Promise<EpochMs | null> {
  const since = z.number().safeParse(await findSetting(read, SINCE));
  return since.success ? since.data : null;
}

export async function writeTellingSince(writer: Writer, sinceMs: EpochMs): Promise<void> {
  await saveSetting(writer, SINCE, sinceMs);
}
