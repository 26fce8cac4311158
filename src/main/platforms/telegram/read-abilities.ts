import { Api } from "telegram/tl/index.js";
import type { TelegramAbilities } from "./telegram-session.ts";

const EVERYTHING: TelegramAbilities = { changeInfo: true, addPeople: true, removePeople: true };
export const NOTHING: TelegramAbilities = { changeInfo: false, addPeople: false, removePeople: false };
const UNKNOWN: TelegramAbilities = { changeInfo: null, addPeople: null, removePeople: null };

/**
 * What the account may change in a group, by the flags that come with it (core.telegram.org/api/rights, checked 2026-11):
 *
 * - the owner may do everything, admins what their rights say; those of a basic group have all rights but that of
 *   appointing others;
 * - what the default rights leave open, every member may, and an admin without the right, too; not who was restricted. In
 *   public groups nobody changes the information by them (core.telegram.org/bots/api#chatpermissions), nor, as Telegram's
 *   apps have it, in those with a place;
 * - only admins take people out, but from basic groups: there whoever put somebody in may take them out again.
 *
 * A mention that is only a summary carries no rights of the account's, and default rights that are missing mean different
 * things to Telegram's own apps: then it is not known.
 */
export function readAbilities(chat: Api.Chat | Api.Channel): TelegramAbilities {
  if (chat.left === true || (chat instanceof Api.Chat && chat.deactivated === true)) return NOTHING;
  if (chat.creator) return EVERYTHING;
  if (chat instanceof Api.Channel && chat.min === true) return UNKNOWN;
  const isBasic = chat instanceof Api.Chat;
  const { adminRights, defaultBannedRights } = chat;
  if (isBasic && adminRights) return EVERYTHING;
  const own = isBasic ? undefined : chat.bannedRights;
  const isPublic = !isBasic && isShownToAll(chat);
  const isBroadcast = !isBasic && chat.broadcast === true;
  const open = (right: "changeInfo" | "inviteUsers"): boolean | null => {
    if (adminRights?.[right] === true) return true;
    if (isBroadcast || own?.[right] === true || (isPublic && right === "changeInfo")) return false;
    return defaultBannedRights ? defaultBannedRights[right] !== true : null;
  };
  return {
    changeInfo: open("changeInfo"),
    addPeople: open("inviteUsers"),
    removePeople: isBasic ? null : adminRights?.banUsers === true,
  };
}

function isShownToAll(channel: Api.Channel): boolean {
  // The library leaves out what was not sent, or sets it to null.
  const isNamed = Boolean(channel.username) || channel.usernames?.some(({ active }) => active) === true;
  return isNamed || channel.hasGeo === true;
}
