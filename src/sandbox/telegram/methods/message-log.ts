import type { TelegramGroup } from "#sandbox/world/telegram-model.ts";
import {
  countTelegramPast,
  isPastHole,
  pastDateAt,
  telegramPastAt,
  type TelegramMessage,
} from "#sandbox/world/telegram-past.ts";

/** A message with what happened to it since. */
export interface LoggedMessage extends TelegramMessage {
  readonly editedS?: number;
}

/** The messages of one group or private chat by position: the generated past, then what was posted. */
export class MessageLog {
  /** Null for a private chat. */
  readonly group: TelegramGroup | null;
  /** The two users of a private chat by index, the same one twice for "Saved Messages". */
  readonly pair: readonly [number, number] | null;
  readonly pastCount: number;
  readonly #posted: TelegramMessage[] = [];
  readonly #edits = new Map<number, { text: string; editedS: number }>();
  readonly #removed = new Set<number>();

  constructor(of: TelegramGroup | readonly [number, number]) {
    this.group = "kind" in of ? of : null;
    this.pair = "kind" in of ? null : of;
    this.pastCount = "kind" in of ? countTelegramPast(of) : 0;
  }

  /** Number of positions, deleted messages included. */
  get size(): number {
    return this.pastCount + this.#posted.length;
  }

  isThere(position: number): boolean {
    if (position < 0 || position >= this.size || this.#removed.has(position)) return false;
    return position >= this.pastCount || this.group === null || !isPastHole(this.group, position);
  }

  /** The message at a position; null when it was deleted or never was. */
  at(position: number): LoggedMessage | null {
    if (!this.isThere(position)) return null;
    const message =
      position < this.pastCount && this.group !== null
        ? telegramPastAt(this.group, position)
        : this.#posted[position - this.pastCount];
    const edit = this.#edits.get(position);
    return message ? { ...message, ...edit } : null;
  }

  dateAt(position: number): number {
    if (position < this.pastCount && this.group !== null) return pastDateAt(this.group, position);
    return (this.#posted[position - this.pastCount] as TelegramMessage).dateS;
  }

  /** Appends a message and returns its position. */
  post(message: TelegramMessage): number {
    this.#posted.push(message);
    return this.size - 1;
  }

  edit(position: number, text: string, editedS: number): void {
    this.#edits.set(position, { text, editedS });
  }

  remove(position: number): void {
    this.#removed.add(position);
  }
}
