import type { NoticedItem } from "#shared/domain/noticed.ts";
import { type ConnectionId, type GroupKey, groupKeyOf, telegramGroupKeyOf } from "#shared/domain/ids.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import type { TelegramChange } from "#shared/domain/telegram-change.ts";

/** What the last audit of a connection knew. */
export interface Baseline {
  /** Customer groups by key, with the name each had. */
  readonly groups: ReadonlyMap<GroupKey, string>;
  /** Telegram's basic groups that became another one, which has their history. */
  readonly migratedFrom: ReadonlySet<GroupKey>;
  /** Groups that were made of another one, by their own key: the key it had, by which the audit may know it. */
  readonly migrations: ReadonlyMap<GroupKey, GroupKey>;
}

/** What is new, before it has an id and a time. */
export type News = Omit<NoticedItem, "id" | "atMs">;

/** Is this a customer's group, by its name? */
export type Judge = (group: {
  readonly platform: "slack" | "telegram";
  readonly groupId: string;
  readonly name: string;
}) => boolean;

/** Groups of one listing against the last audit: those it did not know, and those that were called otherwise. */
export function decideSlackNews(
  channels: readonly { readonly id: string; readonly name: string; readonly isArchived: boolean }[],
  facts: {
    readonly connectionId: ConnectionId;
    readonly workspaceId: string | null;
    readonly baseline: Baseline;
    readonly isCustomerGroup: Judge;
  },
): News[] {
  return channels.flatMap(({ id, name, isArchived }) => {
    if (isArchived) return [];
    const groupKey = groupKeyOf("slack", facts.workspaceId, id);
    const group = { platform: "slack" as const, groupId: id, name };
    return groupNews(groupKey, group, facts.connectionId, facts.baseline, facts.isCustomerGroup);
  });
}

/** One happening in Telegram, if it is about a customer group and, for comings and goings, about one of the team. */
export function decideTelegramNews(
  happening: TelegramChange,
  facts: {
    readonly connectionId: ConnectionId;
    readonly baseline: Baseline;
    readonly isCustomerGroup: Judge;
    readonly team: readonly TeamMember[];
  },
): News[] {
  const { connectionId, baseline, isCustomerGroup } = facts;
  switch (happening.change) {
    case "missed":
    case "group-gone":
      return [];
    case "group-new":
    case "group-renamed": {
      const groupKey = telegramGroupKeyOf(happening.groupId, happening.isBasic);
      const group = { platform: "telegram" as const, groupId: happening.groupId, name: happening.title };
      return groupNews(groupKey, group, connectionId, baseline, isCustomerGroup);
    }
    case "group-migrated": {
      const groupKey = telegramGroupKeyOf(happening.toGroupId, false);
      const group = { platform: "telegram" as const, groupId: happening.toGroupId, name: happening.title };
      // The same group by another id: only another name is news.
      if (nameIn(baseline, groupKey) === undefined) return [];
      return groupNews(groupKey, group, connectionId, baseline, isCustomerGroup);
    }
    case "member-joined":
    case "member-left": {
      const groupKey = telegramGroupKeyOf(happening.groupId, happening.isBasic);
      const member = facts.team.find(({ identities }) =>
        identities.some(({ platform, userId }) => platform === "telegram" && userId === happening.userId),
      );
      const groupName = nameIn(baseline, groupKey);
      if (groupName === undefined || !member) return [];
      return [
        {
          kind: happening.change,
          connectionId,
          platform: "telegram",
          groupKey,
          groupName,
          nameBefore: null,
          personId: member.id,
          personName: member.name,
        },
      ];
    }
  }
}

/** What an account heard of a group that became another one; the audits of both go on as one. */
export function migrationIn(
  happening: TelegramChange,
): { readonly beforeKey: GroupKey; readonly afterKey: GroupKey } | null {
  if (happening.change !== "group-migrated") return null;
  return {
    beforeKey: telegramGroupKeyOf(happening.groupId, happening.isBasic),
    afterKey: telegramGroupKeyOf(happening.toGroupId, false),
  };
}

/**
 * Did somebody notice this before, by whichever of `groupKeys` they know the group? What was settled counts only if it
 * happened since the audit (`sinceMs`) that this news is compared with.
 */
export function isKnown(
  news: News,
  groupKeys: readonly GroupKey[],
  noticed: readonly (Pick<NoticedItem, "kind" | "groupKey" | "groupName" | "personId" | "atMs"> & {
    readonly isSettled: boolean;
  })[],
  sinceMs: number,
): boolean {
  return noticed.some(
    (item) =>
      item.kind === news.kind &&
      groupKeys.includes(item.groupKey) &&
      item.personId === news.personId &&
      (news.kind !== "group-renamed" || item.groupName === news.groupName) &&
      (!item.isSettled || item.atMs >= sinceMs),
  );
}

/** The same news after the same audit is one. */
export function sameAsOf(news: News, baselineId: string): string {
  const { kind, groupKey, groupName, personId } = news;
  return JSON.stringify([baselineId, kind, groupKey, kind === "group-renamed" ? groupName : personId]);
}

/** How the last audit called a group, by whichever key it had then. */
function nameIn({ groups, migrations }: Baseline, groupKey: GroupKey): string | undefined {
  const before = migrations.get(groupKey);
  return groups.get(groupKey) ?? (before === undefined ? undefined : groups.get(before));
}

function groupNews(
  groupKey: GroupKey,
  group: Parameters<Judge>[0],
  connectionId: ConnectionId,
  baseline: Baseline,
  isCustomerGroup: Judge,
): News[] {
  const before = nameIn(baseline, groupKey);
  const common = { connectionId, platform: group.platform, groupKey, groupName: group.name };
  const nobody = { personId: null, personName: null };
  if (before !== undefined) {
    if (before === group.name) return [];
    return [{ ...common, ...nobody, kind: "group-renamed", nameBefore: before }];
  }
  if (baseline.migratedFrom.has(groupKey) || !isCustomerGroup(group)) return [];
  return [{ ...common, ...nobody, kind: "group-new", nameBefore: null }];
}
