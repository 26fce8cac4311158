import { z } from "zod";
import type { SandboxReady, SandboxTelegram } from "./sandbox-process.ts";

const LoopbackUrl = z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ });

const Telegram = z
  .object({
    dc: z.object({
      host: z.string().regex(/^(127(\.\d{1,3}){3}|localhost|::1)$/),
      port: z.number().int().min(1).max(65_535),
    }),
    publicKeyPem: z.string().min(1),
    apiId: z.number().int().positive(),
    apiHash: z.string().min(1),
    accounts: z.array(
      z.object({
        phone: z.string().min(1),
        code: z.string().min(1),
        password: z.string().nullable(),
        isTokenOwner: z.boolean(),
      }),
    ),
  })
  .transform(({ dc, publicKeyPem, apiId, apiHash, accounts }, context): SandboxTelegram => {
    const owner = accounts.find(({ isTokenOwner }) => isTokenOwner);
    if (!owner) {
      context.addIssue({ code: "custom", message: "no account is the token owner's" });
      return z.NEVER;
    }
    const { phone, code, password } = owner;
    return {
      server: { host: dc.host, port: dc.port, publicKeyPem },
      app: { apiId, apiHash },
      account: { phone, code, password },
    };
  });

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
      telegram: Telegram.optional(),
    }),
  )
  .transform(({ limits, slack, telegram }): SandboxReady => ({
    limits,
    slackApiUrl: slack.apiUrl,
    slackAuthorizeUrl: slack.oauthAuthorizeUrl,
    slackTeamId: slack.teamId,
    slackClientId: slack.clientId,
    slackToken: slack.tokens.full,
    telegram: telegram ?? null,
  }));

/** Null when the line is not what a sandbox says; addresses beyond loopback are refused. */
export function parseReadyLine(line: string): SandboxReady | null {
  return ReadyLine.safeParse(line).data ?? null;
}
