import { hashText, mixBits } from "#sandbox/world/random.ts";

/**
 * The access hash of a user or channel for one viewer: fixed for a seed, different for every account, never 0
 * (core.telegram.org/api/peers#access-hash, checked 2026-11). `viewer` is an index into `TelegramWorld.users`.
 */
export function accessHash(
  seed: number,
  viewer: number,
  kind: "user" | "channel" | "document",
  id: number,
): bigint {
  const salt = hashText(`${seed}:access:${kind}`);
  const low = mixBits(salt + Math.imul(viewer + 1, 0x9e3779b1) + ((id % 4_294_967_296) | 0));
  const high = mixBits((low ^ salt) + Math.floor(id / 4_294_967_296));
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low | 1));
}
