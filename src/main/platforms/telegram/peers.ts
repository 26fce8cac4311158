import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import type { TelegramGroupRef, TelegramPeer } from "./telegram-session.ts";

/**
 * People met only in passing (a member list of thousands) that are remembered. A person costs some 60 bytes, so that
 * memory stays flat however many lists are read; those who were asked for by name or id are kept besides.
 */
const MAX_PASSERS_BY = 50_000;

/** Channels that are remembered; an account can be in 500, or 1,000 with Premium (telegram.org/faq, checked 2026-11). */
const MAX_CHANNELS = 10_000;

/** Errors by which Telegram says that it does not know a peer by this hash (core.telegram.org/api/errors, checked 2026-11). */
const WRONG_ADDRESS = new Set([
  "CHANNEL_INVALID",
  "PARTICIPANT_ID_INVALID",
  "PEER_ID_INVALID",
  "USER_ID_INVALID",
]);

/**
 * By which hash this account may address channels and people. Telegram tells it with every mention of them, and
 * takes no other. (The library's own stores keep every mention anew and grow without end.)
 */
export class Peers {
  readonly #channels = new Map<string, bigint>();
  readonly #passersBy = new Map<string, bigint>();
  readonly #people = new Map<string, bigint>();
  /** Who was asked for before anything named them: kept as soon as something does. */
  readonly #wanted = new Set<string>();
  /** People found by their username, by it, in lower case. */
  readonly #named = new Map<string, string>();
  /** What was learnt, or found to be wrong, since it was last taken. */
  readonly #news = new Map<string, TelegramPeer>();
  readonly #onNews: () => void;

  /** `known` is what an earlier session of the account learnt; `onNews` is called when there is something to take. */
  constructor(known: readonly TelegramPeer[] = [], onNews: () => void = () => undefined) {
    this.#onNews = onNews;
    for (const { kind, peerId, accessHash, username } of known) {
      if (accessHash === null || !/^-?\d{1,20}$/.test(accessHash)) continue;
      (kind === "channel" ? this.#channels : this.#people).set(peerId, BigInt(accessHash));
      if (username !== null) this.#named.set(username, peerId);
    }
  }

  /** Learns from whatever lists of chats and people an answer or an update carries. */
  learn(chats: readonly unknown[], users: readonly unknown[]): void {
    for (const chat of chats) {
      const isFull = chat instanceof Api.Channel ? !chat.min : chat instanceof Api.ChannelForbidden;
      if (!isFull) continue;
      const { id, accessHash } = chat as Api.Channel;
      if (!accessHash) continue;
      const isNew = remember(this.#channels, id.toString(), accessHash.toString(), MAX_CHANNELS);
      if (isNew) this.#note("channel", id.toString());
    }
    for (const user of users) {
      if (!(user instanceof Api.User) || user.min || !user.accessHash) continue;
      const id = user.id.toString();
      const isKept = this.#people.has(id) || this.#wanted.delete(id);
      const store = isKept ? this.#people : this.#passersBy;
      const isNew = remember(store, id, user.accessHash.toString(), MAX_PASSERS_BY);
      if (isNew && isKept) this.#note("user", id);
    }
  }

  /**
   * Keeps a person from being forgotten among those who were only met in passing; somebody who was not met yet, once a
   * list, a message or a look-up names them.
   */
  keep(userId: string): void {
    const hash = this.#passersBy.get(userId);
    if (hash === undefined) {
      if (!this.#people.has(userId)) this.#wanted.add(userId);
      return;
    }
    this.#passersBy.delete(userId);
    this.#people.set(userId, hash);
    this.#note("user", userId);
  }

  /** Remembers by which username a person was found; null when nobody has it any more. */
  name(username: string, userId: string | null): void {
    const name = plainName(username);
    const before = this.#named.get(name);
    if (before === userId) return;
    this.#named.delete(name);
    if (before !== undefined) this.#note("user", before);
    if (userId === null) return;
    this.keep(userId);
    this.#named.set(name, userId);
    this.#note("user", userId);
  }

  /** Who had this username when it was last looked up; it may have moved since. */
  findNamed(username: string): string | null {
    return this.#named.get(plainName(username)) ?? null;
  }

  /** Lets go of a hash that the server did not take, so that it is learnt anew. */
  forget(kind: TelegramPeer["kind"], peerId: string): void {
    if (kind === "user") this.#passersBy.delete(peerId);
    if (!(kind === "channel" ? this.#channels : this.#people).delete(peerId)) return;
    if (kind === "user") this.#wanted.add(peerId);
    this.#note(kind, peerId);
  }

  /** Lets go of whom a refused request was about, where the refusal says that the address is wrong. */
  forgetRefused(request: object, telegramError: unknown): void {
    if (typeof telegramError !== "string" || !WRONG_ADDRESS.has(telegramError)) return;
    for (const input of Object.values(request)) {
      if (input instanceof Api.InputChannel && telegramError === "CHANNEL_INVALID")
        this.forget("channel", input.channelId.toString());
      const isUser = input instanceof Api.InputUser || input instanceof Api.InputPeerUser;
      if (isUser && telegramError !== "CHANNEL_INVALID") this.forget("user", input.userId.toString());
    }
  }

  /** What a later session of the account is to know: channels, and the people who were asked for. Each once. */
  take(): readonly TelegramPeer[] {
    const news = [...this.#news.values()];
    this.#news.clear();
    return news;
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

  #note(kind: TelegramPeer["kind"], peerId: string): void {
    const hash = (kind === "channel" ? this.#channels : this.#people).get(peerId);
    const [username] = [...this.#named].find(([, userId]) => kind === "user" && userId === peerId) ?? [];
    this.#news.set(`${kind} ${peerId}`, {
      kind,
      peerId,
      accessHash: hash?.toString() ?? null,
      username: username ?? null,
    });
    this.#onNews();
  }

  #hashOf(userId: string): bigint | undefined {
    return this.#people.get(userId) ?? this.#passersBy.get(userId);
  }
}

/** False when it was known already. */
function remember(map: Map<string, bigint>, id: string, hash: string, most: number): boolean {
  const value = BigInt(hash);
  if (map.get(id) === value) return false;
  map.delete(id);
  map.set(id, value);
  const oldest = map.size > most ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
  return true;
}

/** Usernames are the same in any case (core.telegram.org/method/account.updateUsername, checked 2026-11). */
function plainName(username: string): string {
  return username.replace(/^@/, "").toLowerCase();
}
