import type { Api } from "telegram/tl/index.js";
import { failure, type Failure, type FailureCode } from "#shared/domain/failure.ts";
import { err, type Result } from "#shared/lib/result.ts";
import type { LookAgain } from "#shared/lib/sight.ts";
import type { SessionCore } from "./session-core.ts";

/**
 * Telegram's error names where something was to be changed, in the words of our catalogue; the same name may say less
 * about a reading. Source: the "Possible errors" tables of core.telegram.org/method/channels.inviteToChannel,
 * messages.addChatUser, channels.editBanned, messages.deleteChatUser, channels.editTitle, messages.editChatTitle,
 * channels.togglePreHistoryHidden, messages.editChatAbout, messages.updatePinnedMessage and messages.exportChatInvite
 * (checked 2026-11).
 */
const CHANGE_REFUSALS: Readonly<Record<string, FailureCode>> = {
  CHANNELS_ADMIN_PUBLIC_TOO_MUCH: "telegram/too-many-groups",
  CHANNELS_TOO_MUCH: "telegram/too-many-groups",
  CHAT_ADMIN_INVITE_REQUIRED: "telegram/admin-needed",
  CHAT_ADMIN_REQUIRED: "telegram/admin-needed",
  CHAT_TITLE_EMPTY: "telegram/name-invalid",
  CHAT_WRITE_FORBIDDEN: "telegram/admin-needed",
  PARTICIPANT_ID_INVALID: "telegram/user-not-found",
  PEER_FLOOD: "telegram/account-limited",
  PIN_RESTRICTED: "telegram/admin-needed",
  RIGHT_FORBIDDEN: "telegram/admin-needed",
  USERS_TOO_MUCH: "telegram/group-full",
  USER_ADMIN_INVALID: "telegram/cannot-remove",
  USER_BLOCKED: "telegram/privacy-restricted",
  USER_CHANNELS_TOO_MUCH: "telegram/too-many-groups",
  USER_CREATOR: "telegram/cannot-remove",
  USER_KICKED: "telegram/banned-there",
  USER_NOT_MUTUAL_CONTACT: "telegram/not-mutual-contact",
  USER_PRIVACY_RESTRICTED: "telegram/privacy-restricted",
  USER_RESTRICTED: "telegram/account-limited",
};

/** One change, sent once; its refusals are in the words for changes. */
export async function change<Value>(
  core: SessionCore,
  signal: AbortSignal,
  method: string,
  request: Api.AnyRequest,
  read: (answer: unknown) => Value | null,
  lookAgain?: LookAgain,
): Promise<Result<Value, Failure>> {
  const result = await core.call(signal, { method, request, read, isOnce: true, lookAgain });
  return result.ok ? result : err(asChangeRefusal(result.error));
}

/** The error name that Telegram refused with; null for everything that is no refusal. */
export function refusedWith(result: Result<unknown, Failure>): string | null {
  if (result.ok) return null;
  const name = result.error.facts["telegramError"];
  return typeof name === "string" ? name : null;
}

/** A refusal in the words for changes. */
export function asChangeRefusal(refusal: Failure): Failure {
  const code = CHANGE_REFUSALS[String(refusal.facts["telegramError"])];
  return code === undefined || code === refusal.code ? refusal : failure(code, refusal.facts);
}
