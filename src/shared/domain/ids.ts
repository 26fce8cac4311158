import { z } from "zod";

/** Which outside world a thing lives in. */
export const Platform = z.enum(["slack", "telegram"]);
export type Platform = z.infer<typeof Platform>;

const idText = z.string().min(1).max(200);

/** One signed-in account: `slack:<team id>:<user id>`. Signing the same account in again gives the same id. */
export const ConnectionId = idText.brand<"ConnectionId">();
export type ConnectionId = z.infer<typeof ConnectionId>;

/** One team member. Chosen when the member is created or imported, and never changed afterwards. */
export const PersonId = idText.brand<"PersonId">();
export type PersonId = z.infer<typeof PersonId>;

/**
 * One group, whoever sees it: `<platform>:<workspace id>:<group id>`, e.g. `slack:T0123:C0456`.
 * A rename keeps it. Telegram has no workspaces and uses `-` there.
 */
export const GroupKey = idText.brand<"GroupKey">();
export type GroupKey = z.infer<typeof GroupKey>;

export const RunId = idText.brand<"RunId">();
export type RunId = z.infer<typeof RunId>;

export const JobId = idText.brand<"JobId">();
export type JobId = z.infer<typeof JobId>;

export const CategoryId = idText.brand<"CategoryId">();
export type CategoryId = z.infer<typeof CategoryId>;

export const ExclusionId = idText.brand<"ExclusionId">();
export type ExclusionId = z.infer<typeof ExclusionId>;

export const SavedViewId = idText.brand<"SavedViewId">();
export type SavedViewId = z.infer<typeof SavedViewId>;

/** UTC epoch milliseconds. */
export const EpochMs = z.number().int().nonnegative();

/**
 * The key of a Telegram group. Basic groups are counted separately from supergroups, so that both can have the same id;
 * theirs carries the minus sign that Telegram's Bot API marks them with (`telegram:-:-123`).
 */
export function telegramGroupKeyOf(groupId: string, isBasic: boolean): GroupKey {
  return groupKeyOf("telegram", null, isBasic ? `-${groupId}` : groupId);
}

/** Builds the key of a group; `workspaceId` is null on platforms without workspaces. */
export function groupKeyOf(platform: Platform, workspaceId: string | null, groupId: string): GroupKey {
  return GroupKey.parse(`${platform}:${workspaceId ?? "-"}:${groupId}`);
}
