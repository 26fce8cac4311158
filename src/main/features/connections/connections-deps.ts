import type { Activity } from "#main/features/activity/index.ts";
import type { Keychain } from "#main/platforms/keychain/index.ts";
import type { SandboxLauncher } from "#main/platforms/sandbox/index.ts";
import type { SlackSessionOptions } from "#main/platforms/slack/index.ts";
import type { Store } from "#main/store/store.ts";
import type { ChangeTopic } from "#shared/contract/app.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Result } from "#shared/lib/result.ts";
import type { Clock } from "#shared/lib/time.ts";
import type { TelegramPlatform } from "./telegram/telegram-platform.ts";

/** What the connections feature is made of. */
export interface ConnectionsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly activity: Pick<Activity, "record">;
  readonly announce: (topic: ChangeTopic) => void;
  /** Where the secrets of real connections live. */
  readonly keychain: Keychain;
  /** Where the tokens of the sandbox live: memory, because they are no secrets (see createMemoryKeychain). */
  readonly sandboxKeychain: Keychain;
  readonly sandbox: SandboxLauncher;
  readonly telegram: TelegramPlatform;
  /** Takes in the sample team of a sandbox, as the JSON text of a team-and-rules file. */
  readonly importTeam: (json: string) => Promise<Result<unknown, Failure>>;
  /** Lets work go on that paused because this connection was signed out. */
  readonly wakePausedOn: (connectionId: ConnectionId) => Promise<unknown>;
  /** The connection has another session: pauses that the platform asked of the one before are no longer kept. */
  readonly forgetPauses: (connectionId: ConnectionId) => Promise<unknown>;
  /** Shows a page in the operator's browser. */
  readonly openBrowser: (url: string) => Promise<void>;
  /** The text of resources/slack-app-manifest.json. */
  readonly manifestJson: string;
  /** Ports for the address Slack sends the browser back to; the app manifest names the same. */
  readonly redirectPorts?: readonly number[];
  /** What talks to Slack; Node's own unless given. */
  readonly fetch?: typeof globalThis.fetch;
  /** Deadlines and windows other than Slack's own, for servers that are not Slack. */
  readonly sessionTuning?: Partial<
    Pick<SlackSessionOptions, "deadlineMs" | "retryPauseMs" | "limitWindowMs">
  >;
}
