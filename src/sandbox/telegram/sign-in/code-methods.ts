import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import type { OpenCall, OpenMethodTable } from "#sandbox/telegram/rpc/open-method.ts";
import {
  phoneIn,
  requireApi,
  requireHomeOf,
  signIn,
  signInOrAskPassword,
} from "#sandbox/telegram/sign-in/admission.ts";
import { textIn } from "#sandbox/telegram/text-in.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";

const CODE_LENGTH = 5;
/** Seconds after which auth.resendCode makes sense. */
const RESEND_AFTER_S = 60;
/** What a number nobody has gets for a code. */
const CODE_OF_UNKNOWN_NUMBERS = "12345";

/** Signing in by phone number, code and password, and out: core.telegram.org/api/auth (checked 2026-11). */
export const CODE_METHODS: OpenMethodTable = {
  "auth.sendCode": (request, call) => {
    requireApi(call, request);
    return sendCode(request, call, "auth.sentCodeTypeApp");
  },
  "auth.resendCode": (request, call) => {
    call.side.codes.cancel(phoneIn(request), textIn(request, "phone_code_hash"));
    return sendCode(request, call, "auth.sentCodeTypeSms");
  },
  "auth.cancelCode": (request, call) => {
    call.side.codes.cancel(phoneIn(request), textIn(request, "phone_code_hash"));
    return true;
  },
  "auth.signIn": (request, call) => {
    const account = checkCode(request, call, textIn(request, "phone_code"));
    // The number is right and nobody has it: the client may sign up.
    if (!account) return { _: "auth.authorizationSignUpRequired" };
    const answer = signInOrAskPassword(call, account);
    call.side.codes.forget(textIn(request, "phone_code_hash"));
    return answer;
  },
  "auth.signUp": (request, call) => {
    const phone = phoneIn(request);
    if (call.side.accounts.findByPhone(phone)) throw new RpcError(400, "PHONE_NUMBER_OCCUPIED");
    const first = textIn(request, "first_name").trim();
    if (first === "" || first.length > 64) throw new RpcError(400, "FIRSTNAME_INVALID");
    call.side.codes.requireChecked(phone, textIn(request, "phone_code_hash"));
    const name = `${first} ${textIn(request, "last_name")}`.trim();
    return signIn(call, call.side.accounts.signUp(phone, name));
  },
  "auth.checkPassword": async (request, call) => {
    const account = call.key.passwordAskedOf;
    if (!account) throw new RpcError(401, "AUTH_KEY_UNREGISTERED");
    call.side.budgets.take(String(account.userId), "auth.checkPassword");
    await call.side.passwords.check(account, request["password"] as TlObject);
    return signIn(call, account);
  },
  "account.getPassword": (_request, call) => {
    const account = call.key.authorization?.account ?? call.key.passwordAskedOf;
    if (!account) throw new RpcError(401, "AUTH_KEY_UNREGISTERED");
    return call.side.passwords.describe(account);
  },
  "auth.logOut": (_request, call) => {
    if (!call.key.authorization && !call.key.passwordAskedOf) {
      throw new RpcError(401, call.key.endReason ?? "AUTH_KEY_UNREGISTERED");
    }
    call.key.authorization = null;
    call.key.passwordAskedOf = null;
    call.side.saveSignIns();
    return { _: "auth.loggedOut" };
  },
  "auth.importBotAuthorization": (request, call) => {
    requireApi(call, request);
    if (request["bot_auth_token"] !== call.side.accounts.botToken) {
      throw new RpcError(400, "ACCESS_TOKEN_INVALID");
    }
    return signIn(call, call.side.accounts.bot);
  },
};

function sendCode(request: TlObject, call: OpenCall, type: string): TlObject {
  const phone = phoneIn(request);
  const account = call.side.accounts.findByPhone(phone);
  if (account) requireHomeOf(call, account);
  call.side.budgets.take(phone, type === "auth.sentCodeTypeApp" ? "auth.sendCode" : "auth.resendCode");
  return {
    _: "auth.sentCode",
    type: { _: type, length: CODE_LENGTH },
    phone_code_hash: call.side.codes.send(phone),
    next_type: { _: type === "auth.sentCodeTypeApp" ? "auth.codeTypeSms" : "auth.codeTypeCall" },
    timeout: RESEND_AFTER_S,
  };
}

function checkCode(request: TlObject, call: OpenCall, given: string): TelegramAccount | null {
  const phone = phoneIn(request);
  call.side.budgets.take(phone, "auth.signIn");
  const account = call.side.accounts.findByPhone(phone);
  const right = account && call.side.accounts.signInFacts(account)?.code;
  call.side.codes.check(phone, textIn(request, "phone_code_hash"), given, right ?? CODE_OF_UNKNOWN_NUMBERS);
  return account;
}
