import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { OpenCall, OpenMethodTable } from "#sandbox/telegram/rpc/open-method.ts";
import { requireApi, signInOrAskPassword } from "#sandbox/telegram/sign-in/admission.ts";
import { describeAuthorization } from "#sandbox/telegram/sign-in/authorization-methods.ts";
import type { TelegramSide } from "#sandbox/telegram/telegram-side.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";

/** Signing in by QR code: core.telegram.org/api/qr-login (checked 2026-11). */
export const TOKEN_METHODS: OpenMethodTable = {
  "auth.exportLoginToken": (request, call) => {
    requireApi(call, request);
    return loginToken(call);
  },
  "auth.importLoginToken": (request, call) => {
    const own = call.side.tokens.forKey(call.key);
    if (!own.token.equals(request["token"] as Uint8Array)) throw new RpcError(400, "AUTH_TOKEN_INVALID");
    return loginToken(call);
  },
  "auth.acceptLoginToken": (request, call) => {
    const account = call.key.authorization?.account;
    if (!account) throw new RpcError(401, call.key.endReason ?? "AUTH_KEY_UNREGISTERED");
    return acceptLoginToken(call.side, request["token"] as Uint8Array, account, call.nowS);
  },
};

/**
 * What happens when the owner of an account scans a code: the client that shows it is told with updateLoginToken and
 * asks again. Returns the sign-in to be, as `authorization`.
 */
export function acceptLoginToken(
  side: TelegramSide,
  token: Uint8Array,
  account: TelegramAccount,
  nowS: number,
): TlObject {
  const { key } = side.tokens.accept(token, account);
  side.push(key, { _: "updateShort", update: { _: "updateLoginToken" }, date: nowS });
  const authorization = { account, hash: 0n, createdS: nowS, activeS: nowS };
  return describeAuthorization(key, authorization, false);
}

function loginToken(call: OpenCall): TlObject {
  const { token, expiresS, acceptedBy } = call.side.tokens.forKey(call.key);
  if (!acceptedBy) return { _: "auth.loginToken", expires: expiresS, token };
  return { _: "auth.loginTokenSuccess", authorization: signInOrAskPassword(call, acceptedBy) };
}
