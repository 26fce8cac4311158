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
  /** On Telegram `@username`; the masked phone number or the id of an account without one. */
  userName: z.string(),
  /**
   * Where the platform is reached: the base address of the Web API, or `mtproto://host:port`. Anything but the
   * platform's own address is shown as such everywhere.
   */
  apiUrl: z.string(),
  /** It is the platform itself that is reached. */
  isProduction: z.boolean(),
  isSandbox: z.boolean(),
  state: ConnectionState,
  /** Why the state is not `ready`. */
  failure: Failure.nullable(),
  /** Empty on Telegram, where an account may do what its owner may. */
  scopes: z.array(ScopeStatus),
  addedAtMs: EpochMs,
  checkedAtMs: EpochMs.nullable(),
});
export type Connection = z.infer<typeof Connection>;

/** Another data centre than Telegram's own: a test server. */
export const TelegramServerAddress = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65_535),
  /** The server's RSA public key; with it, no key of the real Telegram is accepted. */
  publicKeyPem: z.string().trim().min(1).max(10_000),
});
export type TelegramServerAddress = z.infer<typeof TelegramServerAddress>;

/** Where a Telegram sign-in stands; what the operator is asked next. */
export const TelegramSignInStep = z.discriminatedUnion("step", [
  z.object({ step: z.literal("phone") }),
  z.object({
    step: z.literal("code"),
    /** The number the code belongs to, as Telegram writes it. */
    phone: z.string(),
    sentBy: z.enum(["app", "sms", "call", "email", "other"]),
    /** How many characters the code has; null when Telegram does not say. */
    length: z.number().int().nullable(),
    /** When another code may be asked for; null when it may not. */
    resendAtMs: EpochMs.nullable(),
  }),
  /** The account's two-step verification; `hint` is what its owner chose as a reminder. */
  z.object({ step: z.literal("password"), hint: z.string().nullable() }),
  /** `link` is to be shown as a QR code; another one follows before this one expires. */
  z.object({ step: z.literal("qr"), link: z.string(), expiresAtMs: EpochMs }),
  z.object({ step: z.literal("done"), connection: Connection }),
]);
export type TelegramSignInStep = z.infer<typeof TelegramSignInStep>;
