import { flagOf, limitOf, listOf, requiredText, textOf } from "#sandbox/slack/arguments.ts";
import { decodeCursor, encodeCursor } from "#sandbox/slack/cursor.ts";
import type { Call, MethodTable } from "#sandbox/slack/method.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { both } from "#sandbox/slack/scopes.ts";
import { userJson } from "#sandbox/slack/user-json.ts";
import type { Person } from "#sandbox/world/model.ts";

/** Without a `limit` Slack tries to send everybody and gives up on large workspaces (checked 2026-11). */
const UNLIMITED_MOST = 10_000;

/**
 * users.list, users.info, users.lookupByEmail, users.getPresence, usergroups.list and usergroups.users.list.
 * users.list shows the workspace's own accounts, deactivated ones included; people of connected workspaces are
 * strangers that only users.info knows.
 */
export const USER_METHODS: MethodTable = {
  "users.list": {
    tier: "tier2",
    accepts: both("users:read"),
    run(call) {
      const own = call.workspace.world.people.filter((person) => person.belonging !== "external");
      const asked = textOf(call.args, "limit");
      if ((asked === "" || asked === "0") && own.length > UNLIMITED_MOST)
        throw new SlackRefusal("limit_required");
      // More than 1,000 is answered with 1,000: "fewer than the requested number of items may be returned".
      const limit = Math.min(
        limitOf(call.args, UNLIMITED_MOST, 1_000_000),
        asked === "" ? UNLIMITED_MOST : 1_000,
      );
      const first = decodeCursor("user", textOf(call.args, "cursor"));
      const start = first === null ? 0 : positionOf(call, own, first);
      const take = call.shortPage ? Math.ceil(limit / 2) : limit;
      const page = own.slice(start, start + take);
      const next = own[start + take];
      const withEmail = call.grant.scopes.has("users:read.email");
      return {
        members: page.map((person) => userJson(call.workspace.world, person, withEmail)),
        cache_ts: Math.floor(call.workspace.nowMs() / 1_000),
        response_metadata: { next_cursor: next ? encodeCursor("user", next.slackUserId) : "" },
      };
    },
  },
  "users.info": {
    tier: "tier4",
    accepts: both("users:read"),
    run(call) {
      const withEmail = call.grant.scopes.has("users:read.email");
      return {
        user: userJson(call.workspace.world, findUser(call, requiredText(call.args, "user")), withEmail),
      };
    },
  },
  "users.lookupByEmail": {
    tier: "tier3",
    accepts: both("users:read.email"),
    run(call) {
      const email = requiredText(call.args, "email").toLowerCase();
      // Deactivated users and strangers are not found by email (checked 2026-11).
      const person = call.workspace.world.people.find(
        (one) =>
          one.email.toLowerCase() === email &&
          !one.deactivated &&
          !["external", "bot"].includes(one.belonging),
      );
      if (!person) throw new SlackRefusal("users_not_found");
      return { user: userJson(call.workspace.world, person, true) };
    },
  },
  "users.getPresence": {
    tier: "tier3",
    accepts: both("users:read"),
    run(call) {
      const person = findUser(call, textOf(call.args, "user") || call.caller.slackUserId);
      return { presence: person.deactivated || person.index % 3 === 0 ? "away" : "active" };
    },
  },
  "usergroups.list": {
    tier: "tier2",
    accepts: both("usergroups:read"),
    run(call) {
      const { world } = call.workspace;
      const withUsers = flagOf(call.args, "include_users");
      return {
        usergroups: world.userGroups.map((group) => ({
          id: group.id,
          team_id: world.teamId,
          is_usergroup: true,
          name: group.name,
          description: "",
          handle: group.handle,
          is_external: false,
          date_create: 1_700_000_000,
          date_update: 1_700_000_000,
          date_delete: 0,
          auto_type: null,
          created_by: world.people[world.tokenOwner]?.slackUserId,
          prefs: { channels: [], groups: [] },
          user_count: group.members.length,
          ...(withUsers && { users: userIds(call, group.members) }),
        })),
      };
    },
  },
  "usergroups.users.list": {
    tier: "tier2",
    accepts: both("usergroups:read"),
    run(call) {
      const id = requiredText(call.args, "usergroup");
      const group = call.workspace.world.userGroups.find((candidate) => candidate.id === id);
      if (!group) throw new SlackRefusal("no_such_subteam");
      return { users: userIds(call, group.members) };
    },
  },
};

/** The person with a Slack user id; refuses with `user_not_found`. */
export function findUser(call: Pick<Call, "workspace">, slackUserId: string): Person {
  const person = call.workspace.world.personBySlackId.get(slackUserId);
  if (!person) throw new SlackRefusal("user_not_found");
  return person;
}

/** The people of a comma separated `users` argument; unknown ids come back as undefined. */
export function listedUsers(call: Call): { id: string; person: Person | undefined }[] {
  return [...new Set(listOf(call.args, "users"))].map((id) => ({
    id,
    person: call.workspace.world.personBySlackId.get(id),
  }));
}

function positionOf(call: Call, own: readonly Person[], slackUserId: string): number {
  const person = call.workspace.world.personBySlackId.get(slackUserId);
  if (!person) throw new SlackRefusal("invalid_cursor");
  const position = own.findIndex((one) => one.index >= person.index);
  return position < 0 ? own.length : position;
}

function userIds(call: Call, members: readonly number[]): string[] {
  const { people } = call.workspace.world;
  return members
    .map((index) => people[index] as Person)
    .filter((one) => !one.deactivated)
    .map((one) => one.slackUserId);
}
