import type { z } from "zod";
import type { Failure } from "#shared/domain/failure.ts";
import { assert } from "#shared/lib/assert.ts";
import { asPartOfWhatWasSent } from "#shared/lib/not-sent.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { ChannelAnswer, DoneAnswer, InviteAnswer } from "./answers.ts";
import { governedCall, type CallContext, type SlackRequest } from "./governed-call.ts";
import type { SlackInvited, SlackSession } from "./slack-session.ts";
import { refusalOf } from "./translate-error.ts";

type ChannelChanges = Pick<
  SlackSession,
  "inviteToChannel" | "removeFromChannel" | "renameChannel" | "createChannel" | "setTopic" | "pinMessage"
>;

const INVITE = "conversations.invite";
const KICK = "conversations.kick";

/** Most people one conversations.invite may name (docs.slack.dev/reference/methods/conversations.invite, checked 2026-11). */
const INVITED_AT_ONCE = 1_000;

/** Refusals of an invitation that are about one of the people, not about the channel or the account that invites. */
const ABOUT_ONE_PERSON = new Set([
  "already_in_channel",
  "cant_invite",
  "cant_invite_self",
  "ura_max_channels",
  "user_not_found",
  "users_not_found",
]);

/** What changes channels. Every change goes out once: about one that met no answer, whoever asked has to look. */
export function createChannelChanges(context: CallContext): ChannelChanges {
  async function change<Value>(
    request: Omit<SlackRequest<Value>, "kind">,
    signal: AbortSignal,
  ): Promise<Result<Value, Failure>> {
    const result = await governedCall(context, { ...request, kind: "write" }, signal);
    return result.ok ? ok(result.value.value) : result;
  }

  async function done(
    method: string,
    args: SlackRequest<unknown>["args"],
    signal: AbortSignal,
  ): Promise<Result<void, Failure>> {
    const result = await change({ method, args, schema: DoneAnswer }, signal);
    return result.ok ? ok(undefined) : result;
  }

  /**
   * What one call came to, by person. With `force`, Slack brings in whom it can and lists the others; a refusal need not
   * name everybody, and who is not named may be in or not, so they are missing here.
   */
  async function invite(
    channelId: string,
    userIds: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<ReadonlyMap<string, SlackInvited>, Failure>> {
    const [only, ...others] = userIds;
    const readRefusal = (answer: unknown, error: string): z.infer<typeof InviteAnswer> | null => {
      const isAlone = only !== undefined && others.length === 0;
      const read = InviteAnswer.safeParse(answer);
      const errors = read.success ? read.data.errors : [];
      if (errors.length === 0 && !ABOUT_ONE_PERSON.has(error)) return null;
      return { ok: false, errors: isAlone ? [{ user: only, error: errors[0]?.error ?? error }] : errors };
    };
    const args = { channel: channelId, users: userIds.join(","), force: true };
    const result = await change({ method: INVITE, args, schema: InviteAnswer, readRefusal }, signal);
    if (!result.ok) return result;
    const outcomes = new Map<string, SlackInvited>();
    if (result.value.ok) for (const userId of userIds) outcomes.set(userId, { userId, outcome: "added" });
    for (const { user, error } of result.value.errors) outcomes.set(user, whyNot(user, error));
    return ok(outcomes);
  }

  return {
    async inviteToChannel({ channelId, userIds, signal }) {
      if (userIds.length === 0) return ok([]);
      if (userIds.length > INVITED_AT_ONCE) throw new RangeError(`over ${INVITED_AT_ONCE} people at once`);
      const together = await invite(channelId, userIds, signal);
      if (!together.ok) return together;
      const invited: SlackInvited[] = [];
      for (const userId of userIds) {
        let outcome = together.value.get(userId);
        if (!outcome) {
          // Not named in a refusal: alone, they get an answer of their own.
          const alone = await asPartOfWhatWasSent(invite(channelId, [userId], signal));
          if (!alone.ok) return alone;
          outcome = alone.value.get(userId);
        }
        assert(outcome, "an invitation of one person has an outcome");
        invited.push(outcome);
      }
      return ok(invited);
    },

    async removeFromChannel({ channelId, userId, signal }) {
      const removed = await done(KICK, { channel: channelId, user: userId }, signal);
      if (removed.ok) return ok("removed");
      if (removed.error.code !== "slack/not-in-channel") return removed;
      // Slack says the same of a person who is not in the channel and of an account that is not.
      const args = { channel: channelId };
      const look = { method: "conversations.info", args, schema: ChannelAnswer, kind: "read" } as const;
      const channel = await governedCall(context, look, signal);
      if (!channel.ok) return channel;
      return channel.value.value.isMember ? ok("was-not-in") : removed;
    },

    async renameChannel({ channelId, name, lookAgain, signal }) {
      const args = { channel: channelId, name };
      const request = { method: "conversations.rename", args, schema: ChannelAnswer, lookAgain };
      const renamed = await change(request, signal);
      return renamed.ok ? ok(renamed.value.name) : renamed;
    },

    createChannel: ({ name, isPrivate, signal }) =>
      change(
        { method: "conversations.create", args: { name, is_private: isPrivate }, schema: ChannelAnswer },
        signal,
      ),

    setTopic: ({ channelId, topic, signal }) =>
      done("conversations.setTopic", { channel: channelId, topic }, signal),

    async pinMessage({ channelId, messageId, signal }) {
      const pinned = await done("pins.add", { channel: channelId, timestamp: messageId }, signal);
      const isPinned = !pinned.ok && pinned.error.facts["slackError"] === "already_pinned";
      return isPinned ? ok(undefined) : pinned;
    },
  };
}

function whyNot(userId: string, error: string): SlackInvited {
  if (error === "already_in_channel") return { userId, outcome: "already-in" };
  return { userId, outcome: "refused", failure: refusalOf(error, INVITE, {}) };
}
