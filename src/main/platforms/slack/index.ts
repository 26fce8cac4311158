/** The Slack platform: sessions over the official SDK, and the exchanges that begin a sign-in. */
export { exchangeSlackCode, refreshSlackToken, type SlackGrant } from "./oauth.ts";
export { openSlackSession, type SlackSessionOptions } from "./session.ts";
export type * from "./slack-session.ts";
export { SLACK_API_URL } from "./slack-session.ts";
export type { SlackTokenSource } from "./token-source.ts";
