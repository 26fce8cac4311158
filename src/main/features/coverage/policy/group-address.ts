import type { Group, TelegramGroupKind } from "#shared/domain/group.ts";

/** Where a group opens: in the platform's own program, or in the browser. */
export interface GroupAddresses {
  readonly app: string;
  readonly browser: string;
}

type Addressed = Pick<Group, "platform" | "workspaceId" | "groupId"> & {
  readonly kind: TelegramGroupKind | null;
};

/**
 * The addresses of a group; null where the platform has none, or an id does not look like one of its own.
 *
 * Slack: `slack://channel?team=…&id=…`, by ids of workspace and channel (docs.slack.dev/interactivity/deep-linking; only
 * excerpts of that page could be read, 2026-11-20). The browser's is what Slack's web client shows in its address bar:
 * `app.slack.com/client` is documented nowhere and may change, but the documented `slack.com/app_redirect` would start the
 * program. Telegram: message links of private supergroups, `tg://privatepost?channel=…&post=…` and `t.me/c/…/…`, with the
 * bare channel id; message 1 is the first one, and a forum's General topic (core.telegram.org/api/links, message links; a
 * stored copy was checked on 2026-11-20). Basic groups have no address.
 */
export function groupAddresses(group: Addressed): GroupAddresses | null {
  const { platform, workspaceId, groupId, kind } = group;
  switch (platform) {
    case "slack":
      if (workspaceId === null || !SLACK_ID.test(workspaceId) || !SLACK_ID.test(groupId)) return null;
      return {
        app: `slack://channel?team=${workspaceId}&id=${groupId}`,
        browser: `https://app.slack.com/client/${workspaceId}/${groupId}`,
      };
    case "telegram":
      if (kind === null || kind === "basic" || !TELEGRAM_ID.test(groupId)) return null;
      return {
        app: `tg://privatepost?channel=${groupId}&post=1`,
        browser: `https://t.me/c/${groupId}/1`,
      };
  }
}

const SLACK_ID = /^[A-Z0-9]{1,40}$/;
const TELEGRAM_ID = /^[0-9]{1,20}$/;
