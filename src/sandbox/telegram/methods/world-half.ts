import type { WorldHalf } from "#sandbox/telegram/method.ts";
import { BASIC_GROUP_METHODS } from "#sandbox/telegram/methods/basic-groups.ts";
import { CHANNEL_MEMBER_METHODS } from "#sandbox/telegram/methods/channel-members.ts";
import { CHANNEL_READING_METHODS, openChannelDifference } from "#sandbox/telegram/methods/channel-reading.ts";
import { CHANNEL_SETTING_METHODS } from "#sandbox/telegram/methods/channel-settings.ts";
import { SHARED_GROUP_METHODS } from "#sandbox/telegram/methods/shared-groups.ts";
import { DIALOG_METHODS } from "#sandbox/telegram/methods/dialogs.ts";
import { FILE_METHODS } from "#sandbox/telegram/methods/files.ts";
import { FORUM_METHODS } from "#sandbox/telegram/methods/forum-topics.ts";
import { GROUP_DETAIL_METHODS } from "#sandbox/telegram/methods/group-details.ts";
import { HISTORY_METHODS } from "#sandbox/telegram/methods/history.ts";
import { PARTICIPANT_METHODS } from "#sandbox/telegram/methods/participants.ts";
import { SENDING_METHODS } from "#sandbox/telegram/methods/sending.ts";
import { describeAccount } from "#sandbox/telegram/methods/user-objects.ts";
import { closeToBots } from "#sandbox/telegram/methods/user-only.ts";
import { USER_METHODS } from "#sandbox/telegram/methods/users.ts";
import { changeWorld } from "#sandbox/telegram/methods/world-changes.ts";

/** People, chats and messages behind the API: what startSandbox plugs into the protocol half. */
export const WORLD_HALF: WorldHalf = {
  methods: closeToBots({
    ...USER_METHODS,
    ...SHARED_GROUP_METHODS,
    ...DIALOG_METHODS,
    ...HISTORY_METHODS,
    ...SENDING_METHODS,
    ...BASIC_GROUP_METHODS,
    ...GROUP_DETAIL_METHODS,
    ...CHANNEL_READING_METHODS,
    ...PARTICIPANT_METHODS,
    ...CHANNEL_MEMBER_METHODS,
    ...CHANNEL_SETTING_METHODS,
    ...FORUM_METHODS,
    ...FILE_METHODS,
  }),
  describeUser: describeAccount,
  openChannel: openChannelDifference,
  change: changeWorld,
};
