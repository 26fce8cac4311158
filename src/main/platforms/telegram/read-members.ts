import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import type { TelegramMembers } from "./telegram-session.ts";

/** The most that channels.getParticipants hands out (core.telegram.org/method/channels.getParticipants, checked 2026-11). */
const MEMBERS_A_PAGE = 200;

const NOBODY: TelegramMembers["inviters"] = new Map();

/** An empty search pages through everybody; the filter "recent" is said to end at its first page. */
export function membersRequest(
  channel: Api.InputChannel,
  cursor: string | null,
): Api.channels.GetParticipants | null {
  const offset = Number(cursor ?? 0);
  if (!Number.isSafeInteger(offset) || offset < 0) return null;
  return new Api.channels.GetParticipants({
    channel,
    filter: new Api.ChannelParticipantsSearch({ q: "" }),
    offset,
    limit: MEMBERS_A_PAGE,
    hash: returnBigInt(0),
  });
}

/** Reads a page of members. The list ends with an empty page, or when all that it claims to hold were seen. */
export function readMembers(answer: unknown, cursor: string | null): TelegramMembers | null {
  if (!(answer instanceof Api.channels.ChannelParticipants)) return null;
  const rows = answer.participants;
  const userIds = rows.map(memberIdOf).filter((id) => id !== null);
  const seen = Number(cursor ?? 0) + rows.length;
  const isLast = rows.length === 0 || seen >= answer.count;
  return { userIds, total: answer.count, inviters: NOBODY, nextCursor: isLast ? null : String(seen) };
}

/** Whether channels.getParticipant found the person in the group. */
export function readMembership(answer: unknown): "present" | "absent" | null {
  if (!(answer instanceof Api.channels.ChannelParticipant)) return null;
  return isIn(answer.participant) ? "present" : "absent";
}

/** A row of a list names a person, or (as an anonymous or banned participant) a channel, which is nobody. */
function memberIdOf(row: Api.TypeChannelParticipant): string | null {
  if (!isIn(row)) return null;
  if (row instanceof Api.ChannelParticipantBanned || row instanceof Api.ChannelParticipantLeft) {
    return row.peer instanceof Api.PeerUser ? row.peer.userId.toString() : null;
  }
  return row.userId.toString();
}

/** Somebody restricted is still in; somebody banned is not, and neither is who left. */
function isIn(row: Api.TypeChannelParticipant): boolean {
  if (row instanceof Api.ChannelParticipantLeft) return false;
  if (!(row instanceof Api.ChannelParticipantBanned)) return true;
  return row.left !== true && row.bannedRights.viewMessages !== true;
}
