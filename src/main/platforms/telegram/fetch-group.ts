import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { failure } from "#shared/domain/failure.ts";
import { err } from "#shared/lib/result.ts";
import type { Ground } from "./ground.ts";
import { readGroups } from "./read-group.ts";
import type { TelegramGroup, TelegramSession } from "./telegram-session.ts";

/** See `TelegramSession.fetchGroup`. */
export async function fetchGroup(
  ground: Ground,
  { group, signal }: Parameters<TelegramSession["fetchGroup"]>[0],
): ReturnType<TelegramSession["fetchGroup"]> {
  const isBasic = group.kind === "basic";
  const method = isBasic ? "messages.getChats" : "channels.getChannels";
  let request: Api.AnyRequest;
  if (isBasic) {
    request = new Api.messages.GetChats({ id: [returnBigInt(group.groupId)] });
  } else {
    const channel = await ground.findChannel(group.groupId, method, signal);
    if (!channel.ok) return channel;
    request = new Api.channels.GetChannels({ id: [channel.value] });
  }
  const read = (answer: unknown): { readonly found: TelegramGroup | null } | null => {
    if (!(answer instanceof Api.messages.Chats) && !(answer instanceof Api.messages.ChatsSlice)) return null;
    const found = readGroups(answer.chats).find(
      ({ groupId, kind }) => groupId === group.groupId && (kind === "basic") === isBasic,
    );
    return { found: found ?? null };
  };
  const answer = await ground.core.call(signal, { method, request, read });
  if (!answer.ok) return answer;
  const { found } = answer.value;
  if (found && !found.isClosed) {
    ground.core.changes.note([found], false);
    return { ok: true, value: found };
  }
  const migratedTo = found?.migratedTo ?? null;
  return err(failure("telegram/group-not-found", { method, ...(migratedTo !== null && { migratedTo }) }));
}
