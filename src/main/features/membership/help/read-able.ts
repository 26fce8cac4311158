import type { SlackSession, SlackUser } from "#main/platforms/slack/slack-session.ts";
import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { TelegramGroupKind } from "#shared/domain/group.ts";
import type { ConnectionId, GroupKey, Platform } from "#shared/domain/ids.ts";
import type { Pace } from "../plan/live-reading.ts";
import type { AskedConnections } from "../plan/read-live.ts";
import { readPages } from "../plan/read-pages.ts";
import { judgeReading } from "../policy/reading-failure.ts";
import type { Able } from "../policy/whom-to-ask.ts";

/** Few calls at once, as when planning. */
const AT_ONCE = 4;

/** A group, and the account of ours to ask by. */
export interface AskedGroup {
  readonly key: GroupKey;
  readonly platform: Platform;
  readonly connectionId: ConnectionId;
  readonly groupId: string;
  readonly kind: TelegramGroupKind | null;
}

/** Those with rights, by group; a group is missing where that could not be read. */
export interface AbleReading {
  readonly able: Map<GroupKey, readonly Able[]>;
  /** The first thing that each connection could not tell. */
  readonly problems: Map<ConnectionId, Failure>;
}

/**
 * Asks who has rights in groups: on Telegram their owner and admins, on Slack the workspace's owners and admins, those who
 * are in the channel first. Bots and deactivated accounts are left out. What is not shown is no reason to stop, unless the
 * connection itself no longer answers. Rejects only when the pace's signal aborts.
 */
export async function readAble(
  connections: AskedConnections,
  groups: readonly AskedGroup[],
  pace: Pace,
): Promise<AbleReading> {
  const reading: AbleReading = { able: new Map(), problems: new Map() };
  const byConnection = Map.groupBy(groups, ({ connectionId }) => connectionId);
  await Promise.all(
    [...byConnection].map(async ([connectionId, own]) => {
      const note = (failure: Failure): Failure | null => {
        if (!reading.problems.has(connectionId)) reading.problems.set(connectionId, failure);
        return judgeReading(failure) === "subject" ? null : failure;
      };
      const session =
        own[0]?.platform === "slack"
          ? await connections.openSession(connectionId)
          : await connections.openTelegramSession(connectionId);
      pace.signal.throwIfAborted();
      if (!session.ok) note(session.error);
      else if ("fetchAdmins" in session.value) await readTelegram(session.value, own, reading, pace, note);
      else await readSlack(session.value, own, reading, pace, note);
    }),
  );
  pace.signal.throwIfAborted();
  return reading;
}

type Note = (failure: Failure) => Failure | null;

async function readTelegram(
  session: TelegramSession,
  groups: readonly AskedGroup[],
  { able }: AbleReading,
  pace: Pace,
  note: Note,
): Promise<void> {
  await pace.each(groups, AT_ONCE, async ({ key, groupId, kind }) => {
    const group = { groupId, kind: kind ?? "supergroup" };
    const admins = await session.fetchAdmins({ group, signal: pace.signal });
    if (!admins.ok) return note(admins.error);
    able.set(
      key,
      admins.value
        .filter(({ user }) => !user.isBot && !user.isDeactivated)
        .map(({ user, right, mayBan }) => ({
          userId: user.userId,
          name: nameOf(user),
          role: right === "owner" ? "owner" : "admin",
          mayRemove: right === "owner" || mayBan,
        })),
    );
    return null;
  });
}

async function readSlack(
  session: SlackSession,
  groups: readonly AskedGroup[],
  { able }: AbleReading,
  pace: Pace,
  note: Note,
): Promise<void> {
  const ranked: SlackUser[] = [];
  const isRead = await pace.each(["people"], 1, async () => {
    const failure = await readPages(
      (cursor) => session.fetchUsers({ cursor, signal: pace.signal }),
      (users) => {
        for (const user of users)
          if (user.rank !== "member" && !user.isBot && !user.isDeactivated) ranked.push(user);
      },
    );
    return failure === null ? null : (note(failure), failure);
  });
  if (!isRead) return;
  await pace.each(groups, AT_ONCE, async ({ key, groupId }) => {
    const members = new Set<string>();
    const failure = await readPages(
      (cursor) => session.fetchMembers({ channelId: groupId, cursor, signal: pace.signal }),
      (userIds) => {
        for (const userId of userIds) members.add(userId);
      },
    );
    // Not knowing who is in the channel leaves the admins of the workspace, who may do it all the same.
    const stopped = failure === null ? null : note(failure);
    able.set(
      key,
      ranked
        .toSorted((left, right) => Number(members.has(right.id)) - Number(members.has(left.id)))
        .map(({ id, displayName, username, rank }) => ({
          userId: id,
          name: nameOf({ displayName, username }),
          // Slack's channels have no owner: this is a rank in the workspace.
          role: "admin",
          mayRemove: rank !== "member",
        })),
    );
    return stopped;
  });
}

function nameOf({ displayName, username }: { displayName: string; username: string | null }): string {
  return username === null ? displayName : `${displayName} (@${username})`;
}
