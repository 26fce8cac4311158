import { z } from "zod";
import type { TelegramApp } from "#main/platforms/telegram/telegram-session.ts";

/** What the keychain holds for one account, as one JSON text: the session is of use to its application only. */
const StoredTelegramSecret = z.object({
  session: z.string().min(1),
  apiId: z.number().int().positive(),
  apiHash: z.string().min(1),
});
export type StoredTelegramSecret = z.infer<typeof StoredTelegramSecret>;

export function formatTelegramSecret(secret: StoredTelegramSecret): string {
  return JSON.stringify(secret);
}

/** Null when the keychain's entry was not written by us. */
export function parseTelegramSecret(text: string): StoredTelegramSecret | null {
  try {
    return StoredTelegramSecret.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function appOf({ apiId, apiHash }: StoredTelegramSecret): TelegramApp {
  return { apiId, apiHash };
}
