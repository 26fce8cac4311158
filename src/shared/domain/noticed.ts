import { z } from "zod";
import { ConnectionId, EpochMs, GroupKey, PersonId, Platform } from "./ids.ts";

export const NoticedKind = z.enum(["group-new", "group-renamed", "member-joined", "member-left"]);
export type NoticedKind = z.infer<typeof NoticedKind>;

export const NoticedId = z.string().min(1).max(100).brand<"NoticedId">();
export type NoticedId = z.infer<typeof NoticedId>;

/** Something about a customer group that was seen since the last audit that read it. */
export const NoticedItem = z.object({
  id: NoticedId,
  kind: NoticedKind,
  connectionId: ConnectionId,
  platform: Platform,
  groupKey: GroupKey,
  /** As it is called now. */
  groupName: z.string(),
  /** What it was called; set for a rename only. */
  nameBefore: z.string().nullable(),
  /** Whom of the team it is about; set for `member-…` only. */
  personId: PersonId.nullable(),
  personName: z.string().nullable(),
  atMs: EpochMs,
});
export type NoticedItem = z.infer<typeof NoticedItem>;
