import { generateRandomLong, returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import type { Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { asChangeRefusal, refusedWith } from "./change-refusals.ts";
import { findGroupPeer, strange, type Ground } from "./ground.ts";
import type { TelegramSession } from "./telegram-session.ts";

const METHOD = "messages.sendMessage";

type SendOptions = Parameters<TelegramSession["sendMessage"]>[0];

/**
 * See `TelegramSession.sendMessage`. Unlike other changes it may be repeated: Telegram takes two messages with one
 * `random_id` for the same one (core.telegram.org/method/messages.sendMessage, checked 2026-11).
 */
export async function sendMessage(
  ground: Ground,
  { to, text, randomId: token, signal }: SendOptions,
): ReturnType<TelegramSession["sendMessage"]> {
  const peer = await findRecipient(ground, to, signal);
  if (!peer.ok) return peer;
  const randomId =
    token === undefined ? generateRandomLong() : returnBigInt(BigInt.asIntN(64, BigInt(token)));
  const request = new Api.messages.SendMessage({
    peer: peer.value,
    message: text,
    randomId,
    noWebpage: true,
  });
  const sent = await ground.core.call(signal, { method: METHOD, request, read: readMessageId });
  // An earlier attempt got through; Telegram does not say under which id.
  if (refusedWith(sent) === "RANDOM_ID_DUPLICATE") return ok({ messageId: null });
  return sent.ok ? sent : err(asChangeRefusal(sent.error));
}

async function findRecipient(
  ground: Ground,
  to: SendOptions["to"],
  signal: AbortSignal,
): Promise<Result<Api.TypeInputPeer, Failure>> {
  if (to === "self") return ok(new Api.InputPeerSelf());
  if ("groupId" in to) return findGroupPeer(ground, to, METHOD, signal);
  const peer = ground.core.peers.findUserPeer(to.userId);
  return peer ? ok(peer) : err(strange(METHOD, to.userId));
}

function readMessageId(answer: unknown): { readonly messageId: string | null } | null {
  if (answer instanceof Api.UpdateShortSentMessage) return { messageId: String(answer.id) };
  if (!(answer instanceof Api.Updates)) return { messageId: null };
  const sent = answer.updates.find((update) => update instanceof Api.UpdateMessageID);
  return { messageId: sent ? String(sent.id) : null };
}
