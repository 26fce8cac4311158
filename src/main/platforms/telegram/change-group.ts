import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { failure } from "#shared/domain/failure.ts";
import { err, ok } from "#shared/lib/result.ts";
import { change, refusedWith } from "./change-refusals.ts";
import { findGroupPeer, type Ground } from "./ground.ts";
import { readGroups } from "./read-group.ts";
import type { TelegramGroup, TelegramSession } from "./telegram-session.ts";

/** Longest name of an invite link (core.telegram.org/method/messages.exportChatInvite, checked 2026-11). */
const MAX_LINK_TITLE_LENGTH = 32;

/** See `TelegramSession.renameGroup`. */
export async function renameGroup(
  ground: Ground,
  { group, title, lookAgain, signal }: Parameters<TelegramSession["renameGroup"]>[0],
): ReturnType<TelegramSession["renameGroup"]> {
  const method = group.kind === "basic" ? "messages.editChatTitle" : "channels.editTitle";
  let request: Api.AnyRequest;
  if (group.kind === "basic") {
    request = new Api.messages.EditChatTitle({ chatId: returnBigInt(group.groupId), title });
  } else {
    const channel = await ground.findChannel(group.groupId, method, signal);
    if (!channel.ok) return channel;
    request = new Api.channels.EditTitle({ channel: channel.value, title });
  }
  const renamed = await change(ground.core, signal, method, request, () => true, lookAgain);
  if (refusedWith(renamed) === "CHAT_NOT_MODIFIED") return ok("unchanged");
  return renamed.ok ? ok("renamed") : renamed;
}

/** See `TelegramSession.setHistoryVisible`. */
export async function setHistoryVisible(
  ground: Ground,
  { group, visible, signal }: Parameters<TelegramSession["setHistoryVisible"]>[0],
): ReturnType<TelegramSession["setHistoryVisible"]> {
  const method = "channels.togglePreHistoryHidden";
  if (group.kind === "basic") {
    const detail = "Only a supergroup has this setting; a basic group always hides most of what came before.";
    return err(failure("telegram/refused", { method, problem: "basic-group" }, detail));
  }
  const channel = await ground.findChannel(group.groupId, method, signal);
  if (!channel.ok) return channel;
  const request = new Api.channels.TogglePreHistoryHidden({ channel: channel.value, enabled: !visible });
  const changed = await change(ground.core, signal, method, request, () => true);
  if (refusedWith(changed) === "CHAT_NOT_MODIFIED") return ok("unchanged");
  return changed.ok ? ok("changed") : changed;
}

/** See `TelegramSession.createGroup`. */
export function createGroup(
  ground: Ground,
  { title, about, signal }: Parameters<TelegramSession["createGroup"]>[0],
): ReturnType<TelegramSession["createGroup"]> {
  const request = new Api.channels.CreateChannel({ megagroup: true, title, about });
  return change(ground.core, signal, "channels.createChannel", request, readCreated);
}

/** See `TelegramSession.setAbout`. */
export async function setAbout(
  ground: Ground,
  { group, about, signal }: Parameters<TelegramSession["setAbout"]>[0],
): ReturnType<TelegramSession["setAbout"]> {
  const method = "messages.editChatAbout";
  const peer = await findGroupPeer(ground, group, method, signal);
  if (!peer.ok) return peer;
  const request = new Api.messages.EditChatAbout({ peer: peer.value, about });
  const changed = await change(ground.core, signal, method, request, () => true);
  const isSo = ["CHAT_ABOUT_NOT_MODIFIED", "CHAT_NOT_MODIFIED"].includes(refusedWith(changed) ?? "");
  if (isSo) return ok("unchanged");
  return changed.ok ? ok("changed") : changed;
}

/** See `TelegramSession.pinMessage`. Nobody is notified. */
export async function pinMessage(
  ground: Ground,
  { group, messageId, signal }: Parameters<TelegramSession["pinMessage"]>[0],
): ReturnType<TelegramSession["pinMessage"]> {
  const method = "messages.updatePinnedMessage";
  const peer = await findGroupPeer(ground, group, method, signal);
  if (!peer.ok) return peer;
  const id = Number(messageId);
  const request = new Api.messages.UpdatePinnedMessage({ silent: true, peer: peer.value, id });
  const pinned = await change(ground.core, signal, method, request, () => true);
  if (refusedWith(pinned) === "CHAT_NOT_MODIFIED") return ok(undefined);
  return pinned.ok ? ok(undefined) : pinned;
}

/** See `TelegramSession.createInviteLink`. A longer `title` is cut. */
export async function createInviteLink(
  ground: Ground,
  { group, title, signal }: Parameters<TelegramSession["createInviteLink"]>[0],
): ReturnType<TelegramSession["createInviteLink"]> {
  const method = "messages.exportChatInvite";
  const peer = await findGroupPeer(ground, group, method, signal);
  if (!peer.ok) return peer;
  const name = [...title].slice(0, MAX_LINK_TITLE_LENGTH).join("");
  const request = new Api.messages.ExportChatInvite({ peer: peer.value, title: name });
  return change(ground.core, signal, method, request, readLink);
}

function readLink(answer: unknown): string | null {
  return answer instanceof Api.ChatInviteExported ? answer.link : null;
}

/** The only chat that the answer to a creation names. */
function readCreated(answer: unknown): TelegramGroup | null {
  if (!(answer instanceof Api.Updates)) return null;
  return readGroups(answer.chats).find(({ kind }) => kind !== "basic") ?? null;
}
