import { WORLD_NOW_S, type Channel } from "#sandbox/world/model.ts";
import { hashText, mixBits } from "#sandbox/world/random.ts";
import { SENTENCES } from "#sandbox/world/word-lists.ts";

/** One message of a channel's generated or hand-written past. */
export interface PastMessage {
  /** Slack's message id: epoch seconds, a point and six digits. */
  readonly ts: string;
  /** Index of the author in `World.people`. */
  readonly person: number;
  readonly text: string;
}

/** How many top-level messages the channel's past holds. */
export function countPastMessages(channel: Channel): number {
  return channel.writtenMessages?.length ?? (channel.authors.length === 0 ? 0 : channel.messageCount);
}

/**
 * The top-level message at a position, oldest first. Nothing is stored: text, author and time follow from the
 * channel's id and the position, so a million messages cost nothing until somebody reads them.
 */
export function pastMessageAt(channel: Channel, position: number): PastMessage {
  const written = channel.writtenMessages?.[position];
  if (written) return { ts: formatTs(written.atS, position + 1), person: written.person, text: written.text };
  const hash = mixBits(hashText(channel.id) + Math.imul(position, 0x9e3779b1));
  return {
    ts: pastTsAt(channel, position),
    person: channel.authors[hash % channel.authors.length] as number,
    text: `${SENTENCES[(hash >>> 8) % SENTENCES.length]} (${position + 1})`,
  };
}

/** Message times grow strictly with the position, so a position can be found from a time by halving. */
export function pastTsAt(channel: Channel, position: number): string {
  const written = channel.writtenMessages?.[position];
  if (written) return formatTs(written.atS, position + 1);
  const gapS = Math.max(2, Math.floor((WORLD_NOW_S - channel.createdS) / (channel.messageCount + 1)));
  const hash = mixBits(hashText(channel.id) + position);
  return formatTs(channel.createdS + position * gapS + (hash % Math.ceil(gapS / 2)), hash % 1_000_000);
}

/** The replies in the thread of a top-level message, oldest first; about one message in nine has some. */
export function pastRepliesAt(channel: Channel, position: number): readonly PastMessage[] {
  const written = channel.writtenMessages?.[position];
  if (written) {
    return written.replies.map((reply, at) => ({ ...reply, ts: formatTs(reply.atS, 500_000 + at) }));
  }
  const hash = mixBits(hashText(channel.id) + Math.imul(position, 7_919));
  if (hash % 9 !== 0) return [];
  const parentS = Number(pastTsAt(channel, position).split(".")[0]);
  return Array.from({ length: 1 + ((hash >>> 8) % 6) }, (_unused, at) => {
    const replyHash = mixBits(hash + at);
    return {
      ts: formatTs(parentS + 30 + at * 45, replyHash % 1_000_000),
      person: channel.authors[replyHash % channel.authors.length] as number,
      text: SENTENCES[(replyHash >>> 8) % SENTENCES.length] as string,
    };
  });
}

/** Builds a message id from epoch seconds and microseconds. */
export function formatTs(seconds: number, microseconds: number): string {
  return `${seconds}.${String(microseconds % 1_000_000).padStart(6, "0")}`;
}
