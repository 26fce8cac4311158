import { Api } from "telegram/tl/index.js";

/** The box of an account's private chats and basic groups; every channel has a box of its own, by its id. */
export const COMMON_BOX = "common";

/** Counts packets, not updates; what belongs to no box comes in them. */
const SEQUENCE = "sequence";

/** Channels that are counted; an account can be in 500, or 1,000 with Premium (telegram.org/faq, checked 2026-11). */
const MAX_CHANNELS = 10_000;

/** Updates that wait for one that has not come; some kilobytes each. Beyond it they are asked for again instead. */
const MAX_HELD = 2_000;

/** Updates whose turn has come, with the chats that came along. */
export interface Piece {
  readonly updates: readonly Api.TypeUpdate[];
  readonly chats: readonly Api.TypeChat[];
  /** The answer to a call of this session, which knows what it did. */
  readonly isOwn: boolean;
}

export interface Taken {
  readonly pieces: readonly Piece[];
  /** Boxes in which something before what came is missing. */
  readonly behind: readonly string[];
}

/** Where an account stands; `date` and `qts` are only ever said back to Telegram. */
export interface UpdatesState {
  readonly pts: number;
  readonly qts: number;
  readonly date: number;
  readonly seq: number;
}

interface Numbers {
  readonly box: string;
  readonly after: number;
  readonly upTo: number;
}

interface Held extends Numbers {
  readonly piece: Piece;
}

interface Box {
  /** Null while nothing has been counted; the first update that comes is taken as it is. */
  at: number | null;
  held: Held[];
  isAsked: boolean;
  /** More came than can be held. */
  hasLost: boolean;
}

/**
 * Puts the updates of one account in order by their numbers (core.telegram.org/api/updates, checked 2026-11): each is
 * let through once, behind the one before it. One that came before is dropped, one that came too early is held until
 * the others came or were asked for. Memory is bounded, however many come.
 */
export class UpdateBoxes {
  readonly #boxes = new Map<string, Box>([
    [COMMON_BOX, emptyBox()],
    [SEQUENCE, emptyBox()],
  ]);
  #held = 0;
  #qts = 0;
  #date = 0;

  /** Where to ask from; null before `begin`. */
  get state(): UpdatesState | null {
    const { at: pts } = this.#boxOf(COMMON_BOX);
    const { at: seq } = this.#boxOf(SEQUENCE);
    return pts === null || seq === null || this.#date === 0
      ? null
      : { pts, seq, qts: this.#qts, date: this.#date };
  }

  /** Counts on from here, as after a difference or for the first time. */
  begin(state: UpdatesState): void {
    this.#boxOf(COMMON_BOX).at = state.pts;
    this.#boxOf(SEQUENCE).at = state.seq;
    this.#qts = state.qts;
    this.#date = state.date;
  }

  channelPts(channelId: string): number | null {
    return this.#boxes.get(channelId)?.at ?? null;
  }

  /** What a listing says of a channel that has not been counted yet; it never skips what is still to come. */
  noteChannel(channelId: string, pts: number): void {
    const box = this.#boxOf(channelId);
    if (box.at === null && !this.isBehind(channelId)) box.at = pts;
  }

  /** Counts on from here, whatever was known. */
  reach(channelId: string, pts: number): void {
    this.#boxOf(channelId).at = pts;
  }

  forget(channelId: string): void {
    this.#held -= this.#boxes.get(channelId)?.held.length ?? 0;
    this.#boxes.delete(channelId);
  }

  /** What is known of a box may be old: it is being asked about, or something is missing. */
  isBehind(name: string): boolean {
    const box = this.#boxes.get(name);
    if (!box) return false;
    const isOutOfSequence = name === COMMON_BOX && this.isBehind(SEQUENCE);
    return box.isAsked || box.hasLost || box.held.length > 0 || isOutOfSequence;
  }

  /** From here until `settle`, what comes for the box waits. */
  ask(name: string): void {
    for (const each of name === COMMON_BOX ? [COMMON_BOX, SEQUENCE] : [name]) {
      const box = this.#boxOf(each);
      box.isAsked = true;
      // What was let go of before the question is part of its answer.
      box.hasLost = false;
    }
  }

  /** The answer has been counted; what waited and was not part of it has its turn. */
  settle(name: string): Taken {
    const names = name === COMMON_BOX ? [COMMON_BOX, SEQUENCE] : [name];
    const pieces: Piece[] = [];
    const behind: string[] = [];
    for (const each of names) {
      const box = this.#boxes.get(each);
      if (!box) continue;
      const { hasLost } = box;
      box.isAsked = false;
      box.hasLost = false;
      pieces.push(...this.#release(box));
      // What was let go of came after the question, so the answer may not hold it.
      if (hasLost || box.held.length > 0) behind.push(name);
    }
    return { pieces, behind };
  }

  /** Takes a packet as it came; of one that carries several updates, each has its own turn. */
  take(packet: unknown, isOwn: boolean): Taken {
    const { updates, chats, sequence, numbers } = carriedBy(packet);
    const now: Api.TypeUpdate[] = [];
    const touched = new Set<string>();
    let isWanted = updates.length === 0;
    if (numbers) {
      touched.add(numbers.box);
      isWanted = this.#judge(numbers, { updates: [], chats: [], isOwn });
    }
    // All of a packet that are in no box have one number together.
    const loose = updates.filter((update) => numbersOf(update) === null);
    const isSequenceDue =
      loose.length === 0 || !sequence || this.#judge(sequence, { updates: loose, chats, isOwn });
    if (loose.length === 0 && sequence) this.#count(sequence);
    if (sequence) touched.add(SEQUENCE);
    for (const update of updates) {
      const own = numbersOf(update);
      if (own) touched.add(own.box);
      const isDue = own ? this.#judge(own, { updates: [update], chats, isOwn }) : isSequenceDue;
      if (isDue) now.push(update);
    }
    const pieces: Piece[] = now.length > 0 || isWanted ? [{ updates: now, chats, isOwn }] : [];
    const behind = new Set<string>();
    for (const name of touched) {
      const box = this.#boxOf(name);
      pieces.push(...this.#release(box));
      if (box.held.length > 0 || box.hasLost) behind.add(name === SEQUENCE ? COMMON_BOX : name);
    }
    return { pieces, behind: [...behind] };
  }

  clear(): void {
    for (const box of this.#boxes.values()) {
      box.held = [];
      box.isAsked = false;
      box.hasLost = false;
    }
    this.#held = 0;
  }

  /** Is it its turn? Counts it if so, and holds it if it came too early. */
  #judge(numbers: Numbers, piece: Piece): boolean {
    const box = this.#boxOf(numbers.box);
    const { after, upTo } = numbers;
    if (box.at !== null && !box.isAsked && after < upTo && upTo <= box.at) return false;
    if (!box.isAsked && (box.at === null || after <= box.at)) {
      box.at = Math.max(upTo, box.at ?? upTo);
      return true;
    }
    box.held.push({ ...numbers, piece });
    this.#held += 1;
    if (this.#held > MAX_HELD) {
      this.#held -= box.held.length;
      box.held = [];
      box.hasLost = true;
    }
    return false;
  }

  /** A packet without anything that waits for its turn still counts as one. */
  #count({ after, upTo }: Numbers): void {
    const box = this.#boxOf(SEQUENCE);
    if (box.at !== null && !box.isAsked && after <= box.at) box.at = Math.max(box.at, upTo);
  }

  #release(box: Box): Piece[] {
    if (box.isAsked || box.held.length === 0) return [];
    const waiting = box.held.toSorted((one, other) => one.after - other.after);
    const pieces: Piece[] = [];
    let taken = 0;
    for (const { after, upTo, piece } of waiting) {
      if (box.at !== null && after > box.at) break;
      taken += 1;
      if (box.at !== null && after < upTo && upTo <= box.at) continue;
      box.at = Math.max(upTo, box.at ?? upTo);
      pieces.push(piece);
    }
    box.held = waiting.slice(taken);
    this.#held -= taken;
    return pieces;
  }

  #boxOf(name: string): Box {
    let box = this.#boxes.get(name);
    if (box) return box;
    box = emptyBox();
    this.#boxes.set(name, box);
    if (this.#boxes.size > MAX_CHANNELS) {
      const oldest = this.#boxes.keys().find((each) => each !== COMMON_BOX && each !== SEQUENCE);
      if (oldest !== undefined) this.forget(oldest);
    }
    return box;
  }
}

function emptyBox(): Box {
  return { at: null, held: [], isAsked: false, hasLost: false };
}

interface Carried {
  readonly updates: readonly Api.TypeUpdate[];
  readonly chats: readonly Api.TypeChat[];
  /** The packet's own place; null for one that has none. */
  readonly sequence: Numbers | null;
  /** Of the packet itself, where it stands for one update. */
  readonly numbers: Numbers | null;
}

function carriedBy(packet: unknown): Carried {
  const nothing: Carried = { updates: [], chats: [], sequence: null, numbers: null };
  if (packet instanceof Api.Updates || packet instanceof Api.UpdatesCombined) {
    const first = packet instanceof Api.UpdatesCombined ? packet.seqStart : packet.seq;
    const sequence = packet.seq === 0 ? null : { box: SEQUENCE, after: first - 1, upTo: packet.seq };
    return { ...nothing, updates: packet.updates, chats: packet.chats, sequence };
  }
  if (packet instanceof Api.UpdateShort) return { ...nothing, updates: [packet.update] };
  const isShort =
    packet instanceof Api.UpdateShortMessage ||
    packet instanceof Api.UpdateShortChatMessage ||
    packet instanceof Api.UpdateShortSentMessage;
  // A channel's sent message comes as one of `Updates`; these are of the common box.
  return isShort ? { ...nothing, numbers: numbersOf(packet) } : nothing;
}

/** In which box an update counts and for what; null for one in none (a name, a typing hand, a read mark). */
export function numbersOf(update: object): Numbers | null {
  const { pts, ptsCount } = update as { readonly pts?: unknown; readonly ptsCount?: unknown };
  if (typeof pts !== "number" || typeof ptsCount !== "number") return null;
  return { box: boxNameOf(update), after: pts - ptsCount, upTo: pts };
}

function boxNameOf(update: object): string {
  if (update instanceof Api.UpdateNewChannelMessage || update instanceof Api.UpdateEditChannelMessage) {
    const { peerId } = update.message;
    return peerId instanceof Api.PeerChannel ? peerId.channelId.toString() : COMMON_BOX;
  }
  const { channelId } = update as { readonly channelId?: { toString(): string } };
  return channelId?.toString() ?? COMMON_BOX;
}
