import type { MethodRegistry, RpcMethod } from "#sandbox/telegram/method.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";

/** Methods that bots may not call (core.telegram.org/methods, "Only users can use this method"; checked 2026-11). */
const USER_ONLY: ReadonlySet<string> = new Set([
  "contacts.getContacts",
  "contacts.search",
  "contacts.importContacts",
  "contacts.addContact",
  "messages.getDialogs",
  "messages.getPinnedDialogs",
  "messages.getPeerDialogs",
  "messages.getDialogFilters",
  "messages.getCommonChats",
  "messages.getHistory",
  "messages.search",
  "messages.getReplies",
  "messages.addChatUser",
  "messages.createChat",
  "messages.migrateChat",
  "messages.editChatAdmin",
  "messages.readHistory",
  "channels.createChannel",
  "channels.inviteToChannel",
  "channels.joinChannel",
  "channels.getAdminLog",
  "channels.togglePreHistoryHidden",
  "channels.toggleParticipantsHidden",
  "channels.editCreator",
  "channels.readHistory",
]);

/** The same methods, closed to bots where Telegram closes them: BOT_METHOD_INVALID. */
export function closeToBots(methods: MethodRegistry): MethodRegistry {
  return Object.fromEntries(
    Object.entries(methods).map(([name, run]): [string, RpcMethod] => [
      name,
      USER_ONLY.has(name)
        ? (request, call) => {
            if (call.account.isBot) throw new RpcError(400, "BOT_METHOD_INVALID");
            return run(request, call);
          }
        : run,
    ]),
  );
}
