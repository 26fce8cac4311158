import { z } from "zod";
import { GroupKey, Platform } from "./ids.ts";

/** Who can find and enter a group without being invited. */
export const GroupPrivacy = z.enum(["public", "private"]);
export type GroupPrivacy = z.infer<typeof GroupPrivacy>;

/** A `forum` is a supergroup with topics. */
export const TelegramGroupKind = z.enum(["basic", "supergroup", "forum"]);
export type TelegramGroupKind = z.infer<typeof TelegramGroupKind>;

/** What the connected account may do in a Telegram group; `rename` is an admin who may change the title. */
export const OwnRight = z.enum(["owner", "rename", "admin", "member"]);
export type OwnRight = z.infer<typeof OwnRight>;

/**
 * What an account of ours may change in a group, whatever its rank; null where that is not known: Slack does not tell, and
 * of what was stored only the rank is known.
 */
export const GroupAbilities = z.object({
  /** Its name and, where it has such a setting, whether new members see the history. */
  rename: z.boolean().nullable(),
  add: z.boolean().nullable(),
  remove: z.boolean().nullable(),
});
export type GroupAbilities = z.infer<typeof GroupAbilities>;

/** What only Telegram groups have. */
export const TelegramTraits = z.object({
  kind: TelegramGroupKind,
  ownRight: OwnRight,
  /** New members do not see what was written before they came; null when this was not asked. */
  isHistoryHidden: z.boolean().nullable(),
});
export type TelegramTraits = z.infer<typeof TelegramTraits>;

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
  /** Null on Slack. */
  telegram: TelegramTraits.nullable(),
});
export type Group = z.infer<typeof Group>;
