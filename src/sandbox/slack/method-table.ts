import type { MethodTable } from "#sandbox/slack/method.ts";
import { API_AND_AUTH_METHODS } from "#sandbox/slack/methods/api-and-auth.ts";
import { CHAT_METHODS } from "#sandbox/slack/methods/chat.ts";
import { CONVERSATION_LIST_METHODS } from "#sandbox/slack/methods/conversation-lists.ts";
import { FILE_METHODS } from "#sandbox/slack/methods/files.ts";
import { HISTORY_METHODS } from "#sandbox/slack/methods/history.ts";
import { LIFECYCLE_METHODS } from "#sandbox/slack/methods/lifecycle.ts";
import { MEMBERSHIP_METHODS } from "#sandbox/slack/methods/membership.ts";
import { OAUTH_METHODS } from "#sandbox/slack/methods/oauth.ts";
import { PIN_METHODS } from "#sandbox/slack/methods/pins.ts";
import { USER_METHODS } from "#sandbox/slack/methods/users.ts";

/** Every Web API method the sandbox has. Anything else is answered `unknown_method` and remembered. */
export const METHODS: MethodTable = {
  ...API_AND_AUTH_METHODS,
  ...USER_METHODS,
  ...CONVERSATION_LIST_METHODS,
  ...MEMBERSHIP_METHODS,
  ...LIFECYCLE_METHODS,
  ...HISTORY_METHODS,
  ...CHAT_METHODS,
  ...PIN_METHODS,
  ...FILE_METHODS,
  ...OAUTH_METHODS,
};
