import { z } from "zod";
import { GroupKey, Platform } from "./ids.ts";

/** Who can find and enter a group without being invited. */
export const GroupPrivacy = z.enum(["public", "private"]);
export type GroupPrivacy = z.infer<typeof GroupPrivacy>;

/** A Slack channel or a Telegram group, as last seen. */
export const Group = z.object({
  key: GroupKey,
  platform: Platform,
  /** Slack team id; null on Telegram. */
  workspaceId: z.string().nullable(),
  /** The platform's own id, e.g. `C0123456789`. */
  groupId: z.string(),
  /** As the platform gives it: may hold any Unicode. */
  name: z.string(),
  privacy: GroupPrivacy,
  isArchived: z.boolean(),
  /** Shared with another organisation (Slack Connect). */
  isShared: z.boolean(),
  /** Null when the platform did not say. */
  memberCount: z.number().int().nonnegative().nullable(),
});
export type Group = z.infer<typeof Group>;
