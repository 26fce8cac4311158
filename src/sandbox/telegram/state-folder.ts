import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerKey } from "#sandbox/telegram/crypto/server-key.ts";
import type { AuthKey } from "#sandbox/telegram/wire/auth-key.ts";

/** A key and its sign-in as they are kept over a restart. */
export interface KeptKey {
  readonly secretHex: string;
  readonly createdMs: number;
  readonly dcId: number | null;
  readonly layer: number;
  readonly client: AuthKey["client"];
  /** Null for a key nobody is signed in with. */
  readonly userId: string | null;
  readonly hash: string;
  readonly signedInS: number;
}

export interface KeptState {
  readonly privateKeyPem: string;
  readonly keys: readonly KeptKey[];
}

const FILE = "telegram-state.json";

/** What an earlier sandbox left in the folder; null when it is the first. Throws for a file that cannot be read. */
export function readState(folder: string): KeptState | null {
  let text: string;
  try {
    text = readFileSync(join(folder, FILE), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return JSON.parse(text) as KeptState;
}

/** Leaves the server's key and the lasting authorization keys for the next sandbox, readable by this user only. */
export function writeState(folder: string, serverKey: ServerKey, keys: Iterable<AuthKey>): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const state: KeptState = {
    privateKeyPem: serverKey.privateKeyPem,
    keys: [...keys].filter((key) => key.expiresAtS === null).map(keep),
  };
  const file = join(folder, FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function keep({ secret, createdMs, dcId, layer, client, authorization }: AuthKey): KeptKey {
  return {
    secretHex: secret.toString("hex"),
    createdMs,
    dcId,
    layer,
    client,
    userId: authorization ? String(authorization.account.userId) : null,
    hash: String(authorization?.hash ?? 0n),
    signedInS: authorization?.createdS ?? 0,
  };
}
