import { sha1 } from "#sandbox/telegram/crypto/hashes.ts";
import { decryptIge } from "#sandbox/telegram/crypto/ige.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { OpenMethodTable } from "#sandbox/telegram/rpc/open-method.ts";
import { PROTOCOL_SCHEMA } from "#sandbox/telegram/tl/schema.ts";
import { TlReader } from "#sandbox/telegram/tl/tl-reader.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { AuthKey } from "#sandbox/telegram/wire/auth-key.ts";

/** Perfect forward secrecy: core.telegram.org/api/pfs (checked 2026-11). */
export const TEMPORARY_KEY_METHODS: OpenMethodTable = {
  "auth.bindTempAuthKey": (request, { side, session }) => {
    const temporary = session.key;
    if (temporary.expiresAtS === null) throw new RpcError(400, "TEMP_AUTH_KEY_EMPTY");
    const lasting = side.findKey(request["perm_auth_key_id"] as bigint);
    const inner = lasting && openBinding(lasting, Buffer.from(request["encrypted_message"] as Uint8Array));
    const fits =
      inner?._ === "bind_auth_key_inner" &&
      inner["nonce"] === request["nonce"] &&
      inner["temp_auth_key_id"] === temporary.id &&
      inner["perm_auth_key_id"] === lasting?.id &&
      inner["temp_session_id"] === session.id &&
      inner["expires_at"] === request["expires_at"];
    if (!lasting || !fits) throw new RpcError(400, "ENCRYPTED_MESSAGE_INVALID");
    temporary.boundTo = lasting;
    lasting.client ??= temporary.client;
    return true;
  },
};

/** The binding message is encrypted with the lasting key in the manner of MTProto 1.0, as documented. */
function openBinding(key: AuthKey, message: Buffer): TlObject | null {
  if (message.length < 24 + 16 || (message.length - 24) % 16 !== 0) return null;
  if (message.readBigInt64LE(0) !== key.id) return null;
  const messageKey = message.subarray(8, 24);
  const { secret } = key;
  const a = sha1(messageKey, secret.subarray(0, 32));
  const b = sha1(secret.subarray(32, 48), messageKey, secret.subarray(48, 64));
  const c = sha1(secret.subarray(64, 96), messageKey);
  const d = sha1(messageKey, secret.subarray(96, 128));
  const aesKey = Buffer.concat([a.subarray(0, 8), b.subarray(8, 20), c.subarray(4, 16)]);
  const iv = Buffer.concat([a.subarray(8, 20), b.subarray(0, 8), c.subarray(16, 20), d.subarray(0, 8)]);
  const plain = decryptIge(message.subarray(24), aesKey, iv);
  // Random 16 bytes, message id, sequence number and length come before the message.
  const length = plain.readInt32LE(28);
  if (length < 4 || length > plain.length - 32) return null;
  const hash = sha1(plain.subarray(0, 32 + length));
  if (!hash.subarray(4, 20).equals(messageKey)) return null;
  return new TlReader(plain.subarray(32, 32 + length), PROTOCOL_SCHEMA).object();
}
