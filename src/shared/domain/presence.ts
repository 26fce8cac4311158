import { z } from "zod";

/** Why presence could not be settled. */
export const UnknownReason = z.enum([
  /** The member has no account recorded on this platform or workspace. */
  "no-identity",
  /** The recorded id does not exist in this workspace. */
  "identity-not-found",
  /** The connected Telegram account has not met the recorded one, so that Telegram tells nothing about it. */
  "not-met",
  /** The account is deactivated and its channels can no longer be listed. */
  "account-deactivated",
  /** The listing of the person's groups could not be read to its end. */
  "person-listing-incomplete",
  /** The group's member list could not be read to its end. */
  "roster-incomplete",
  /** The group shows its members to its admins only, and asking for the person by name was refused. */
  "members-hidden",
  /** This account may not read the group's members. */
  "not-readable",
  /** The group disappeared between listing and reading. */
  "group-vanished",
  /** The run ended before this was asked. */
  "not-reached",
]);
export type UnknownReason = z.infer<typeof UnknownReason>;

/** `absent` is only ever said when it was proven. */
export const PresenceKind = z.enum(["present", "absent", "unknown"]);
export type PresenceKind = z.infer<typeof PresenceKind>;

export const Presence = z.discriminatedUnion("presence", [
  z.object({ presence: z.literal("present"), reason: z.null() }),
  z.object({ presence: z.literal("absent"), reason: z.null() }),
  z.object({ presence: z.literal("unknown"), reason: UnknownReason }),
]);
export type Presence = z.infer<typeof Presence>;
