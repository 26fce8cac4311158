import type { z } from "zod";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { Governor } from "#shared/lib/governor.ts";
import type { Log } from "#shared/lib/log.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { Clock } from "#shared/lib/time.ts";
import { WaitBoard } from "#shared/lib/wait-board.ts";
import {
  ChannelAnswer,
  ChannelsAnswer,
  IdentityAnswer,
  MembersAnswer,
  PostAnswer,
  RevokeAnswer,
  UserAnswer,
  UsersAnswer,
} from "./answers.ts";
import { createChannelChanges } from "./change-channel.ts";
import { CursorTrail } from "./cursor-trail.ts";
import { governedCall, type CallContext } from "./governed-call.ts";
import type { SlackPage, SlackPageOptions, SlackSession } from "./slack-session.ts";
import { slackLimits } from "./tiers.ts";
import { fixedToken, type SlackTokenSource } from "./token-source.ts";

export interface SlackSessionOptions {
  /** A token, or where to get one that changes. */
  readonly token: string | SlackTokenSource;
  /** Ends with `/`; `SLACK_API_URL` is Slack's own. */
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  /** What makes the requests; Node's own unless given. */
  readonly fetch?: typeof globalThis.fetch;
  /** How long one request may take, from the first byte sent to the last received. */
  readonly deadlineMs?: number;
  /** Pause before the first repetition of a read that got no answer. */
  readonly retryPauseMs?: number;
  /** The window in which the server counts calls; only a test server has another one than a minute. */
  readonly limitWindowMs?: number;
}

/** Both kinds of channel; direct messages are nobody's group. */
const CHANNEL_TYPES = "public_channel,private_channel";

/** Page sizes: the most each method documents (docs.slack.dev/reference/methods, checked 2026-11). */
const CHANNELS_A_PAGE = 1_000;
const CHANNELS_OF_USER_A_PAGE = 999;
const MEMBERS_A_PAGE = 999;
const USERS_A_PAGE = 1_000;

/** Opens a session: no request is made before the first call. */
export function openSlackSession(options: SlackSessionOptions): SlackSession {
  const { clock, log } = options;
  const waits = new WaitBoard(clock);
  const trail = new CursorTrail();
  const callsByMethod: Record<string, number> = {};
  const context: CallContext = {
    apiUrl: options.apiUrl,
    fetch: options.fetch ?? fetch,
    tokens: typeof options.token === "string" ? fixedToken(options.token) : options.token,
    governor: new Governor({ clock, waits, limits: slackLimits(options.limitWindowMs) }),
    waits,
    clock,
    log,
    deadlineMs: options.deadlineMs ?? 30_000,
    retryPauseMs: options.retryPauseMs ?? 500,
    onRequest: (method) => (callsByMethod[method] = (callsByMethod[method] ?? 0) + 1),
  };

  async function read<Value>(
    method: string,
    args: Record<string, string | number | boolean>,
    schema: z.ZodType<Value>,
    signal: AbortSignal,
  ): Promise<Result<Value, Failure>> {
    const result = await governedCall(context, { method, args, schema, kind: "read" }, signal);
    return result.ok ? ok(result.value.value) : result;
  }

  /** One page of a listing; `subject` is what is listed, where a method lists more than one thing. */
  async function readPage<Item>(
    method: string,
    subject: Record<string, string | number | boolean>,
    schema: z.ZodType<SlackPage<Item>>,
    { cursor, signal }: SlackPageOptions,
  ): Promise<Result<SlackPage<Item>, Failure>> {
    const args = { ...subject, ...(cursor === null ? {} : { cursor }) };
    const result = await read(method, args, schema, signal);
    if (!result.ok || result.value.nextCursor === null) return result;
    if (trail.step(`${method} ${JSON.stringify(subject)}`, cursor, result.value.nextCursor)) return result;
    return err(
      failure("slack/bad-answer", { method, problem: "cursor-repeated" }, "Its pages lead in a circle."),
    );
  }

  return {
    async fetchIdentity({ signal }) {
      const request = { method: "auth.test", args: {}, schema: IdentityAnswer, kind: "read" } as const;
      const result = await governedCall(context, request, signal);
      if (!result.ok) return result;
      const { value, scopes } = result.value;
      return ok({
        teamId: value.team_id,
        teamName: value.team,
        userId: value.user_id,
        userName: value.user,
        tokenKind: value.bot_id ? "bot" : "user",
        scopes,
      });
    },

    fetchChannels: (page) =>
      readPage(
        "conversations.list",
        { types: CHANNEL_TYPES, exclude_archived: false, limit: CHANNELS_A_PAGE },
        ChannelsAnswer,
        page,
      ),

    fetchChannelsOfUser: (page) =>
      readPage(
        "users.conversations",
        {
          user: page.userId,
          types: CHANNEL_TYPES,
          exclude_archived: false,
          limit: CHANNELS_OF_USER_A_PAGE,
        },
        ChannelsAnswer,
        page,
      ),

    fetchChannel: ({ channelId, signal }) =>
      read("conversations.info", { channel: channelId, include_num_members: true }, ChannelAnswer, signal),

    fetchMembers: (page) =>
      readPage(
        "conversations.members",
        { channel: page.channelId, limit: MEMBERS_A_PAGE },
        MembersAnswer,
        page,
      ),

    fetchUser: ({ userId, signal }) => read("users.info", { user: userId }, UserAnswer, signal),

    fetchUsers: (page) => readPage("users.list", { limit: USERS_A_PAGE }, UsersAnswer, page),

    async findUserByEmail({ email, signal }) {
      const result = await read("users.lookupByEmail", { email }, UserAnswer, signal);
      return !result.ok && result.error.code === "slack/user-not-found" ? ok(null) : result;
    },

    async sendMessage({ channelId, text, signal }) {
      const args = { channel: channelId, text, unfurl_links: false, unfurl_media: false };
      const request = { method: "chat.postMessage", args, schema: PostAnswer, kind: "write" } as const;
      const result = await governedCall(context, request, signal);
      return result.ok ? ok({ messageId: result.value.value.ts }) : result;
    },

    ...createChannelChanges(context),

    async revoke({ signal }) {
      const request = { method: "auth.revoke", args: {}, schema: RevokeAnswer, kind: "write" } as const;
      const result = await governedCall(context, request, signal);
      if (!result.ok) return result;
      if (result.value.value.revoked) return ok(undefined);
      return err(failure("slack/refused", { method: "auth.revoke" }, "The token was not ended."));
    },

    usage: () => ({
      calls: Object.values(callsByMethod).reduce((sum, calls) => sum + calls, 0),
      waitedMs: waits.waitedMs(),
      callsByMethod: { ...callsByMethod },
    }),

    watchWaits: (listener) => waits.watch(listener),
  };
}
