import type { NoticedItem } from "#shared/domain/noticed.ts";
import { type ConnectionId, type GroupKey, groupKeyOf, telegramGroupKeyOf } from "#shared/domain/ids.ts";
import type { TeamMember } from "#shared/domain/team.ts";

/** What the last audit of a connection knew. */
export interface Baseline {
  /** Customer groups by key, with the name each had. */
  readonly groups: ReadonlyMap<GroupKey, string>;
  /** Telegram's basic groups that became another one, which has their history. */
  readonly migratedFrom: ReadonlySet<GroupKey>;
}

/** What is new, before it has an id and a time. */
export type News = Omit<NoticedItem, "id" | "atMs">;

/** Is this a customer's group, by its name? */
export type Judge = (group: {
  readonly platform: "slack" | "telegram";
  readonly groupId: string;
  readonly name: string;
}) => boolean;

/** A group as Telegram's updates name it. */
interface ChangedGroup {
  readonly groupId: string;
  readonly isBasic: boolean;
}

/** What happened in Telegram, as its session tells it. */
export type Happening =
  | (ChangedGroup & { readonly change: "group-new" | "group-gone"; readonly title: string })
  | (ChangedGroup & {
      readonly change: "group-renamed";
      readonly before: string | null;
      readonly title: string;
    })
  | (ChangedGroup & { readonly change: "member-joined" | "member-left"; readonly userId: string })
  | { readonly change: "missed" };

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
  happening: Happening,
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
    case "member-joined":
    case "member-left": {
      const groupKey = telegramGroupKeyOf(happening.groupId, happening.isBasic);
      const member = facts.team.find(({ identities }) =>
        identities.some(({ platform, userId }) => platform === "telegram" && userId === happening.userId),
      );
      const groupName = baseline.groups.get(groupKey);
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

/** The same news after the same audit is one. */
export function sameAsOf(news: News, baselineId: string): string {
  const { kind, groupKey, groupName, personId } = news;
  return JSON.stringify([baselineId, kind, groupKey, kind === "group-renamed" ? groupName : personId]);
}

function groupNews(
  groupKey: GroupKey,
  group: Parameters<Judge>[0],
  connectionId: ConnectionId,
  baseline: Baseline,
  isCustomerGroup: Judge,
): News[] {
  const before = baseline.groups.get(groupKey);
  const common = { connectionId, platform: group.platform, groupKey, groupName: group.name };
  const nobody = { personId: null, personName: null };
  if (before !== undefined) {
    if (before === group.name) return [];
    return [{ ...common, ...nobody, kind: "group-renamed", nameBefore: before }];
  }
  if (baseline.migratedFrom.has(groupKey) || !isCustomerGroup(group)) return [];
  return [{ ...common, ...nobody, kind: "group-new", nameBefore: null }];
}
