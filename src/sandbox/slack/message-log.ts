import {
  countPastMessages,
  formatTs,
  pastMessageAt,
  pastRepliesAt,
  pastTsAt,
  type PastMessage,
} from "#sandbox/world/messages.ts";
import type { Channel } from "#sandbox/world/model.ts";

/** A message with what happened to it since. */
export interface LoggedMessage extends PastMessage {
  readonly editedTs?: string;
  readonly fileIds?: readonly string[];
}

/** Microseconds since the epoch: message ids compared as numbers. They stay below 2^53. */
export function tsToMicros(ts: string): number {
  const [seconds = "0", fraction = ""] = ts.split(".");
  return Number(seconds) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, "0"));
}

/** The messages of every channel: the generated past, then what was posted, with edits and deletions on top. */
export class MessageLog {
  readonly #nowMs: () => number;
  readonly #posted = new Map<string, LoggedMessage[]>();
  readonly #postedReplies = new Map<string, LoggedMessage[]>();
  readonly #edits = new Map<string, { text: string; editedTs: string }>();
  readonly #removed = new Set<string>();
  #lastMicros = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Number of top-level positions, deleted messages included. */
  count(channel: Channel): number {
    return countPastMessages(channel) + (this.#posted.get(channel.id)?.length ?? 0);
  }

  /** The message id at a position, oldest first. */
  tsAt(channel: Channel, position: number): string {
    const past = countPastMessages(channel);
    if (position < past) return pastTsAt(channel, position);
    const posted = this.#posted.get(channel.id) ?? [];
    return (posted[position - past] as LoggedMessage).ts;
  }

  /** The message at a position; null when it was deleted. */
  at(channel: Channel, position: number): LoggedMessage | null {
    const past = countPastMessages(channel);
    const message =
      position < past ? pastMessageAt(channel, position) : this.#posted.get(channel.id)?.[position - past];
    return message ? this.#asItIsNow(channel, message) : null;
  }

  /** First position whose message is not older than `micros`; `count` when all are older. */
  positionAtOrAfter(channel: Channel, micros: number): number {
    let low = 0;
    let high = this.count(channel);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (tsToMicros(this.tsAt(channel, middle)) < micros) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Position of the top-level message with exactly this id, or -1 (also when it was deleted). */
  positionOf(channel: Channel, ts: string): number {
    const position = this.positionAtOrAfter(channel, tsToMicros(ts));
    if (position >= this.count(channel) || this.tsAt(channel, position) !== ts) return -1;
    return this.at(channel, position) === null ? -1 : position;
  }

  /** Replies in the thread of a top-level message, oldest first. */
  repliesAt(channel: Channel, position: number): LoggedMessage[] {
    const past = position < countPastMessages(channel) ? pastRepliesAt(channel, position) : [];
    const posted = this.#postedReplies.get(keyOf(channel, this.tsAt(channel, position))) ?? [];
    return [...past, ...posted]
      .map((reply) => this.#asItIsNow(channel, reply))
      .filter((reply) => reply !== null);
  }

  /** Appends a message (with `threadTs`: a reply) and returns it; its id is later than every other. */
  post(
    channel: Pick<Channel, "id">,
    message: { person: number; text: string; threadTs?: string; fileIds?: readonly string[] },
  ): LoggedMessage {
    this.#lastMicros = Math.max(this.#nowMs() * 1_000, this.#lastMicros + 1);
    const ts = formatTs(Math.floor(this.#lastMicros / 1_000_000), this.#lastMicros % 1_000_000);
    const { threadTs, ...rest } = message;
    const logged: LoggedMessage = { ...rest, ts };
    const log = threadTs === undefined ? this.#posted : this.#postedReplies;
    const key = threadTs === undefined ? channel.id : keyOf(channel, threadTs);
    log.set(key, [...(log.get(key) ?? []), logged]);
    return logged;
  }

  /** The message or posted reply with this id, or null. Generated replies cannot be found by id alone. */
  find(channel: Channel, ts: string): LoggedMessage | null {
    const position = this.positionOf(channel, ts);
    if (position >= 0) return this.at(channel, position);
    for (const [key, replies] of this.#postedReplies) {
      if (!key.startsWith(`${channel.id}/`)) continue;
      const reply = replies.find((candidate) => candidate.ts === ts);
      if (reply) return this.#asItIsNow(channel, reply);
    }
    return null;
  }

  edit(channel: Channel, ts: string, text: string): void {
    this.#edits.set(keyOf(channel, ts), { text, editedTs: formatTs(Math.floor(this.#nowMs() / 1_000), 0) });
  }

  remove(channel: Channel, ts: string): void {
    this.#removed.add(keyOf(channel, ts));
  }

  #asItIsNow(channel: Channel, message: LoggedMessage): LoggedMessage | null {
    const key = keyOf(channel, message.ts);
    if (this.#removed.has(key)) return null;
    const edit = this.#edits.get(key);
    return edit ? { ...message, ...edit } : message;
  }
}

function keyOf(channel: Pick<Channel, "id">, ts: string): string {
  return `${channel.id}/${ts}`;
}
