import { fileJson } from "#sandbox/slack/file-json.ts";
import type { LoggedMessage } from "#sandbox/slack/message-log.ts";
import type { SlackWorkspace } from "#sandbox/slack/workspace.ts";
import type { Channel, Person } from "#sandbox/world/model.ts";

/**
 * A message object. With its `position` it is a top-level message and carries what Slack tells of its thread
 * (`reply_count`, `latest_reply`); old messages gain replies, so readers must compare those fields.
 */
export function messageJson(
  workspace: SlackWorkspace,
  channel: Channel,
  message: LoggedMessage,
  position?: number,
): Record<string, unknown> {
  const { world } = workspace;
  const author = world.people[message.person] as Person;
  const files = (message.fileIds ?? [])
    .map((id) => workspace.files.files.get(id))
    .filter((file) => file !== undefined);
  const replies = position === undefined ? [] : workspace.messages.repliesAt(channel, position);
  const repliers = [...new Set(replies.map((reply) => (world.people[reply.person] as Person).slackUserId))];
  return {
    user: author.slackUserId,
    type: "message",
    ts: message.ts,
    ...(author.belonging === "bot" && { bot_id: `B${author.slackUserId.slice(1)}`, app_id: workspace.appId }),
    text: message.text,
    team: author.slackTeamId,
    ...(message.editedTs !== undefined && { edited: { user: author.slackUserId, ts: message.editedTs } }),
    ...(files.length > 0 && { files: files.map((file) => fileJson(workspace, file)), upload: true }),
    ...(replies.length > 0 && {
      thread_ts: message.ts,
      reply_count: replies.length,
      reply_users_count: repliers.length,
      latest_reply: replies.at(-1)?.ts,
      reply_users: repliers.slice(0, 5),
      is_locked: false,
      subscribed: false,
    }),
  };
}
