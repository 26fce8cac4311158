import type {
  TelegramGroup,
  TelegramPage,
  TelegramSession,
  TelegramUser,
} from "#main/platforms/telegram/telegram-session.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { TelegramGroupKind } from "#shared/domain/group.ts";
import { telegramGroupKeyOf } from "#shared/domain/ids.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { SECOND_MS } from "#shared/lib/time.ts";
import type { TelegramAllowances } from "../policy/telegram-cost.ts";
import type { AccountState, ChatPage, SeenGroup, TelegramSource } from "./coverage-source.ts";

/**
 * Telegram publishes no limits (core.telegram.org/api/errors, checked 2026-11); users report about one call of a kind a
 * second, bursts of some thirty, and twice that for asking about one member. Page sizes are those of
 * messages.getDialogs, messages.getCommonChats and channels.getParticipants. Only for estimates: the session is what
 * keeps to the limits.
 */
export const TELEGRAM_ALLOWANCES: TelegramAllowances = {
  "list-groups": { perMinute: 60, windowMs: 20 * SECOND_MS, pageSize: 100 },
  "groups-of-person": { perMinute: 60, windowMs: 30 * SECOND_MS, pageSize: 100 },
  "members-of-group": { perMinute: 60, windowMs: 30 * SECOND_MS, pageSize: 200 },
  "facts-of-group": { perMinute: 60, windowMs: 30 * SECOND_MS, pageSize: 1 },
  "person-in-group": { perMinute: 120, windowMs: 30 * SECOND_MS, pageSize: 1 },
};

/** Telegram as a source of coverage. */
export function createTelegramSource(
  connection: Pick<Connection, "id" | "userId">,
  session: TelegramSession,
): TelegramSource {
  return {
    connectionId: connection.id,
    platform: "telegram",
    workspaceId: null,
    ownerUserId: connection.userId,
    allowances: TELEGRAM_ALLOWANCES,

    fetchGroups: async (call) => mapPage(await session.fetchGroups(call)),
    fetchGroupsOfPerson: async (call) => mapPage(await session.fetchCommonGroups(call)),
    fetchFolder: (call) => session.fetchFolder(call),

    async fetchFacts(call) {
      const facts = await session.fetchGroupFacts(call);
      if (!facts.ok) return facts;
      const { memberCount, isHistoryHidden, areMembersHidden, migratedFrom } = facts.value;
      return ok({
        memberCount,
        historyHidden: call.group.kind === "basic" || isHistoryHidden,
        membersHidden: areMembersHidden,
        beforeKey: migratedFrom === null ? null : telegramGroupKeyOf(migratedFrom, true),
      });
    },

    async fetchMembers(call) {
      const page = await session.fetchMembers(call);
      if (!page.ok) return page;
      const { userIds, total, nextCursor } = page.value;
      return ok({ items: userIds, total, nextCursor });
    },

    fetchMembership: (call) => session.fetchMembership(call),

    async fetchStates(call) {
      const users = await session.fetchUsers(call);
      return users.ok ? ok(new Map(users.value.map((user) => [user.userId, stateOf(user)]))) : users;
    },

    async findByUsername(call) {
      const user = await session.findUserByUsername(call);
      if (!user.ok) return err(user.error);
      return ok(user.value && { userId: user.value.userId, state: stateOf(user.value) });
    },

    usage: () => session.usage(),
    watchWaits: (listener) => session.watchWaits(listener),
  };
}

function stateOf(user: TelegramUser): AccountState {
  return user.isDeactivated ? "deactivated" : "alive";
}

function mapPage(page: Result<TelegramPage<TelegramGroup>, Failure>): Result<ChatPage, Failure> {
  if (!page.ok) return page;
  const { items, nextCursor } = page.value;
  return ok({
    items: items.flatMap((group) => asSeen(group) ?? []),
    migrations: items.flatMap(({ kind, groupId, migratedTo }) =>
      kind === "basic" && migratedTo !== null
        ? [
            {
              beforeKey: telegramGroupKeyOf(groupId, true),
              afterKey: telegramGroupKeyOf(migratedTo, false),
            },
          ]
        : [],
    ),
    nextCursor,
  });
}

/** Null for what is no group to audit: broadcast channels, and what is closed to the account or became another. */
function asSeen(group: TelegramGroup): SeenGroup | null {
  if (group.kind === "broadcast" || group.isClosed || group.migratedTo !== null) return null;
  const kind: TelegramGroupKind = group.kind;
  return {
    key: telegramGroupKeyOf(group.groupId, kind === "basic"),
    platform: "telegram",
    workspaceId: null,
    groupId: group.groupId,
    name: group.title,
    privacy: group.username === null ? "private" : "public",
    isArchived: false,
    isShared: false,
    memberCount: group.memberCount,
    ownerIsMember: true,
    kind,
    ownRight: group.right,
    // Whoever enters a basic group is shown at most a hundred of its last messages, never its history
    // (core.telegram.org/method/messages.addChatUser, `fwd_limit`, checked 2026-11).
    historyHidden: kind === "basic" ? true : null,
  };
}
