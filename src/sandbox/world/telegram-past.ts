import { WORLD_NOW_S } from "#sandbox/world/model.ts";
import { hashText, mixBits } from "#sandbox/world/random.ts";
import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import { SENTENCES } from "#sandbox/world/word-lists.ts";

/** What a service message tells, by what happened. */
export type TelegramAction =
  | {
      readonly kind: "created";
      readonly title: string;
      /** Whom a basic group began with; absent for channels. */
      readonly users?: readonly number[];
    }
  | { readonly kind: "migrated-from"; readonly title: string; readonly chatId: number }
  | { readonly kind: "migrated-to"; readonly channelId: number }
  | { readonly kind: "renamed"; readonly title: string }
  | { readonly kind: "added"; readonly users: readonly number[] }
  | { readonly kind: "joined-by-link"; readonly inviter: number }
  | { readonly kind: "removed"; readonly user: number }
  /** The message that was pinned is the one that this one answers. */
  | { readonly kind: "pinned" }
  | { readonly kind: "topic-created"; readonly title: string; readonly iconColor: number }
  | {
      readonly kind: "topic-edited";
      readonly title?: string;
      readonly closed?: boolean;
      readonly hidden?: boolean;
    };

/** One message of a group. Positions count from 0; a channel's message id is its position plus one. */
export interface TelegramMessage {
  readonly dateS: number;
  /** Index of the author in `TelegramWorld.users`. */
  readonly from: number;
  readonly text: string;
  readonly action?: TelegramAction;
  /** Position of the message it answers. */
  readonly replyTo?: number;
  /** Id of the forum topic; absent in "General" and outside forums. */
  readonly topic?: number;
  readonly fileId?: bigint;
}

const TOPIC_TITLES: readonly string[] = ["Support", "Invoices 💸", "Incidents", "Feature requests", "Legal"];
/** The colours Telegram allows for a topic's icon (core.telegram.org/api/forum, checked 2026-11). */
export const TOPIC_COLORS: readonly number[] = [0x6fb9f0, 0xffd67e, 0xcb86db, 0x8eee98, 0xff93b2, 0xfb6f5f];

/** How many positions the group's past holds, deleted ones included. */
export function countTelegramPast(group: TelegramGroup): number {
  return group.writtenMessages?.length ?? (group.authors.length === 0 ? 0 : group.messageCount);
}

/** How many topics a generated forum began with, "General" not counted. */
export function countPastTopics(group: TelegramGroup): number {
  return group.kind === "forum" && group.writtenMessages === null ? 2 + (group.id % 4) : 0;
}

/** Positions whose message was deleted long ago: ids have gaps, as in life. */
export function isPastHole(group: TelegramGroup, position: number): boolean {
  return (
    group.writtenMessages === null &&
    position > 12 &&
    position % 37 === 36 &&
    position < group.messageCount - 1
  );
}

/**
 * The message at a position of the past, oldest first, or null where one was deleted. Nothing is stored: text, author
 * and time follow from the group's id and the position.
 */
export function telegramPastAt(group: TelegramGroup, position: number): TelegramMessage | null {
  const written = group.writtenMessages?.[position];
  if (written) return { dateS: written.atS, from: written.from, text: written.text };
  if (isPastHole(group, position)) return null;
  const seed = hashText(`telegram/${group.id}`);
  const hash = mixBits(seed + Math.imul(position, 0x9e3779b1));
  const from = group.authors[hash % group.authors.length] as number;
  const dateS = pastDateAt(group, position);
  const founder = group.creator !== null && group.authors.includes(group.creator) ? group.creator : from;
  if (position === 0) return { dateS, from: founder, text: "", action: beginning(group) };
  if (group.migratedTo !== null && position === group.messageCount - 1 && group.kind === "basic") {
    return { dateS, from: founder, text: "", action: { kind: "migrated-to", channelId: group.migratedTo } };
  }
  const topics = countPastTopics(group);
  if (position <= topics) {
    const title = TOPIC_TITLES[(position - 1) % TOPIC_TITLES.length] as string;
    const iconColor = TOPIC_COLORS[position % TOPIC_COLORS.length] as number;
    return {
      dateS,
      from: founder,
      text: "",
      action: { kind: "topic-created", title, iconColor },
      topic: position + 1,
    };
  }
  const text = `${SENTENCES[(hash >>> 8) % SENTENCES.length]} (${position + 1})`;
  const topicAt = topics > 0 ? (hash >>> 4) % (topics + 1) : 0;
  const answered = hash % 6 === 0 && topics === 0 ? position - 1 - ((hash >>> 3) % 8) : -1;
  return {
    dateS,
    from,
    text,
    // A topic's id is that of the message that made it: position 1 made topic 2.
    ...(topicAt > 0 && { topic: topicAt + 1 }),
    ...(answered > 0 && !isPastHole(group, answered) && { replyTo: answered }),
  };
}

/** Times grow strictly with the position, so a position can be found from a time by halving. */
export function pastDateAt(group: TelegramGroup, position: number): number {
  const written = group.writtenMessages?.[position];
  if (written) return written.atS;
  const gapS = Math.max(2, Math.floor((WORLD_NOW_S - group.createdS) / (group.messageCount + 1)));
  const hash = mixBits(hashText(`telegram/${group.id}`) + position);
  return group.createdS + position * gapS + (hash % Math.ceil(gapS / 2));
}

function beginning(group: TelegramGroup): TelegramMessage["action"] {
  return group.migratedFrom === null
    ? {
        kind: "created",
        title: group.title,
        ...(group.kind === "basic" && { users: [...group.authors] }),
      }
    : { kind: "migrated-from", title: group.title, chatId: group.migratedFrom };
}
