import { Api } from "telegram/tl/index.js";
import type { TelegramGroup } from "./telegram-session.ts";

/** Which groups are in a folder: some by name, and perhaps all of a kind. */
export interface Folder {
  readonly included: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
  readonly hasAllGroups: boolean;
  readonly hasAllChannels: boolean;
  readonly leavesArchiveOut: boolean;
}

/**
 * Finds a folder by its title; `undefined` when there is none, null when the answer is no list of folders.
 * Two folders may have the same title; the first is taken.
 */
export function readFolder(answer: unknown, title: string): Folder | undefined | null {
  if (!(answer instanceof Api.messages.DialogFilters)) return null;
  for (const filter of answer.filters) {
    if (filter instanceof Api.DialogFilterDefault || filter.title.text !== title) continue;
    const isRule = filter instanceof Api.DialogFilter;
    return {
      included: new Set([...filter.pinnedPeers, ...filter.includePeers].map(groupIdOf)),
      excluded: new Set(isRule ? filter.excludePeers.map(groupIdOf) : []),
      hasAllGroups: isRule && filter.groups === true,
      hasAllChannels: isRule && filter.broadcasts === true,
      leavesArchiveOut: isRule && filter.excludeArchived === true,
    };
  }
  return undefined;
}

/** A folder of named groups is known without looking at the list of chats. */
export function needsListing({ hasAllGroups, hasAllChannels }: Folder): boolean {
  return hasAllGroups || hasAllChannels;
}

/**
 * Whether a group is in the folder. A folder may also leave out what is read or muted; that changes by the minute
 * and is no property of the group, so it is not looked at.
 */
export function isInFolder(folder: Folder, group: TelegramGroup, isArchived: boolean): boolean {
  const id = group.groupId;
  if (folder.included.has(id)) return true;
  if (folder.excluded.has(id) || (folder.leavesArchiveOut && isArchived)) return false;
  return group.kind === "broadcast" ? folder.hasAllChannels : folder.hasAllGroups;
}

/** Empty for a person. */
function groupIdOf(peer: Api.TypeInputPeer): string {
  if (peer instanceof Api.InputPeerChannel) return peer.channelId.toString();
  return peer instanceof Api.InputPeerChat ? peer.chatId.toString() : "";
}
