import { randomBytes } from "node:crypto";
import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { OpenCall, OpenMethodTable } from "#sandbox/telegram/rpc/open-method.ts";
import { signIn } from "#sandbox/telegram/sign-in/admission.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { Authorization, AuthKey } from "#sandbox/telegram/wire/auth-key.ts";

/** A sign-in handed to another data centre is good for a minute. */
const EXPORT_VALID_MS = 60_000;

const exported = new WeakMap<object, Map<string, { account: TelegramAccount; untilMs: number }>>();

/** The list of sign-ins of an account, ending them, and carrying one to another key. */
export const AUTHORIZATION_METHODS: OpenMethodTable = {
  "account.getAuthorizations": (_request, call) => {
    const { account } = requireSignIn(call);
    const keys = keysOf(call, account);
    return {
      _: "account.authorizations",
      authorization_ttl_days: 180,
      authorizations: keys.map((key) =>
        describeAuthorization(key, key.authorization as Authorization, key === call.key),
      ),
    };
  },
  "account.resetAuthorization": (request, call) => {
    const { account } = requireSignIn(call);
    const key = keysOf(call, account).find((one) => one.authorization?.hash === request["hash"]);
    // The current sign-in goes by hash 0 and is ended with auth.logOut.
    if (!key || key === call.key) throw new RpcError(400, "HASH_INVALID");
    call.side.endAuthorization(key, "AUTH_KEY_UNREGISTERED");
    return true;
  },
  "auth.resetAuthorizations": (_request, call) => {
    const { account } = requireSignIn(call);
    for (const key of keysOf(call, account)) {
      if (key !== call.key) call.side.endAuthorization(key, "SESSION_REVOKED");
    }
    return true;
  },
  "auth.exportAuthorization": (_request, call) => {
    const { account } = requireSignIn(call);
    const bytes = randomBytes(32);
    exportsOf(call).set(bytes.toString("hex"), { account, untilMs: call.side.nowMs() + EXPORT_VALID_MS });
    return { _: "auth.exportedAuthorization", id: account.userId, bytes };
  },
  "auth.importAuthorization": (request, call) => {
    const name = Buffer.from(request["bytes"] as Uint8Array).toString("hex");
    const found = exportsOf(call).get(name);
    exportsOf(call).delete(name);
    if (!found || found.untilMs < call.side.nowMs()) throw new RpcError(400, "AUTH_BYTES_INVALID");
    if (found.account.userId !== request["id"]) throw new RpcError(400, "USER_ID_INVALID");
    return signIn(call, found.account);
  },
};

/** A sign-in as `authorization`. */
export function describeAuthorization(
  key: AuthKey,
  authorization: Authorization,
  current: boolean,
): TlObject {
  const { client } = key;
  return {
    _: "authorization",
    current,
    hash: current ? 0n : authorization.hash,
    device_model: client?.deviceModel ?? "",
    platform: "",
    system_version: client?.systemVersion ?? "",
    api_id: client?.apiId ?? 0,
    app_name: "Sandbox app",
    app_version: client?.appVersion ?? "",
    date_created: authorization.createdS,
    date_active: authorization.activeS,
    ip: "127.0.0.1",
    country: "Loopback",
    region: "",
  };
}

function requireSignIn(call: OpenCall): Authorization {
  const { authorization, endReason } = call.key;
  if (!authorization) throw new RpcError(401, endReason ?? "AUTH_KEY_UNREGISTERED");
  return authorization;
}

function keysOf(call: OpenCall, account: TelegramAccount): AuthKey[] {
  return [...call.side.keys()].filter((key) => key.authorization?.account === account);
}

function exportsOf(call: OpenCall): Map<string, { account: TelegramAccount; untilMs: number }> {
  let found = exported.get(call.side);
  if (!found) exported.set(call.side, (found = new Map()));
  return found;
}
