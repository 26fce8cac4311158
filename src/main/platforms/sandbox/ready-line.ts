import { z } from "zod";
import type { SandboxReady } from "./sandbox-process.ts";

const LoopbackUrl = z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ });

/** The line `sandbox start --json` prints when it is ready; further fields may be there. */
const ReadyLine = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "not JSON" });
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      limits: z.enum(["on", "off"]),
      slack: z.object({
        apiUrl: LoopbackUrl,
        oauthAuthorizeUrl: LoopbackUrl,
        teamId: z.string().min(1),
        clientId: z.string().min(1),
        tokens: z.object({ full: z.string().min(1) }),
      }),
    }),
  )
  .transform(({ limits, slack }): SandboxReady => ({
    limits,
    slackApiUrl: slack.apiUrl,
    slackAuthorizeUrl: slack.oauthAuthorizeUrl,
    slackTeamId: slack.teamId,
    slackClientId: slack.clientId,
    slackToken: slack.tokens.full,
  }));

/** Null when the line is not what a sandbox says; addresses beyond loopback are refused. */
export function parseReadyLine(line: string): SandboxReady | null {
  return ReadyLine.safeParse(line).data ?? null;
}
