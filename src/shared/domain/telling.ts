import { z } from "zod";
import { Failure } from "./failure.ts";
import { ConnectionId, EpochMs, RunId } from "./ids.ts";
import { OperationEventId } from "./operation-news.ts";

/** Ways in which Muster tells somebody about a run or an operation. */
export const TellingChannel = z.enum(["system", "slack", "telegram", "mail"]);
export type TellingChannel = z.infer<typeof TellingChannel>;

/**
 * `gaps` is the digest of a run that found new gaps; `failure` says that a scheduled run did not get through. The others
 * are about operations: one ended, one stands still and needs the operator, or one that a schedule planned waits to be
 * looked at.
 */
export const TellingKind = z.enum([
  "gaps",
  "failure",
  "operation-ended",
  "operation-paused",
  "operation-planned",
]);
export type TellingKind = z.infer<typeof TellingKind>;

/**
 * `sending` was begun and not answered yet. `unknown` was cut off or met no answer: it may have arrived, so it is not
 * sent again unless the operator says so. `failed` was refused for good, `waiting` is tried again by itself.
 */
export const TellingState = z.enum(["waiting", "sending", "sent", "failed", "unknown"]);
export type TellingState = z.infer<typeof TellingState>;

/** One message about one run, or one event of an operation, on one channel. */
export const Telling = z.object({
  runId: z.union([OperationEventId, RunId]),
  kind: TellingKind,
  channel: TellingChannel,
  state: TellingState,
  /** The first line of the message. */
  title: z.string(),
  atMs: EpochMs,
  failure: Failure.nullable(),
});
export type Telling = z.infer<typeof Telling>;

/** `tls` speaks TLS from the first byte (port 465); `starttls` insists on it later (587); `none` is for a local relay. */
export const MailSecurity = z.enum(["tls", "starttls", "none"]);
export type MailSecurity = z.infer<typeof MailSecurity>;

const address = z.string().trim().max(320);

/** How to send e-mail. The password is in the keychain, and only there. */
export const MailServer = z.object({
  host: z.string().trim().max(253),
  port: z.number().int().min(1).max(65_535),
  security: MailSecurity,
  /** Empty for a server that asks for none. */
  user: z.string().trim().max(320),
  from: address,
  /** One address, or several with commas between them. */
  to: z.string().trim().max(2_000),
});
export type MailServer = z.infer<typeof MailServer>;

/** Who is told of what, and where. Only the system notification is on at first. */
export const TellingSettings = z.object({
  /** Operations that end or need the operator are told of, too. */
  operations: z.boolean().default(true),
  system: z.object({ enabled: z.boolean() }),
  slack: z.object({
    enabled: z.boolean(),
    /** Null until one was chosen. */
    connectionId: ConnectionId.nullable(),
    /** A channel's id, or a person's for a direct message. */
    target: z.string().trim().max(100),
  }),
  telegram: z.object({
    enabled: z.boolean(),
    connectionId: ConnectionId.nullable(),
    /** `self` is the account's Saved Messages; otherwise a group's id, with a minus sign where it is a basic group. */
    target: z.string().trim().max(100),
  }),
  mail: MailServer.extend({ enabled: z.boolean() }),
});
export type TellingSettings = z.infer<typeof TellingSettings>;

/** A place that a message can go to: the account behind a connection is in it. */
export const Destination = z.object({
  /** As the settings hold it. */
  target: z.string(),
  name: z.string(),
  kind: z.enum(["public-channel", "private-channel", "group", "saved-messages"]),
  /** A customer's, by the rules of now: the customer would read it. */
  isCustomers: z.boolean(),
});
export type Destination = z.infer<typeof Destination>;

export const DEFAULT_TELLING: TellingSettings = {
  operations: true,
  system: { enabled: true },
  slack: { enabled: false, connectionId: null, target: "" },
  telegram: { enabled: false, connectionId: null, target: "self" },
  mail: { enabled: false, host: "", port: 587, security: "starttls", user: "", from: "", to: "" },
};
