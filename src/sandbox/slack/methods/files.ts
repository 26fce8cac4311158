import { requiredText, textOf } from "#sandbox/slack/arguments.ts";
import { fileJson } from "#sandbox/slack/file-json.ts";
import type { StoredFile } from "#sandbox/slack/file-store.ts";
import { canSee, type Answer, type Call, type MethodTable } from "#sandbox/slack/method.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import { both } from "#sandbox/slack/scopes.ts";
import { stableHex } from "#sandbox/world/identifiers.ts";
import type { Channel, Person } from "#sandbox/world/model.ts";

const READ = both("files:read");
const WRITE = both("files:write");

/** Uploads in Slack's three steps (URL, bytes, completion), and reading and deleting files. */
export const FILE_METHODS: MethodTable = {
  "files.getUploadURLExternal": {
    tier: "tier4",
    accepts: WRITE,
    run(call) {
      const name = requiredText(call.args, "filename");
      const length = Number(requiredText(call.args, "length"));
      if (!Number.isInteger(length) || length <= 0) {
        throw new SlackRefusal("invalid_arguments", {
          response_metadata: { messages: ["[ERROR] must be greater than 0 [json-pointer:/length]"] },
        });
      }
      const { ids, files, world, origin } = call.workspace;
      const fileId = ids.slack("F");
      const ticket = stableHex(world.seed, `upload-${fileId}`, 40);
      files.uploads.set(fileId, { fileId, ticket, name, length, person: call.caller.index, bytes: null });
      return { upload_url: `${origin}/upload/v1/${ticket}`, file_id: fileId };
    },
  },
  "files.completeUploadExternal": { tier: "tier4", accepts: WRITE, run: completeUpload },
  "files.info": {
    tier: "tier4",
    accepts: READ,
    run(call) {
      const file = findFile(call);
      return { file: fileJson(call.workspace, file), comments: [], response_metadata: { next_cursor: "" } };
    },
  },
  "files.list": {
    tier: "tier3",
    accepts: READ,
    /** The older page/count pagination: files.list has no cursor (checked 2026-11). */
    run(call) {
      const count = Math.min(Math.max(1, Number(textOf(call.args, "count")) || 100), 1_000);
      const page = Math.max(1, Number(textOf(call.args, "page")) || 1);
      const channelId = textOf(call.args, "channel");
      const user = textOf(call.args, "user");
      const visible = [...call.workspace.files.files.values()].filter(
        (file) =>
          mayRead(call.workspace.world.channels, call.caller, file) &&
          (channelId === "" || file.shares.some((share) => share.channelId === channelId)) &&
          (user === "" || call.workspace.world.people[file.person]?.slackUserId === user),
      );
      const pages = Math.max(1, Math.ceil(visible.length / count));
      return {
        files: visible.slice((page - 1) * count, page * count).map((file) => fileJson(call.workspace, file)),
        paging: { count, total: visible.length, page, pages },
      };
    },
  },
  "files.delete": {
    tier: "tier3",
    accepts: WRITE,
    run(call) {
      const file = findFile(call);
      if (file.person !== call.caller.index) throw new SlackRefusal("cant_delete_file");
      call.workspace.files.files.delete(file.id);
      return {};
    },
  },
};

/** Its uploader, and whoever sees a channel it was shared in, may read a file. */
export function mayRead(channels: ReadonlyMap<string, Channel>, person: Person, file: StoredFile): boolean {
  if (file.person === person.index) return true;
  return file.shares.some(({ channelId }) => {
    const channel = channels.get(channelId);
    return channel !== undefined && canSee(person, channel);
  });
}

function completeUpload(call: Call): Answer {
  const { workspace, caller } = call;
  const wanted = parseFileList(requiredText(call.args, "files"));
  const to = [textOf(call.args, "channel_id"), ...textOf(call.args, "channels").split(",")].filter(
    (id) => id !== "",
  );
  const channels = to.map((id) => {
    const channel = workspace.world.channels.get(id);
    if (!channel || !canSee(caller, channel)) throw new SlackRefusal("channel_not_found");
    if (!channel.members.has(caller.index)) throw new SlackRefusal("not_in_channel");
    if (channel.isArchived) throw new SlackRefusal("is_archived");
    return channel;
  });
  const nowS = Math.floor(workspace.nowMs() / 1_000);
  for (const { id } of wanted)
    if (!workspace.files.uploads.get(id)?.bytes) throw new SlackRefusal("file_not_found");
  const files = wanted.map(({ id, title }) => workspace.files.finish(id, title, nowS) as StoredFile);
  const threadTs = textOf(call.args, "thread_ts");
  for (const channel of channels) {
    const sent = workspace.messages.post(channel, {
      person: caller.index,
      text: textOf(call.args, "initial_comment"),
      fileIds: files.map((file) => file.id),
      ...(threadTs !== "" && { threadTs }),
    });
    for (const file of files) file.shares.push({ channelId: channel.id, ts: sent.ts });
  }
  return { files: files.map((file) => fileJson(workspace, file)) };
}

function parseFileList(text: string): { id: string; title: string }[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    list = null;
  }
  if (!Array.isArray(list) || list.length === 0) throw new SlackRefusal("invalid_arguments");
  return list.map((item: unknown) => {
    const { id, title } = (item ?? {}) as { id?: unknown; title?: unknown };
    if (typeof id !== "string") throw new SlackRefusal("invalid_arguments");
    return { id, title: typeof title === "string" ? title : "" };
  });
}

function findFile(call: Call): StoredFile {
  const file = call.workspace.files.files.get(requiredText(call.args, "file"));
  if (!file || !mayRead(call.workspace.world.channels, call.caller, file))
    throw new SlackRefusal("file_not_found");
  return file;
}
