import { Api } from "telegram/tl/index.js";
import type { TelegramGroupFacts, TelegramMembers } from "./telegram-session.ts";

/** The full description of a basic group, as both its facts and its members need it. */
export function readChatFull(answer: unknown): Api.ChatFull | null {
  if (!(answer instanceof Api.messages.ChatFull)) return null;
  return answer.fullChat instanceof Api.ChatFull ? answer.fullChat : null;
}

/** What is particular about a supergroup or channel. */
export function readChannelFacts(answer: unknown): TelegramGroupFacts | null {
  if (!(answer instanceof Api.messages.ChatFull)) return null;
  const full = answer.fullChat;
  if (!(full instanceof Api.ChannelFull)) return null;
  return {
    memberCount: full.participantsCount ?? 0,
    isHistoryHidden: full.hiddenPrehistory === true,
    canReadMembers: full.canViewParticipants === true,
    areMembersHidden: full.participantsHidden === true,
    migratedFrom: full.migratedFromChatId?.toString() ?? null,
  };
}

/**
 * What is particular about a basic group. Its new members see at most the hundred newest messages from before they
 * came, and only turning it into a supergroup changes that (telegram.org/faq, checked 2026-11); it hides no members.
 */
export function readBasicFacts(answer: unknown): TelegramGroupFacts | null {
  const full = readChatFull(answer);
  if (!full) return null;
  const chat = (answer as Api.messages.ChatFull).chats.find(({ id }) => id.equals(full.id));
  const { participants } = full;
  const listed = participants instanceof Api.ChatParticipants ? participants.participants.length : null;
  const counted = chat instanceof Api.Chat ? chat.participantsCount : 0;
  return {
    memberCount: listed ?? counted,
    isHistoryHidden: true,
    canReadMembers: listed !== null,
    areMembersHidden: false,
    migratedFrom: null,
  };
}

/** Members of a basic group, all of them; null when this account may not see them. */
export function readBasicMembers({ participants }: Api.ChatFull): TelegramMembers | null {
  if (!(participants instanceof Api.ChatParticipants)) return null;
  const rows = participants.participants;
  const inviters = rows.flatMap((row) =>
    "inviterId" in row ? [[row.userId.toString(), row.inviterId.toString()] as const] : [],
  );
  const userIds = rows.map(({ userId }) => userId.toString());
  return { userIds, total: userIds.length, inviters: new Map(inviters), nextCursor: null };
}
