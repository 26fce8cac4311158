/**
 * The parts of Slack's answers that the product reads. Fields it does not read may be there or not; a field it does
 * read that is missing or of another type makes the whole answer a bad one, because an item left out silently would
 * look like an absent person.
 */
import { z } from "zod";
import type { SlackChannel, SlackUser } from "./slack-session.ts";

/** Slack allows 80 characters for names; this only keeps a broken server from filling the database. */
const MAX_NAME_LENGTH = 1_000;

/** Half a surrogate pair becomes U+FFFD here, as SQLite would make it, so that a stored name equals the live one. */
const Name = z.string().transform((name) => name.slice(0, MAX_NAME_LENGTH).toWellFormed());

const Id = z.string().min(1).max(60);

const flag = z.boolean().nullish();

const optionalName = Name.nullish();

const Channel = z
  .object({
    id: Id,
    name: Name,
    is_private: flag,
    is_archived: flag,
    is_ext_shared: flag,
    is_org_shared: flag,
    is_general: flag,
    is_member: flag,
    num_members: z.number().int().nonnegative().nullish(),
  })
  .transform((channel): SlackChannel => ({
    id: channel.id,
    name: channel.name,
    isPrivate: channel.is_private === true,
    isArchived: channel.is_archived === true,
    isShared: channel.is_ext_shared === true || channel.is_org_shared === true,
    isGeneral: channel.is_general === true,
    // users.conversations leaves `is_member` out; a private channel is only ever shown to its members.
    isMember: channel.is_member ?? channel.is_private === true,
    memberCount: channel.num_members ?? null,
  }));

/** Slackbot does not carry the bot flag. */
const SLACKBOT_ID = "USLACKBOT";

const User = z
  .object({
    id: Id,
    name: optionalName,
    real_name: optionalName,
    deleted: flag,
    is_bot: flag,
    is_admin: flag,
    is_owner: flag,
    is_restricted: flag,
    is_ultra_restricted: flag,
    profile: z
      .object({ display_name: optionalName, real_name: optionalName, email: z.string().max(320).nullish() })
      .nullish(),
  })
  .transform((user): SlackUser => {
    const username = user.name ?? "";
    const names = [user.profile?.display_name, user.profile?.real_name, user.real_name, username];
    return {
      id: user.id,
      username,
      displayName: names.find((name) => name) ?? user.id,
      email: user.profile?.email || null,
      isDeactivated: user.deleted === true,
      isBot: user.is_bot === true || user.id === SLACKBOT_ID,
      isGuest: user.is_restricted === true || user.is_ultra_restricted === true,
      isOneChannelGuest: user.is_ultra_restricted === true,
      rank:
        user.is_owner === true
          ? ("owner" as const)
          : user.is_admin === true
            ? ("admin" as const)
            : ("member" as const),
    };
  });

/** An empty or missing cursor ends a listing (docs.slack.dev/apis/web-api/pagination, checked 2026-11). */
const NextCursor = z
  .object({ next_cursor: z.string().max(10_000).nullish() })
  .nullish()
  .transform((metadata) => metadata?.next_cursor || null);

export const ChannelsAnswer = z
  .object({ channels: z.array(Channel), response_metadata: NextCursor })
  .transform((answer) => ({ items: answer.channels, nextCursor: answer.response_metadata }));

export const MembersAnswer = z
  .object({ members: z.array(Id), response_metadata: NextCursor })
  .transform((answer) => ({ items: answer.members, nextCursor: answer.response_metadata }));

export const UsersAnswer = z
  .object({ members: z.array(User), response_metadata: NextCursor })
  .transform((answer) => ({ items: answer.members, nextCursor: answer.response_metadata }));

export const ChannelAnswer = z.object({ channel: Channel }).transform((answer) => answer.channel);

export const UserAnswer = z.object({ user: User }).transform((answer) => answer.user);

export const IdentityAnswer = z.object({
  team_id: Id,
  team: Name,
  user_id: Id,
  user: Name,
  /** Only a bot token has one. */
  bot_id: z.string().nullish(),
});

export const RevokeAnswer = z.object({ revoked: z.boolean() });

export const PostAnswer = z.object({ channel: Id, ts: z.string().min(1).max(100) });

/** An answer of which only the success counts. */
export const DoneAnswer = z.object({ ok: z.literal(true) });

/**
 * Whom an invitation did not bring in, and why; a success may list some, and a refusal
 * (docs.slack.dev/reference/methods/conversations.invite, checked 2026-11).
 */
export const InviteAnswer = z.object({
  ok: z.boolean(),
  errors: z
    .array(z.object({ user: Id, error: z.string().min(1).max(300) }))
    .nullish()
    .transform((errors) => errors ?? []),
});
