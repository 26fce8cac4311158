import type { Channel, ChannelText, Person, World } from "#sandbox/world/model.ts";

/**
 * The fields every conversation object has (docs.slack.dev/reference/objects/conversation-object, checked 2026-11).
 * Times are epoch seconds, `updated` is milliseconds.
 */
export function channelJson(world: World, channel: Channel): Record<string, unknown> {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: !channel.isPrivate,
    // Private channels have been ordinary C… ids for years, but still call themselves groups.
    is_group: channel.isPrivate,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    created: channel.createdS,
    is_archived: channel.isArchived,
    is_general: channel.isGeneral,
    unlinked: 0,
    name_normalized: channel.name.normalize("NFC"),
    is_shared: channel.isExtShared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: world.teamId,
    updated: channel.updatedMs,
    parent_conversation: null,
    creator: channel.creator,
    is_ext_shared: channel.isExtShared,
    shared_team_ids: [world.teamId, ...channel.connectedTeamIds],
    pending_connected_team_ids: [],
    topic: textJson(channel.topic),
    purpose: textJson(channel.purpose),
    previous_names: channel.previousNames,
  };
}

/** As conversations.list gives it: with the caller's membership and the number of members. */
export function listedChannelJson(world: World, channel: Channel, caller: Person): Record<string, unknown> {
  return {
    ...channelJson(world, channel),
    is_member: channel.members.has(caller.index),
    num_members: channel.members.size,
  };
}

function textJson(text: ChannelText): Record<string, unknown> {
  return { value: text.value, creator: text.creator, last_set: text.lastSetS };
}
