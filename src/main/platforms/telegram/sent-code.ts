import { Api } from "telegram/tl/index.js";
import { SECOND_MS, type EpochMs } from "#shared/lib/time.ts";
import type { TelegramSignInStep } from "./telegram-session.ts";

type CodeStep = Extract<TelegramSignInStep, { step: "code" }>;

/** The code step as Telegram describes it: where the code went, how long it is, when another may be asked for. */
export function codeStepOf(sent: Api.auth.SentCode, phone: string, nowMs: EpochMs): CodeStep {
  const { type, nextType, timeout } = sent;
  return {
    step: "code",
    phone: `+${phone}`,
    sentBy: wayOf(type),
    length: "length" in type ? type.length : null,
    resendAtMs: nextType ? nowMs + (timeout ?? 0) * SECOND_MS : null,
  };
}

function wayOf(type: Api.auth.TypeSentCodeType): CodeStep["sentBy"] {
  if (type instanceof Api.auth.SentCodeTypeApp) return "app";
  if (type instanceof Api.auth.SentCodeTypeEmailCode) return "email";
  if (
    type instanceof Api.auth.SentCodeTypeSms ||
    type instanceof Api.auth.SentCodeTypeFirebaseSms ||
    type instanceof Api.auth.SentCodeTypeSmsWord ||
    type instanceof Api.auth.SentCodeTypeSmsPhrase
  ) {
    return "sms";
  }
  const isCall =
    type instanceof Api.auth.SentCodeTypeCall ||
    type instanceof Api.auth.SentCodeTypeFlashCall ||
    type instanceof Api.auth.SentCodeTypeMissedCall;
  return isCall ? "call" : "other";
}
