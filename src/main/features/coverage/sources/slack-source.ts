import type { SlackChannel, SlackPage, SlackSession } from "#main/platforms/slack/slack-session.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { groupKeyOf } from "#shared/domain/ids.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import type { CallAllowances } from "../policy/strategy-cost.ts";
import type { SeenGroup, SlackSource, SourcePage } from "./coverage-source.ts";

/**
 * Calls a minute and page sizes of conversations.list, users.conversations and conversations.members
 * (docs.slack.dev/reference/methods and /apis/web-api/rate-limits, checked 2026-11). Only for estimates: the session
 * is what keeps to the limits.
 */
export const SLACK_ALLOWANCES: CallAllowances = {
  "list-groups": { perMinute: 20, pageSize: 1_000 },
  "groups-of-person": { perMinute: 50, pageSize: 999 },
  "members-of-group": { perMinute: 100, pageSize: 999 },
};

/** users.list answers with at most 1,000 people a page. */
const PEOPLE_A_PAGE = 1_000;

/** Slack as a source of coverage. */
export function createSlackSource(
  connection: Pick<Connection, "id" | "workspaceId" | "userId">,
  session: SlackSession,
): SlackSource {
  const { workspaceId } = connection;

  const seen = (channel: SlackChannel, ownerIsMember: boolean | null): SeenGroup => ({
    key: groupKeyOf("slack", workspaceId, channel.id),
    platform: "slack",
    workspaceId,
    groupId: channel.id,
    name: channel.name,
    privacy: channel.isPrivate ? "private" : "public",
    isArchived: channel.isArchived,
    isShared: channel.isShared,
    memberCount: channel.memberCount,
    ownerIsMember,
    kind: null,
    ownRight: null,
    historyHidden: null,
  });

  return {
    connectionId: connection.id,
    platform: "slack",
    workspaceId,
    ownerUserId: connection.userId,
    allowances: SLACK_ALLOWANCES,
    accountsPageSize: PEOPLE_A_PAGE,

    async fetchGroups(call) {
      return mapPage(await session.fetchChannels(call), (channel) => seen(channel, channel.isMember));
    },

    async fetchGroupsOfPerson(call) {
      // users.conversations does not say whether the owner is in a channel; but it shows no private one otherwise.
      return mapPage(await session.fetchChannelsOfUser(call), (channel) =>
        seen(channel, channel.isPrivate ? true : null),
      );
    },

    fetchMembers: ({ groupId, ...call }) => session.fetchMembers({ ...call, channelId: groupId }),

    async fetchAccountState(call) {
      const user = await session.fetchUser(call);
      if (user.ok) return ok(user.value.isDeactivated ? "deactivated" : "alive");
      return user.error.code === "slack/user-not-found" ? ok("not-found") : user;
    },

    async fetchAccounts(call) {
      return mapPage(await session.fetchUsers(call), (user) => ({
        userId: user.id,
        state: user.isDeactivated ? ("deactivated" as const) : ("alive" as const),
      }));
    },

    usage: () => session.usage(),
    watchWaits: (listener) => session.watchWaits(listener),
  };
}

function mapPage<Item, Mapped>(
  page: Result<SlackPage<Item>, Failure>,
  map: (item: Item) => Mapped,
): Result<SourcePage<Mapped>, Failure> {
  return page.ok ? ok({ items: page.value.items.map(map), nextCursor: page.value.nextCursor }) : page;
}
