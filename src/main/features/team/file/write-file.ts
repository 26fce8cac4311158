import type { TeamAndRules } from "#shared/contract/team.ts";
import type { Platform } from "#shared/domain/ids.ts";
import type { Identity, TeamMember } from "#shared/domain/team.ts";
import type { TeamFileInput } from "./file-format.ts";
import { SCHEMA_ID } from "./file-format.ts";

type FileMemberInput = NonNullable<TeamFileInput["team"]>[number];

/** Team and rules as the text of a file that can be imported again and then changes nothing. */
export function formatTeamFile({ team, rules }: TeamAndRules): string {
  const file: TeamFileInput = { $schema: SCHEMA_ID, version: 1, team: team.map(formatMember), ...rules };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The first account of each platform that belongs to no workspace has plain fields; the others are a list. */
function formatMember({ id, name, role, status, email, identities }: TeamMember): FileMemberInput {
  const slack = findPlain(identities, "slack");
  const telegram = findPlain(identities, "telegram");
  const others = identities.filter((identity) => identity !== slack && identity !== telegram);
  return {
    id,
    name,
    ...(role !== null && { role }),
    status,
    ...(email !== null && { email }),
    ...(slack && present({ slackUserId: slack.userId, slackUsername: slack.username })),
    ...(telegram && present({ telegramUserId: telegram.userId, telegramUsername: telegram.username })),
    ...(others.length > 0 && {
      identities: others.map(({ platform, workspaceId, userId, username }) => ({
        platform,
        ...present({ workspaceId, userId, username }),
      })),
    }),
  };
}

function findPlain(identities: readonly Identity[], platform: Platform): Identity | undefined {
  return identities.find((identity) => {
    if (identity.platform !== platform || identity.workspaceId !== null) return false;
    // The plain field is for Telegram's own numbers; anything else goes to the list.
    return platform === "slack" || identity.userId === null || /^\d{1,20}$/.test(identity.userId);
  });
}

function present<Fields extends Record<string, string | null>>(
  fields: Fields,
): Partial<Record<keyof Fields, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Partial<
    Record<keyof Fields, string>
  >;
}
