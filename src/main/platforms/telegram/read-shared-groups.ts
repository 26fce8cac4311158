import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { readGroups } from "./read-group.ts";
import type { TelegramGroup, TelegramPage } from "./telegram-session.ts";

/** The most that messages.getCommonChats hands out (core.telegram.org/method/messages.getCommonChats, checked 2026-11). */
const COMMON_A_PAGE = 100;

const CURSOR = /^(\d{1,19}):(\d{1,9})$/;

/** The cursor is the last id of the page before, and how many groups have been seen. */
export function commonRequest(
  user: Api.InputUser,
  cursor: string | null,
): Api.messages.GetCommonChats | null {
  const at = cursor === null ? "0" : CURSOR.exec(cursor)?.[1];
  return at === undefined
    ? null
    : new Api.messages.GetCommonChats({ userId: user, maxId: returnBigInt(at), limit: COMMON_A_PAGE });
}

/**
 * Reads one page; null when the answer does not go on behind the cursor. A full page without a total may have
 * a successor, so it is asked for.
 */
export function readCommon(answer: unknown, cursor: string | null): TelegramPage<TelegramGroup> | null {
  if (!(answer instanceof Api.messages.Chats || answer instanceof Api.messages.ChatsSlice)) return null;
  const { chats } = answer;
  const items = readGroups(chats);
  const seen = Number(cursor === null ? 0 : CURSOR.exec(cursor)?.[2]) + chats.length;
  const isMore =
    answer instanceof Api.messages.ChatsSlice ? seen < answer.count : chats.length >= COMMON_A_PAGE;
  const last = chats.at(-1);
  if (!isMore || !last) return { items, nextCursor: null };
  const nextCursor = `${last.id.toString()}:${seen}`;
  const isStuck = cursor !== null && last.id.toString() === CURSOR.exec(cursor)?.[1];
  return isStuck ? null : { items, nextCursor };
}
