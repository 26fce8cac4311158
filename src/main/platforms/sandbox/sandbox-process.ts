import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";

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
