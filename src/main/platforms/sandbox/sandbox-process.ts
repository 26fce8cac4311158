import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";

/** The sandbox's Telegram, and the account of the same person as the Slack token's. */
export interface SandboxTelegram {
  readonly server: { readonly host: string; readonly port: number; readonly publicKeyPem: string };
  readonly app: { readonly apiId: number; readonly apiHash: string };
  /** What an operator would type; `password` is null for an account without one. */
  readonly account: { readonly phone: string; readonly code: string; readonly password: string | null };
}

/** What the sandbox says when it is ready. The product shares no code with it, so this is read as untrusted JSON. */
export interface SandboxReady {
  /** Whether it enforces the published rate limits. */
  readonly limits: "on" | "off";
  readonly slackApiUrl: string;
  readonly slackAuthorizeUrl: string;
  readonly slackTeamId: string;
  readonly slackClientId: string;
  /** The token with every scope. */
  readonly slackToken: string;
  /** Null when this sandbox simulates no Telegram. */
  readonly telegram: SandboxTelegram | null;
}

/** A sandbox this process started; it ends with it. */
export interface SandboxProcess {
  readonly ready: SandboxReady;
  /** The sample team-and-rules file for its world, as JSON text. */
  fetchSampleTeam(): Promise<Result<string, Failure>>;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  readonly seed?: number;
  /** `reference`, `small`, `huge` or a file. */
  readonly world?: string;
  readonly limits?: "on" | "off";
}
