import { z } from "zod";
import { Failure } from "./failure.ts";
import { ConnectionId, EpochMs, Platform } from "./ids.ts";

/**
 * `ready` works; `signed-out` needs the operator to sign in again (revoked, expired, secret gone);
 * `unreachable` got no answer at the last attempt and is tried again.
 */
export const ConnectionState = z.enum(["ready", "signed-out", "unreachable"]);
export type ConnectionState = z.infer<typeof ConnectionState>;

/** One permission of a Slack app, and what Muster uses it for. */
export const ScopeStatus = z.object({
  scope: z.string(),
  purpose: z.string(),
  granted: z.boolean(),
  /** Without a needed scope the audit cannot run; the others only widen it. */
  need: z.enum(["needed", "useful"]),
});
export type ScopeStatus = z.infer<typeof ScopeStatus>;

/** A signed-in source. Never holds the secret itself. */
export const Connection = z.object({
  id: ConnectionId,
  platform: Platform,
  /** Slack team id; null on Telegram. */
  workspaceId: z.string().nullable(),
  /** The workspace's or account's display name. */
  label: z.string(),
  userId: z.string(),
  userName: z.string(),
  /** Where the platform is reached. Anything but the platform's own address is shown as such everywhere. */
  apiUrl: z.string(),
  isProduction: z.boolean(),
  isSandbox: z.boolean(),
  state: ConnectionState,
  /** Why the state is not `ready`. */
  failure: Failure.nullable(),
  scopes: z.array(ScopeStatus),
  addedAtMs: EpochMs,
  checkedAtMs: EpochMs.nullable(),
});
export type Connection = z.infer<typeof Connection>;
