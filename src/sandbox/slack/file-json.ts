import type { StoredFile } from "#sandbox/slack/file-store.ts";
import type { SlackWorkspace } from "#sandbox/slack/workspace.ts";
import type { Person } from "#sandbox/world/model.ts";

/** A file object; its `url_private` needs the token as a bearer, as Slack's does (checked 2026-11). */
export function fileJson(workspace: SlackWorkspace, file: StoredFile): Record<string, unknown> {
  const { world } = workspace;
  const url = `${workspace.origin}/files-pri/${world.teamId}-${file.id}`;
  const name = encodeURIComponent(file.name);
  const shares: Record<"public" | "private", Record<string, { ts: string }[]>> = { public: {}, private: {} };
  for (const { channelId, ts } of file.shares) {
    const kind = world.channels.get(channelId)?.isPrivate ? "private" : "public";
    shares[kind][channelId] = [...(shares[kind][channelId] ?? []), { ts }];
  }
  return {
    id: file.id,
    created: file.createdS,
    timestamp: file.createdS,
    name: file.name,
    title: file.title,
    mimetype: file.mimeType,
    filetype: file.name.split(".").pop() ?? "",
    pretty_type: file.mimeType,
    user: (world.people[file.person] as Person).slackUserId,
    user_team: world.teamId,
    editable: false,
    size: file.bytes.length,
    mode: "hosted",
    is_external: false,
    external_type: "",
    is_public: Object.keys(shares.public).length > 0,
    public_url_shared: false,
    display_as_bot: false,
    url_private: `${url}/${name}`,
    url_private_download: `${url}/download/${name}`,
    permalink: `https://${world.teamDomain}.slack.com/files/${file.id}/${name}`,
    channels: Object.keys(shares.public),
    groups: Object.keys(shares.private),
    ims: [],
    shares,
    has_rich_preview: false,
    file_access: "visible",
  };
}
