import type { World } from "#sandbox/world/model.ts";

/** Where the team-and-rules format is published. */
const SCHEMA_URL = "https://muster.example/schema/team-and-rules.v1.json";

type Level = "required" | "optional";

/**
 * The team and rules the operator of this world would have written, as plain JSON data. Categories are tried in
 * order and the first match wins, so the one that takes everything comes last.
 */
export function writeRules(world: World): Record<string, unknown> {
  const team = world.people.filter((person) => person.team);
  const rolesIn = (status: string): string[] => [
    ...new Set(team.filter((person) => person.status === status).map((person) => person.role as string)),
  ];
  const required = rolesIn("active");
  const optional = rolesIn("optional").filter((role) => !required.includes(role));
  return {
    $schema: SCHEMA_URL,
    version: 1,
    team: team.map((person) => ({
      id: person.id,
      name: person.name,
      role: person.role,
      status: person.status,
      slackUserId: person.slackUserId,
      slackUsername: person.slackUsername,
      ...(person.telegramUserId !== null && { telegramUserId: person.telegramUserId }),
      ...(person.telegramUsername !== null && { telegramUsername: person.telegramUsername }),
      email: person.email,
    })),
    customerGroups: { include: ["*bitsafe*", "*ibtc*"], exclude: [] },
    categories: [
      category(
        "marketing",
        "Marketing",
        ["*-mktg", "*-mktg-*", "*marketing*"],
        [
          ...forRoles(required, ["BD", "Founder"], "required"),
          ...forRoles(optional, ["Marketing"], "required"),
        ],
      ),
      category("internal", "Internal", ["*internal*"], [...forRoles(required, required, "required")]),
      category(
        "intro",
        "Intro",
        ["*intro*"],
        [
          ...forRoles(required, ["BD", "Founder"], "required"),
          ...forRoles(required, ["Sales engineer"], "optional"),
        ],
      ),
      category(
        "bd-customer",
        "BD customer",
        ["*"],
        [...forRoles(required, required, "required"), ...forRoles(optional, optional, "optional")],
      ),
    ],
    deprecatedTerms: [{ term: "iBTC", replacement: "BitSafe" }],
  };
}

function category(
  id: string,
  name: string,
  patterns: readonly string[],
  requirements: readonly unknown[],
): unknown {
  const matchers = patterns.map((pattern) => ({ kind: "pattern", pattern }));
  return { id, name, matchers, requirements, expectPrivate: true };
}

/** Requirements for the wanted roles that somebody in this world has. */
function forRoles(present: readonly string[], wanted: readonly string[], level: Level): unknown[] {
  return wanted
    .filter((role) => present.includes(role))
    .map((role) => ({ target: { kind: "role", role }, level }));
}
