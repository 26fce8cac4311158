import type { Person, World } from "#sandbox/world/model.ts";

/**
 * A user object (docs.slack.dev/reference/objects/user-object, checked 2026-11). `withEmail` follows the scope
 * users:read.email. Deactivated users keep a name but lose their roles and time zone; people of connected workspaces
 * are marked as strangers.
 */
export function userJson(world: World, person: Person, withEmail: boolean): Record<string, unknown> {
  const [first = person.name, ...rest] = person.name.split(" ");
  const external = person.belonging === "external";
  return {
    id: person.slackUserId,
    team_id: person.slackTeamId,
    name: person.slackUsername,
    deleted: person.deactivated,
    ...(!person.deactivated && {
      color: "9f69e7",
      real_name: person.name,
      tz: person.timeZone,
      tz_label: person.timeZone.replaceAll("_", " "),
      tz_offset: 0,
      is_admin: isAdmin(world, person),
      is_owner: person.index === world.tokenOwner,
      is_primary_owner: person.index === world.tokenOwner,
      is_restricted: person.belonging === "multi-guest" || person.belonging === "single-guest",
      is_ultra_restricted: person.belonging === "single-guest",
      ...(external && { is_stranger: true }),
    }),
    profile: {
      title: person.role ?? "",
      phone: "",
      skype: "",
      real_name: person.name,
      real_name_normalized: person.name.normalize("NFC"),
      display_name: person.slackUsername,
      display_name_normalized: person.slackUsername,
      first_name: first,
      last_name: rest.join(" "),
      status_text: "",
      status_emoji: "",
      avatar_hash: person.slackUserId.slice(-10).toLowerCase(),
      team: person.slackTeamId,
      ...(withEmail && person.belonging !== "bot" && !external && { email: person.email }),
      ...(person.belonging === "bot" && { bot_id: `B${person.slackUserId.slice(1)}`, api_app_id: "" }),
    },
    is_bot: person.belonging === "bot",
    is_app_user: false,
    is_email_confirmed: person.belonging !== "bot",
    updated: person.updatedS,
  };
}

/** Workspace administrators: the token's owner and the founders. */
export function isAdmin(world: World, person: Person): boolean {
  return person.index === world.tokenOwner || person.role === "Founder";
}
