import type { IdentifierSource } from "#sandbox/world/identifiers.ts";
import { WORLD_NOW_S, type Belonging, type Person } from "#sandbox/world/model.ts";
import type { Random } from "#sandbox/world/random.ts";
import { SHARED_NAME, TEAM_POSTS } from "#sandbox/world/team.ts";
import {
  COMPANY_HEADS,
  COMPANY_TAILS,
  FAMILY_NAMES,
  GIVEN_NAMES,
  TIME_ZONES,
} from "#sandbox/world/word-lists.ts";

interface PeopleShape {
  /** Everybody, the team, guests and bots included; never less than the team and a dozen others. */
  readonly people: number;
  /** Shares of the people who are neither team nor bots; the rest are full members. */
  readonly guestShare: number;
  readonly externalShare: number;
  readonly deactivatedShare: number;
}

/** Workspaces of customers that share channels with ours over Slack Connect. */
type ConnectedTeamIds = readonly string[];

const BOT_NAMES = [
  "muster",
  "statuspage",
  "pagerduty",
  "calendar",
  "standup",
  "github",
  "jira",
  "polly",
  "zoom",
  "translate",
];

/**
 * Makes everybody: the customer team first (index 0 owns the user token), then the app's bot and other bots, then
 * employees, guests, people of connected workspaces and a few who left. Everyone but bots has a Telegram identity
 * with a probability of nine in ten; team members always have one.
 */
export function generatePeople(
  shape: PeopleShape,
  ids: IdentifierSource,
  random: Random,
  ownTeamId: string,
  connectedTeamIds: ConnectedTeamIds,
): Person[] {
  const people: Person[] = [];
  const usernames = new Set<string>();

  function add(options: {
    name: string;
    belonging: Belonging;
    role?: string;
    status?: Person["status"];
    deactivated?: boolean;
    teamId?: string;
  }): void {
    const index = people.length;
    const username = uniqueUsername(options.name, index, usernames);
    const team = options.role !== undefined;
    const onTelegram = options.belonging !== "bot" && (team || random.chance(0.9));
    const employee = options.belonging === "member" || options.belonging === "bot";
    const domain = employee
      ? "bitsafe.example"
      : `${random.pick(COMPANY_HEADS)}-${random.pick(COMPANY_TAILS)}.example`;
    people.push({
      index,
      id: `p-${String(index + 1).padStart(4, "0")}`,
      name: options.name,
      email: `${username}@${domain}`,
      role: options.role ?? null,
      team,
      status: options.status ?? null,
      belonging: options.belonging,
      slackUserId: ids.slack(random.chance(0.06) && options.belonging === "external" ? "W" : "U"),
      slackUsername: username,
      slackTeamId: options.teamId ?? ownTeamId,
      telegramUserId: onTelegram ? ids.telegramUser() : null,
      telegramUsername: onTelegram && random.chance(0.85) ? `${username.replaceAll(".", "_")}_tg` : null,
      timeZone: random.pick(TIME_ZONES),
      deactivated: options.deactivated ?? false,
      updatedS: WORLD_NOW_S - random.int(40_000_000),
    });
  }

  for (const post of TEAM_POSTS) {
    const name = post.name ?? inventName(random);
    add({
      name,
      belonging: "member",
      role: post.role,
      status: post.status,
      deactivated: post.status === "inactive",
    });
  }
  for (const name of BOT_NAMES) add({ name, belonging: "bot" });
  const others = Math.max(12, shape.people - people.length);
  for (let at = 0; at < others; at++) {
    const place = at / others;
    const belonging: Belonging =
      place < shape.guestShare
        ? at % 2 === 0
          ? "single-guest"
          : "multi-guest"
        : place < shape.guestShare + shape.externalShare
          ? "external"
          : "member";
    const name = at === 1 ? SHARED_NAME : inventName(random);
    const teamId = belonging === "external" ? random.pick(connectedTeamIds) : undefined;
    add({
      name,
      belonging,
      deactivated: at > 1 && random.chance(shape.deactivatedShare),
      ...(teamId && { teamId }),
    });
  }
  return people;
}

function inventName(random: Random): string {
  return `${random.pick(GIVEN_NAMES)} ${random.pick(FAMILY_NAMES)}`;
}

/** Slack usernames are lower case ASCII letters, digits, ".", "-" and "_", at most 21 characters (checked 2026-11). */
function uniqueUsername(name: string, index: number, taken: Set<string>): string {
  const plain = name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll("ł", "l")
    .replaceAll("ø", "o")
    .replaceAll("ı", "i")
    .replaceAll(" ", ".")
    .replaceAll(/[^a-z0-9._-]/g, "");
  const base = plain.slice(0, 15);
  const username = taken.has(base) ? `${base}${index}` : base;
  taken.add(username);
  return username;
}
