import { z } from "zod";
import { EpochMs, PersonId, Platform } from "./ids.ts";

/** `active` counts as required, `optional` as optional wherever the team is required, `inactive` nowhere. */
export const MemberStatus = z.enum(["active", "optional", "inactive"]);
export type MemberStatus = z.infer<typeof MemberStatus>;

/** What the platform last said about an identity. */
export const IdentityState = z.enum(["unresolved", "resolved", "not-found", "ambiguous", "deactivated"]);
export type IdentityState = z.infer<typeof IdentityState>;

/** One account of a team member. The user id is the key; the username is for people and may change. */
export const Identity = z.object({
  platform: Platform,
  /** Slack team id this account belongs to; null means any workspace that knows the user id. */
  workspaceId: z.string().nullable(),
  userId: z.string().min(1).max(100).nullable(),
  /** Without a leading `@`. */
  username: z.string().min(1).max(200).nullable(),
  state: IdentityState,
  /** When the platform was last asked; null if never. */
  checkedAtMs: EpochMs.nullable(),
});
export type Identity = z.infer<typeof Identity>;

export const TeamMember = z.object({
  id: PersonId,
  name: z.string().trim().min(1).max(200),
  role: z.string().trim().min(1).max(100).nullable(),
  status: MemberStatus,
  email: z.string().max(320).nullable(),
  identities: z.array(Identity).max(50),
});
export type TeamMember = z.infer<typeof TeamMember>;
