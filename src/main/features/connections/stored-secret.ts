import { z } from "zod";

/** What the keychain holds for one connection, as JSON text. */
const StoredSecret = z.object({
  accessToken: z.string().min(1),
  /** The three are null for a token that does not expire. */
  refreshToken: z.string().min(1).nullable(),
  expiresAtMs: z.number().int().nullable(),
  /** The app the token was granted to, which alone may refresh it. */
  clientId: z.string().min(1).nullable(),
});
export type StoredSecret = z.infer<typeof StoredSecret>;

export function formatSecret(secret: StoredSecret): string {
  return JSON.stringify(secret);
}

/** Null when the keychain's entry was not written by us. */
export function parseSecret(text: string): StoredSecret | null {
  try {
    return StoredSecret.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
