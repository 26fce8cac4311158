import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { z } from "zod";
import type { TelegramGroupRef } from "./telegram-session.ts";

/**
 * People met only in passing (a member list of thousands) that are remembered. A person costs some 60 bytes, so that
 * memory stays flat however many lists are read; those who were asked for by name or id are kept besides.
 */
const MAX_PASSERS_BY = 50_000;

/** Channels that are remembered; an account can be in 500, or 1,000 with Premium (telegram.org/faq, checked 2026-11). */
const MAX_CHANNELS = 10_000;

const Id = z.string().regex(/^\d{1,19}$/);
const Hash = z.string().regex(/^-?\d{1,20}$/);
const Blob = z.object({
  version: z.literal(1),
  channels: z.array(z.tuple([Id, Hash])).max(MAX_CHANNELS),
  users: z.array(z.tuple([Id, Hash])).max(MAX_PASSERS_BY),
});

/**
 * By which hash this account may address channels and people. Telegram tells it with every mention of them, and
 * takes no other. (The library's own stores keep every mention anew and grow without end.)
 */
export class Peers {
  readonly #channels = new Map<string, bigint>();
  readonly #passersBy = new Map<string, bigint>();
  readonly #people = new Map<string, bigint>();

  /** Learns from whatever lists of chats and people an answer or an update carries. */
  learn(chats: readonly unknown[], users: readonly unknown[]): void {
    for (const chat of chats) {
      const isFull = chat instanceof Api.Channel ? !chat.min : chat instanceof Api.ChannelForbidden;
      if (!isFull) continue;
      const { id, accessHash } = chat as Api.Channel;
      if (accessHash) remember(this.#channels, id.toString(), accessHash.toString(), MAX_CHANNELS);
    }
    for (const user of users) {
      if (!(user instanceof Api.User) || user.min || !user.accessHash) continue;
      const id = user.id.toString();
      const store = this.#people.has(id) ? this.#people : this.#passersBy;
      remember(store, id, user.accessHash.toString(), MAX_PASSERS_BY);
    }
  }

  /** Keeps a person from being forgotten among those who were only met in passing. */
  keep(userId: string): void {
    const hash = this.#passersBy.get(userId);
    if (hash === undefined) return;
    this.#passersBy.delete(userId);
    this.#people.set(userId, hash);
  }

  findUser(userId: string): Api.InputUser | null {
    const hash = this.#hashOf(userId);
    return hash === undefined
      ? null
      : new Api.InputUser({ userId: returnBigInt(userId), accessHash: returnBigInt(hash) });
  }

  findUserPeer(userId: string): Api.InputPeerUser | null {
    const hash = this.#hashOf(userId);
    return hash === undefined
      ? null
      : new Api.InputPeerUser({ userId: returnBigInt(userId), accessHash: returnBigInt(hash) });
  }

  /** Null for a channel that no answer has named yet. */
  findChannel(groupId: string): Api.InputChannel | null {
    const hash = this.#channels.get(groupId);
    return hash === undefined
      ? null
      : new Api.InputChannel({ channelId: returnBigInt(groupId), accessHash: returnBigInt(hash) });
  }

  /** Basic groups need no hash. */
  findGroupPeer({ groupId, kind }: TelegramGroupRef): Api.TypeInputPeer | null {
    if (kind === "basic") return new Api.InputPeerChat({ chatId: returnBigInt(groupId) });
    const hash = this.#channels.get(groupId);
    return hash === undefined
      ? null
      : new Api.InputPeerChannel({ channelId: returnBigInt(groupId), accessHash: returnBigInt(hash) });
  }

  /** What a later session of the same account starts with: channels, and the people who were asked for. */
  export(): string {
    const list = (map: ReadonlyMap<string, bigint>): [string, string][] =>
      [...map].map(([id, hash]) => [id, hash.toString()]);
    return JSON.stringify({ version: 1, channels: list(this.#channels), users: list(this.#people) });
  }

  /** Takes over what `export` gave. Anything else is left aside: it would only save calls. */
  import(blob: string): void {
    const parsed = Blob.safeParse(parseJson(blob));
    if (!parsed.success) return;
    for (const [id, hash] of parsed.data.channels) this.#channels.set(id, BigInt(hash));
    for (const [id, hash] of parsed.data.users) this.#people.set(id, BigInt(hash));
  }

  #hashOf(userId: string): bigint | undefined {
    return this.#people.get(userId) ?? this.#passersBy.get(userId);
  }
}

function remember(map: Map<string, bigint>, id: string, hash: string, most: number): void {
  const value = BigInt(hash);
  if (map.get(id) === value) return;
  map.delete(id);
  map.set(id, value);
  const oldest = map.size > most ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
