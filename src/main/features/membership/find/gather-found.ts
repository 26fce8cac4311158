import type { ConnectionId, GroupKey } from "#shared/domain/ids.ts";
import type { FoundGroup } from "#shared/domain/offboarding.ts";
import type { PresenceKind } from "#shared/domain/presence.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import type { LiveGroup, LiveReading } from "../plan/live-reading.ts";
import { presenceIn } from "../plan/plan-world.ts";
import { accountsIn } from "../policy/account-choice.ts";
import { sortViews } from "../policy/best-views.ts";

/**
 * The groups that somebody is in, or may be in, as any of the connections was shown them; with no person, every group,
 * `present` where we are in it. By name, then key; each with the connection that has the best right.
 */
export function gatherFound(
  readings: readonly LiveReading[],
  person: TeamMember | null,
  order: readonly ConnectionId[],
): FoundGroup[] {
  const keys = new Set<GroupKey>(readings.flatMap(({ groups }) => [...groups.keys()]));
  const found: FoundGroup[] = [];
  for (const key of keys) {
    const seen = readings.flatMap((reading) => {
      const group = reading.groups.get(key);
      return group === undefined ? [] : [{ reading, group }];
    });
    const presence = presenceOf(seen, person);
    const [view] = sortViews(
      seen.map(({ reading, group }) => {
        return { connectionId: reading.connection.id, right: group.right, may: group.may, evidence: "live" };
      }),
      order,
    );
    const best = seen.find(({ reading }) => reading.connection.id === view?.connectionId);
    if (best === undefined || presence === "absent") continue;
    found.push({
      groupKey: key,
      groupName: best.group.name,
      platform: best.group.platform,
      connectionId: best.reading.connection.id,
      connectionLabel: best.reading.connection.label,
      isArchived: best.group.isArchived,
      isGeneral: best.group.isGeneral,
      presence,
      ownRight: best.group.right,
      may: best.group.may,
    });
  }
  return found.sort(
    (left, right) =>
      compareText(left.groupName.toLowerCase(), right.groupName.toLowerCase()) ||
      compareText(left.groupKey, right.groupKey),
  );
}

/** Any account of theirs that any of us sees there makes them present; absent takes a proof for every account. */
function presenceOf(
  seen: readonly { readonly reading: LiveReading; readonly group: LiveGroup }[],
  person: TeamMember | null,
): PresenceKind {
  if (person === null) return seen.some(({ group }) => group.right !== "none") ? "present" : "unknown";
  const byAccount = new Map<string, PresenceKind[]>();
  for (const { reading, group } of seen)
    for (const { userId } of accountsIn(person, group.platform, group.workspaceId))
      byAccount.set(userId, [...(byAccount.get(userId) ?? []), presenceIn(reading, group, userId)]);
  const settled = [...byAccount.values()].map((each) =>
    each.includes("present") ? "present" : each.includes("absent") ? "absent" : "unknown",
  );
  if (settled.includes("present")) return "present";
  return settled.includes("unknown") ? "unknown" : "absent";
}

/** The same on every machine, whatever its language. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
