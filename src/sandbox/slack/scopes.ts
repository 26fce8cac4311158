/** Scopes of the sandbox app's full user token: everything the methods here can ask a user for (checked 2026-11). */
export const FULL_USER_SCOPES: readonly string[] = [
  "channels:history",
  "channels:read",
  "channels:write",
  "channels:write.invites",
  "channels:write.topic",
  "chat:write",
  "files:read",
  "files:write",
  "groups:history",
  "groups:read",
  "groups:write",
  "groups:write.invites",
  "groups:write.topic",
  "im:history",
  "im:read",
  "im:write",
  "mpim:history",
  "mpim:read",
  "mpim:write",
  "pins:read",
  "pins:write",
  "reactions:read",
  "team:read",
  "usergroups:read",
  "users:read",
  "users:read.email",
];

/** A token whose owner unticked things: public channels and names can be read, private channels and emails cannot. */
export const MISSING_SCOPE_SCOPES: readonly string[] = ["channels:read", "users:read"];

/** Bot tokens write channels through `channels:manage`; `channels:write` is for users only. */
export const BOT_SCOPES: readonly string[] = [
  "channels:history",
  "channels:join",
  "channels:manage",
  "channels:read",
  "channels:write.invites",
  "chat:write",
  "files:read",
  "files:write",
  "groups:history",
  "groups:read",
  "groups:write",
  "groups:write.invites",
  "im:history",
  "im:read",
  "im:write",
  "mpim:read",
  "pins:read",
  "pins:write",
  "reactions:read",
  "team:read",
  "usergroups:read",
  "users:read",
  "users:read.email",
];

/** What a method accepts, by token type; one of them has to be granted. An empty list: no scope needed. */
export interface AcceptedScopes {
  readonly user: readonly string[];
  readonly bot: readonly string[];
}

export const NO_SCOPE: AcceptedScopes = { user: [], bot: [] };

/** The same scopes for both token types. */
export function both(...scopes: readonly string[]): AcceptedScopes {
  return { user: scopes, bot: scopes };
}

export const READ_CONVERSATIONS = both("channels:read", "groups:read", "im:read", "mpim:read");
export const READ_HISTORY = both("channels:history", "groups:history", "im:history", "mpim:history");
export const WRITE_CONVERSATIONS: AcceptedScopes = {
  user: ["channels:write", "groups:write", "im:write", "mpim:write"],
  bot: ["channels:manage", "groups:write", "im:write", "mpim:write"],
};
export const INVITE: AcceptedScopes = {
  user: ["channels:write.invites", "groups:write.invites", "channels:write", "groups:write"],
  bot: ["channels:write.invites", "groups:write.invites", "channels:manage", "groups:write"],
};
export const SET_TOPIC: AcceptedScopes = {
  user: ["channels:write.topic", "groups:write.topic", "channels:write", "groups:write"],
  bot: ["channels:write.topic", "groups:write.topic", "channels:manage", "groups:write"],
};
