import type { CallContext, MethodRegistry, RpcMethod } from "#sandbox/telegram/method.ts";
import { answer } from "#sandbox/telegram/methods/basic-groups.ts";
import { describeGroup, peerOfGroup, peerOfUser } from "#sandbox/telegram/methods/group-objects.ts";
import { inTopic, viewOf } from "#sandbox/telegram/methods/history.ts";
import { openJoinedChannel, viewerOf } from "#sandbox/telegram/methods/inputs.ts";
import { describeMessage } from "#sandbox/telegram/methods/message-objects.ts";
import { messageAt } from "#sandbox/telegram/methods/message-view.ts";
import { pageLimit } from "#sandbox/telegram/methods/page-limit.ts";
import { postToGroup } from "#sandbox/telegram/methods/publishing.ts";
import { countUnread, readMark } from "#sandbox/telegram/methods/read-marks.ts";
import { removeFromChannel } from "#sandbox/telegram/methods/sending.ts";
import { logOfGroup } from "#sandbox/telegram/methods/telegram-state.ts";
import { describeUsers } from "#sandbox/telegram/methods/user-objects.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import { textOf } from "#sandbox/telegram/methods/request-text.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { TelegramGroup, TelegramTopic } from "#sandbox/world/telegram-model.ts";
import { hasRight, mayAsMember } from "#sandbox/world/telegram-world.ts";

const TOPICS: Readonly<Record<string, RpcMethod>> = {
  createForumTopic: (request, call) => {
    const group = openForum(request, call);
    const title = textOf(request, "title").trim();
    const viewer = viewerOf(call).index;
    if (title === "") throw new RpcError(400, "TOPIC_TITLE_EMPTY");
    if (!mayAsMember(group, viewer, "manage_topics")) throw new RpcError(403, "CHAT_WRITE_FORBIDDEN");
    const iconColor = Number(request["icon_color"] ?? 0x6fb9f0);
    const id = logOfGroup(call.world, group).size + 1;
    const action = { kind: "topic-created", title, iconColor } as const;
    const fresh = { id, title, creator: viewer, dateS: call.nowS, iconColor };
    group.topics.set(id, { ...fresh, closed: false, hidden: false, pinned: false });
    const message = { dateS: call.nowS, from: viewer, text: "", action, topic: id };
    const told = postToGroup(call, group, message, call.account);
    return answer(call, group, [{ _: "updateMessageID", id, random_id: request["random_id"] }, ...told]);
  },

  // Topics with the newest messages first, pinned ones before; offset_topic alone names the place.
  getForumTopics: (request, call) => {
    const group = openForum(request, call);
    const wanted = textOf(request, "q").toLowerCase();
    const rows = [...group.topics.values()]
      .filter((topic) => topic.title.toLowerCase().includes(wanted))
      .map((topic) => ({ topic, top: topMessage(call, group, topic) }))
      .sort(
        (one, other) =>
          Number(other.topic.pinned) - Number(one.topic.pinned) ||
          other.top - one.top ||
          other.topic.id - one.topic.id,
      );
    const offsetTopic = Number(request["offset_topic"] ?? 0);
    const start = offsetTopic === 0 ? 0 : rows.findIndex(({ topic }) => topic.id === offsetTopic) + 1;
    const page = rows.slice(start, start + pageLimit(call, request["limit"], 100, 100));
    return describeTopics(
      call,
      group,
      page.map(({ topic }) => topic),
      [],
      rows.length,
    );
  },

  getForumTopicsByID: (request, call) => {
    const group = openForum(request, call);
    const ids = request["topics"] as readonly number[];
    if (ids.length === 0) throw new RpcError(400, "TOPICS_EMPTY");
    const found = ids.flatMap((id) => group.topics.get(id) ?? []);
    const gone = ids.filter((id) => !group.topics.has(id)).map((id) => ({ _: "forumTopicDeleted", id }));
    return describeTopics(call, group, found, gone, ids.length);
  },

  editForumTopic: (request, call) => {
    const group = openForum(request, call);
    const topic = openTopic(group, request["topic_id"]);
    const viewer = viewerOf(call).index;
    if (topic.creator !== viewer && !hasRight(group, viewer, "manage_topics"))
      throw new RpcError(403, "CHAT_ADMIN_REQUIRED");
    const title = request["title"] as string | undefined;
    const closed = request["closed"] as boolean | undefined;
    const hidden = request["hidden"] as boolean | undefined;
    if (hidden !== undefined && topic.id !== 1) throw new RpcError(400, "NOGENERAL_HIDE_FORBIDDEN");
    const same =
      (title ?? topic.title) === topic.title &&
      (closed ?? topic.closed) === topic.closed &&
      (hidden ?? topic.hidden) === topic.hidden;
    if (same) throw new RpcError(400, "TOPIC_NOT_MODIFIED");
    topic.title = title ?? topic.title;
    topic.closed = closed ?? topic.closed;
    topic.hidden = hidden ?? topic.hidden;
    const action = {
      kind: "topic-edited" as const,
      ...(title !== undefined && { title }),
      ...(closed !== undefined && { closed }),
      ...(hidden !== undefined && { hidden }),
    };
    const message = {
      dateS: call.nowS,
      from: viewer,
      text: "",
      action,
      ...(topic.id !== 1 && { topic: topic.id }),
    };
    return answer(call, group, postToGroup(call, group, message, call.account));
  },

  deleteTopicHistory: (request, call) => {
    const group = openForum(request, call);
    const topic = openTopic(group, request["top_msg_id"]);
    const viewer = viewerOf(call).index;
    if (topic.creator !== viewer && !hasRight(group, viewer, "delete_messages"))
      throw new RpcError(403, "CHAT_WRITE_FORBIDDEN");
    const log = logOfGroup(call.world, group);
    const ids: number[] = [];
    for (let position = 0; position < log.size; position++) {
      const message = log.at(position);
      if (message && (position + 1 === topic.id || inTopic(message, topic.id))) ids.push(position + 1);
    }
    if (topic.id !== 1) group.topics.delete(topic.id);
    removeFromChannel(call, group, log, ids);
    const pts = call.updates.channelPts(BigInt(group.id));
    return { _: "messages.affectedHistory", pts, pts_count: ids.length, offset: 0 };
  },
};

/** Forum topics (core.telegram.org/api/forum, checked 2026-11): under channels.* until layer 216, under messages.* since. */
export const FORUM_METHODS: MethodRegistry = Object.fromEntries(
  Object.entries(TOPICS).flatMap(([name, run]) => [
    [`channels.${name}`, run],
    [`messages.${name}`, run],
  ]),
);

function openForum(request: TlObject, call: CallContext): TelegramGroup {
  const group = openJoinedChannel(call, (request["channel"] ?? request["peer"]) as TlObject);
  if (group.kind !== "forum") throw new RpcError(400, "CHANNEL_FORUM_MISSING");
  return group;
}

function openTopic(group: TelegramGroup, id: unknown): TelegramTopic {
  const topic = group.topics.get(Number(id));
  if (!topic) throw new RpcError(400, "TOPIC_ID_INVALID");
  return topic;
}

/** The id of the newest message of a topic; that of the topic's own when there is none. */
function topMessage(call: CallContext, group: TelegramGroup, topic: TelegramTopic): number {
  const view = viewOf(call, { group, user: null });
  for (let slot = view.size - 1; slot >= 0; slot--) {
    const message = messageAt(view, slot);
    if (message && inTopic(message, topic.id)) return view.idAt(slot);
  }
  return topic.id;
}

function describeTopics(
  call: CallContext,
  group: TelegramGroup,
  topics: readonly TelegramTopic[],
  gone: readonly TlObject[],
  count: number,
): TlObject {
  const { world } = call;
  const viewer = viewerOf(call).index;
  const view = viewOf(call, { group, user: null });
  const log = logOfGroup(world, group);
  const tops = topics.map((topic) => topMessage(call, group, topic));
  const there = tops.filter((id) => log.isThere(id - 1));
  const authors = there.map((id) => log.at(id - 1)?.from ?? viewer);
  return {
    _: "messages.forumTopics",
    count,
    topics: [
      ...topics.map((topic, at) => ({
        _: "forumTopic",
        my: topic.creator === viewer,
        closed: topic.closed,
        pinned: topic.pinned,
        hidden: topic.hidden,
        id: topic.id,
        date: topic.dateS,
        peer: peerOfGroup(group),
        title: topic.title,
        icon_color: topic.iconColor,
        top_message: tops[at],
        read_inbox_max_id: readMark(world, view, viewer),
        read_outbox_max_id: tops[at],
        unread_count: topic.id === 1 ? countUnread(world, view, viewer) : 0,
        unread_mentions_count: 0,
        unread_reactions_count: 0,
        unread_poll_votes_count: 0,
        from_id: peerOfUser(world, topic.creator),
        notify_settings: { _: "peerNotifySettings" },
      })),
      ...gone,
    ],
    messages: there.map((id) => describeMessage(world, log, id - 1, viewer)),
    chats: [describeGroup(world, group, viewer)],
    users: describeUsers(call, [...authors, ...topics.map((topic) => topic.creator)], viewer),
    pts: call.updates.channelPts(BigInt(group.id)),
  };
}
