import { textOf } from "#sandbox/slack/arguments.ts";
import type { MethodTable } from "#sandbox/slack/method.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { both, NO_SCOPE } from "#sandbox/slack/scopes.ts";

/** api.test, auth.test, auth.revoke and team.info. */
export const API_AND_AUTH_METHODS: MethodTable = {
  "api.test": {
    open: true,
    tier: "generous",
    run({ args }) {
      const error = textOf(args, "error");
      const echoed = Object.fromEntries([...args].filter(([name]) => name !== "token"));
      if (error !== "") throw new SlackRefusal(error, { args: echoed });
      return { args: echoed };
    },
  },
  "auth.test": {
    tier: "generous",
    accepts: NO_SCOPE,
    run({ workspace, caller, grant }) {
      const { world } = workspace;
      return {
        url: `https://${world.teamDomain}.slack.com/`,
        team: world.teamName,
        user: caller.slackUsername,
        team_id: world.teamId,
        user_id: caller.slackUserId,
        ...(grant.type === "bot" && { bot_id: `B${caller.slackUserId.slice(1)}` }),
        is_enterprise_install: false,
      };
    },
  },
  "auth.revoke": {
    tier: "tier3",
    accepts: NO_SCOPE,
    run({ args, grant }) {
      const testOnly =
        textOf(args, "test") !== "" && textOf(args, "test") !== "0" && textOf(args, "test") !== "false";
      if (!testOnly) grant.state = "revoked";
      return { revoked: !testOnly };
    },
  },
  "team.info": {
    tier: "tier3",
    accepts: both("team:read"),
    run({ workspace, args }) {
      const { world } = workspace;
      const wanted = textOf(args, "team");
      if (wanted !== "" && wanted !== world.teamId) throw new SlackRefusal("team_not_found");
      return {
        team: {
          id: world.teamId,
          name: world.teamName,
          url: `https://${world.teamDomain}.slack.com/`,
          domain: world.teamDomain,
          email_domain: "bitsafe.example",
          icon: { image_default: true },
          is_verified: false,
        },
      };
    },
  },
};
