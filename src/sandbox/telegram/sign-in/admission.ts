import { randomBytes } from "node:crypto";
import { HOME_DC } from "#sandbox/telegram/accounts.ts";
import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { OpenCall } from "#sandbox/telegram/rpc/open-method.ts";
import { textIn } from "#sandbox/telegram/text-in.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";

/** Signs an account in on the caller's key and returns `auth.authorization`. */
export function signIn(call: OpenCall, account: TelegramAccount): TlObject {
  const { key, side } = call;
  const hash = randomBytes(8).readBigInt64LE(0);
  key.passwordAskedOf = null;
  key.endReason = null;
  key.authorization = { account, hash, createdS: call.nowS, activeS: call.nowS };
  side.tokens.forget(key);
  side.saveSignIns();
  return {
    _: "auth.authorization",
    user: side.worldHalf.describeUser(side.world, account, account),
  };
}

/** Signs in, or says SESSION_PASSWORD_NEEDED when the account has a cloud password that must come first. */
export function signInOrAskPassword(call: OpenCall, account: TelegramAccount): TlObject {
  if (!call.side.passwords.isSetFor(account)) return signIn(call, account);
  call.key.passwordAskedOf = account;
  throw new RpcError(401, "SESSION_PASSWORD_NEEDED");
}

/** Throws API_ID_INVALID unless these are the API id and hash the sandbox printed. */
export function requireApi(call: OpenCall, request: TlObject): void {
  if (request["api_id"] !== call.side.apiId || request["api_hash"] !== call.side.apiHash) {
    throw new RpcError(400, "API_ID_INVALID");
  }
}

/** The digits of a phone number; throws PHONE_NUMBER_INVALID for what cannot be one. */
export function phoneIn(request: TlObject): string {
  const digits = textIn(request, "phone_number").replaceAll(/[\s()+-]/g, "");
  if (!/^\d{7,15}$/.test(digits)) throw new RpcError(406, "PHONE_NUMBER_INVALID");
  return digits;
}

/**
 * Throws PHONE_MIGRATE_X when the account lives in another data centre than the one this key was made with. All data
 * centres of the sandbox share an address. A key that does not say which one it was made for counts as made for the one
 * the client was last sent to, if it is newer than that advice.
 */
export function requireHomeOf(call: OpenCall, account: TelegramAccount): void {
  const dcId = call.side.accounts.signInFacts(account)?.dcId ?? HOME_DC;
  if (dcId === HOME_DC) return;
  const { key } = call;
  const advisedMs = adviceGiven.get(account);
  const followsAdvice = key.dcId === null && advisedMs !== undefined && key.createdMs > advisedMs;
  if (key.dcId === dcId || followsAdvice) return;
  adviceGiven.set(account, call.side.nowMs());
  throw new RpcError(303, `PHONE_MIGRATE_${dcId}`);
}

const adviceGiven = new WeakMap<TelegramAccount, number>();
