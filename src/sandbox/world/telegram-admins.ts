import type { MemberList } from "#sandbox/world/member-list.ts";
import { WORLD_NOW_S } from "#sandbox/world/model.ts";
import type { Random } from "#sandbox/world/random.ts";
import type { TelegramPopulation } from "#sandbox/world/telegram-members.ts";
import type {
  AdminRight,
  TelegramAdmin,
  TelegramGroup,
  TelegramGroupKind,
} from "#sandbox/world/telegram-model.ts";

/** What administrators were given: everything but appointing others, no renaming, no inviting, hardly anything. */
const APPOINTMENTS: readonly (readonly AdminRight[])[] = [
  ["change_info", "delete_messages", "ban_users", "invite_users", "pin_messages", "manage_call", "other"],
  ["delete_messages", "ban_users", "invite_users", "pin_messages", "other"],
  ["change_info", "delete_messages", "pin_messages", "other"],
  ["delete_messages", "other"],
];

const FORUM_RIGHTS: readonly AdminRight[] = ["manage_topics"];
const CHANNEL_RIGHTS: readonly AdminRight[] = ["post_messages", "edit_messages"];

/**
 * Appoints an owner and administrators among the members: the anchor owns about a quarter of the groups and helps to
 * run another third, a customer owns a fifth, and a few have lost their owner. Groups of `strangers` are run by others.
 */
export function pickAdmins(
  members: MemberList,
  people: TelegramPopulation,
  random: Random,
  kind: TelegramGroupKind | "strangers",
): Pick<TelegramGroup, "creator" | "admins"> {
  const among = (list: readonly number[]): number[] => list.filter((one) => members.has(one));
  const admins = new Map<number, TelegramAdmin>();
  const promotedBy = members.indices[0] as number;
  const appoint = (user: number): void => {
    const extra = kind === "forum" ? FORUM_RIGHTS : kind === "channel" ? CHANNEL_RIGHTS : [];
    admins.set(user, {
      rights: [...random.pick(APPOINTMENTS), ...extra],
      promotedBy,
      dateS: WORLD_NOW_S - random.int(20_000_000),
      rank: random.chance(0.2) ? "support" : null,
    });
  };
  if (kind === "strangers") {
    const run = people.crowd.length > 0 ? people.crowd : people.employees;
    const chosen = among(run).slice(0, 20);
    for (const one of chosen.slice(1)) appoint(one);
    return { creator: chosen[0] ?? null, admins };
  }
  const team = among(people.required);
  const outsiders = among(people.outsiders);
  const { anchor } = people;
  const anchorIn = anchor !== null && members.has(anchor);
  const draw = random.next();
  const creator =
    anchorIn && draw < 0.25
      ? anchor
      : draw < 0.75 && team.length > 0
        ? random.pick(team)
        : draw < 0.95 && outsiders.length > 0
          ? random.pick(outsiders)
          : draw < 0.97
            ? (members.indices[0] as number)
            : null;
  for (const one of team) if (one !== creator && random.chance(0.2)) appoint(one);
  if (anchorIn && creator !== anchor && random.chance(0.45)) appoint(anchor);
  for (const one of among(people.bots)) if (random.chance(0.4)) appoint(one);
  return { creator, admins };
}

/** What ordinary members may not do: change the group mostly, invite others sometimes, write in channels. */
export function pickDefaultBans(kind: TelegramGroupKind, random: Random): string[] {
  const bans: string[] = [];
  if (random.chance(0.85)) bans.push("change_info");
  if (random.chance(0.4)) bans.push("invite_users");
  if (random.chance(0.5)) bans.push("pin_messages");
  if (kind === "forum" && random.chance(0.7)) bans.push("manage_topics");
  if (kind === "supergroup" && random.chance(0.04)) bans.push("send_messages");
  return bans;
}
