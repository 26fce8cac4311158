import { FileStore } from "#sandbox/slack/file-store.ts";
import { MessageLog } from "#sandbox/slack/message-log.ts";
import { OauthDesk } from "#sandbox/slack/oauth-desk.ts";
import { TokenStore } from "#sandbox/slack/tokens.ts";
import { createIdentifierSource, stableHex, type IdentifierSource } from "#sandbox/world/identifiers.ts";
import type { World } from "#sandbox/world/model.ts";
import { createRandom } from "#sandbox/world/random.ts";

/** Switches that change how the simulated Slack behaves; see the control API. */
export interface WorkspaceSettings {
  /** The cap of apps outside the Marketplace: history and replies once a minute, silently 15 objects a page. */
  historyCap: boolean;
  /** OAuth hands out tokens that expire after 12 hours, with a refresh token. */
  tokenRotation: boolean;
  /** `ask` shows the consent page; the others answer it at once. */
  oauthDecision: "ask" | "allow" | "deny";
}

/** The Slack side of the world: what Slack keeps beside people and channels. */
export interface SlackWorkspace {
  readonly world: World;
  readonly settings: WorkspaceSettings;
  readonly tokens: TokenStore;
  readonly messages: MessageLog;
  readonly files: FileStore;
  readonly oauth: OauthDesk;
  readonly appId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** For ids made while running (channels, files). */
  readonly ids: IdentifierSource;
  /** `http://127.0.0.1:PORT`, without a slash at the end. Set when the server listens. */
  origin: string;
  nowMs(): number;
}

/** Creates the Slack side of a world. App, client and token values depend on the seed only. */
export function createWorkspace(world: World, nowMs: () => number): SlackWorkspace {
  const digits = (purpose: string): string => String(parseInt(stableHex(world.seed, purpose, 9), 16));
  return {
    world,
    settings: { historyCap: false, tokenRotation: false, oauthDecision: "ask" },
    tokens: new TokenStore(world),
    messages: new MessageLog(nowMs),
    files: new FileStore(),
    oauth: new OauthDesk(nowMs),
    appId: createIdentifierSource(createRandom(world.seed, "app")).slack("A"),
    clientId: `${digits("client-a")}.${digits("client-b")}`,
    clientSecret: stableHex(world.seed, "client-secret", 32),
    ids: createIdentifierSource(createRandom(world.seed, "slack-run-time-ids")),
    origin: "",
    nowMs,
  };
}
