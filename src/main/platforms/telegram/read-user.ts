import { Api } from "telegram/tl/index.js";
import { cutName } from "./read-name.ts";
import type { TelegramSelf, TelegramUser } from "./telegram-session.ts";

/** Null for an account of which nothing but its id is told. */
export function readUser(user: unknown): TelegramUser | null {
  if (!(user instanceof Api.User)) return null;
  const userId = user.id.toString();
  const username = user.username ?? user.usernames?.find(({ active }) => active)?.username ?? null;
  const name = [user.firstName, user.lastName].filter(Boolean).join(" ");
  return {
    userId,
    username,
    displayName: cutName(name || username || userId),
    isDeactivated: user.deleted === true,
    isBot: user.bot === true,
  };
}

/** The account itself, from an answer that must hold it. */
export function readSelf(user: unknown): TelegramSelf | null {
  const read = readUser(user);
  return read && { userId: read.userId, username: read.username, displayName: read.displayName };
}
