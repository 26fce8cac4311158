import { telegramTrust } from "./trust.ts";

/** What a signed-in session is made of. */
export interface SessionKey {
  readonly dataCentre: number;
  /** The authorization key, 256 bytes. Whoever has it is signed in. */
  readonly bytes: Buffer;
  /** Whose server made it: `Trust.name`. */
  readonly trust: string;
}

const KEY_BYTES = 256;

const SESSION = /^1[A-Za-z0-9+/]+={0,2}$/;

/**
 * The session string of Telegram's JavaScript client (version 1: data centre, address, port, key), followed for other
 * servers than Telegram's own by `~` and the fingerprint of that server's key. The address in it is for those who
 * take the string elsewhere; ours comes from the data centre's number.
 */
export function formatSecret(key: SessionKey, host: string): string {
  const address = Buffer.from(host);
  const head = Buffer.alloc(3);
  head.writeUInt8(key.dataCentre, 0);
  head.writeInt16BE(address.length, 1);
  const port = Buffer.from([0, 80]);
  const session = `1${Buffer.concat([head, address, port, key.bytes]).toString("base64")}`;
  return key.trust === telegramTrust.name ? session : `${session}~${key.trust}`;
}

/** Null for what is not such a string. */
export function parseSecret(secret: string): SessionKey | null {
  const [session = "", trust = telegramTrust.name, ...more] = secret.trim().split("~");
  if (!SESSION.test(session) || more.length > 0) return null;
  const bytes = Buffer.from(session.slice(1), "base64");
  if (bytes.length < 5 + KEY_BYTES) return null;
  const keyAt = 5 + bytes.readInt16BE(1);
  if (bytes.length !== keyAt + KEY_BYTES) return null;
  const dataCentre = bytes.readUInt8(0);
  return dataCentre === 0 ? null : { dataCentre, bytes: bytes.subarray(keyAt), trust };
}
