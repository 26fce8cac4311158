import { textOf, type Arguments } from "#sandbox/slack/arguments.ts";
import type { Tier } from "#sandbox/slack/rate-limiter.ts";
import { SlackRefusal } from "#sandbox/slack/refusal.ts";
import type { AcceptedScopes } from "#sandbox/slack/scopes.ts";
import type { TokenGrant } from "#sandbox/slack/tokens.ts";
import type { SlackWorkspace } from "#sandbox/slack/workspace.ts";
import type { Channel, Person } from "#sandbox/world/model.ts";

/** A call whose token was admitted. */
export interface Call {
  readonly workspace: SlackWorkspace;
  readonly args: Arguments;
  readonly grant: TokenGrant;
  /** Who the token speaks for. */
  readonly caller: Person;
  /** A scripted fault: hand out half a page, with a cursor that goes on correctly (Slack may do so at any time). */
  readonly shortPage: boolean;
}

/** A call of a method that takes no token. */
export interface OpenCall {
  readonly workspace: SlackWorkspace;
  readonly args: Arguments;
  /** The `Authorization` header, for client credentials by HTTP Basic. */
  readonly authorization: string;
}

export type Answer = Record<string, unknown>;

/** A Web API method. `run` returns the answer without `ok`, or throws a `SlackRefusal`. */
export type Method =
  | {
      readonly open?: false;
      readonly tier: Tier;
      readonly accepts: AcceptedScopes;
      run(call: Call): Answer;
    }
  | { readonly open: true; readonly tier: Tier; run(call: OpenCall): Answer };

export type MethodTable = Readonly<Record<string, Method>>;

/** Refuses with `missing_scope`, `needed` and `provided` unless one of the scopes is granted. */
export function requireScope(call: Pick<Call, "grant">, oneOf: readonly string[]): void {
  if (oneOf.length === 0 || oneOf.some((scope) => call.grant.scopes.has(scope))) return;
  throw new SlackRefusal("missing_scope", {
    needed: oneOf.join(","),
    provided: [...call.grant.scopes].join(","),
  });
}

/** Keeps those of a method's scopes that fit the channel's type, and requires one of them. */
function requireChannelScope(call: Call, accepts: AcceptedScopes, channel: Pick<Channel, "isPrivate">): void {
  const prefix = channel.isPrivate ? "groups:" : "channels:";
  requireScope(
    call,
    accepts[call.grant.type].filter((scope) => scope.startsWith(prefix)),
  );
}

/** Whether the caller can know the channel: public (guests: only where they are in), or private with them in it. */
export function canSee(caller: Person, channel: Channel): boolean {
  if (channel.members.has(caller.index)) return true;
  return !channel.isPrivate && (caller.belonging === "member" || caller.belonging === "bot");
}

/**
 * The channel a call names. Refuses with `channel_not_found` when it does not exist or the caller cannot see it (Slack
 * does not tell the two apart), `method_not_supported_for_channel_type` for a direct message, `missing_scope`.
 */
export function findChannel(call: Call, accepts: AcceptedScopes, argument = "channel"): Channel {
  const id = textOf(call.args, argument);
  if (/^D[A-Z0-9]{8,}$/.test(id)) throw new SlackRefusal("method_not_supported_for_channel_type");
  const channel = call.workspace.world.channels.get(id);
  if (!channel || !canSee(call.caller, channel)) throw new SlackRefusal("channel_not_found");
  requireChannelScope(call, accepts, channel);
  return channel;
}

/** Refuses a caller who is not in the channel with `not_in_channel`. */
export function requireMembership(call: Call, channel: Channel): void {
  if (!channel.members.has(call.caller.index)) throw new SlackRefusal("not_in_channel");
}

/** Guests may not manage channels: `user_is_restricted`, single-channel guests `user_is_ultra_restricted`. */
export function refuseGuests(call: Call): void {
  if (call.caller.belonging === "single-guest") throw new SlackRefusal("user_is_ultra_restricted");
  if (call.caller.belonging === "multi-guest") throw new SlackRefusal("user_is_restricted");
}
