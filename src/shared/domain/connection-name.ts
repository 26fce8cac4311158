import type { ConnectionId, Platform } from "./ids.ts";

const PLATFORM_NAMES: Readonly<Record<Platform, string>> = { slack: "Slack", telegram: "Telegram" };

/**
 * A connection as sentences name it: a Slack workspace and a Telegram account may have the same label. Ids of connections
 * begin with their platform.
 */
export function nameConnection({
  connectionId,
  label,
}: {
  readonly connectionId: ConnectionId;
  readonly label: string;
}): string {
  return nameAt(connectionId.startsWith("telegram:") ? "telegram" : "slack", label);
}

/** The same, where the platform is known by itself; null for what is about no connection. */
export function nameAt(platform: Platform | null, label: string): string {
  return platform === null ? label : `${label} (${PLATFORM_NAMES[platform]})`;
}
