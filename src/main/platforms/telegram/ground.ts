import type { Api } from "telegram/tl/index.js";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { SessionCore } from "./session-core.ts";
import type { TelegramGroupRef, TelegramSession } from "./telegram-session.ts";

/** What the parts of a session that live in files of their own need of it. */
export interface Ground {
  readonly core: SessionCore;
  /** How to address a channel, found in the list of chats where no answer has named it yet. */
  findChannel(
    groupId: string,
    method: string,
    signal: AbortSignal,
  ): Promise<Result<Api.InputChannel, Failure>>;
  readonly fetchSelf: TelegramSession["fetchSelf"];
  readonly fetchMembership: TelegramSession["fetchMembership"];
}

/** How to address any group as a peer; the list of chats is read for a channel that no answer has named yet. */
export async function findGroupPeer(
  ground: Ground,
  group: TelegramGroupRef,
  method: string,
  signal: AbortSignal,
): Promise<Result<Api.TypeInputPeer, Failure>> {
  if (group.kind !== "basic") {
    const channel = await ground.findChannel(group.groupId, method, signal);
    if (!channel.ok) return channel;
  }
  const peer = ground.core.peers.findGroupPeer(group);
  return peer ? ok(peer) : err(unlisted(method));
}

/** Telegram lets an account address only people it has shown it. */
export function strange(method: string, userId: string): Failure {
  return failure("telegram/not-met", { method, userId });
}

/** A group that is not in the account's list of chats. */
export function unlisted(method: string): Failure {
  return failure("telegram/group-not-found", { method, problem: "not-listed" });
}
