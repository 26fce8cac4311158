import type { MessageLog } from "#sandbox/telegram/methods/message-log.ts";

/** A generated past that an account has seen from its beginning: message `position` has the id `first + position`. */
interface Segment {
  readonly first: number;
  readonly log: MessageLog;
}

/** What an account has of one log since the sandbox started, both lists ascending. */
interface Later {
  readonly positions: number[];
  readonly ids: number[];
}

/**
 * The message ids of one account in basic groups and private chats, which share one sequence: the same message has
 * another id for every member (core.telegram.org/api/updates#message-related-event-sequences, checked 2026-11).
 */
export class AccountBox {
  readonly #segments: Segment[] = [];
  readonly #later = new Map<MessageLog, Later>();
  readonly #found = new Map<number, { log: MessageLog; position: number }>();
  #last = 0;

  /** `seen` are the logs whose generated past the account has. */
  constructor(seen: Iterable<MessageLog>) {
    for (const log of seen) {
      this.#segments.push({ first: this.#last + 1, log });
      this.#last += log.pastCount;
    }
  }

  /** The id of the first message of a log's generated past; null when the account came later. */
  firstId(log: MessageLog): number | null {
    return this.#segments.find((segment) => segment.log === log)?.first ?? null;
  }

  later(log: MessageLog): Readonly<Later> {
    return this.#later.get(log) ?? { positions: [], ids: [] };
  }

  idOf(log: MessageLog, position: number): number | null {
    if (position < log.pastCount) {
      const first = this.firstId(log);
      return first === null ? null : first + position;
    }
    const { positions, ids } = this.later(log);
    return ids[positions.indexOf(position)] ?? null;
  }

  /** Which message the account knows by an id. */
  find(id: number): { log: MessageLog; position: number } | null {
    const segment = this.#segments.find(({ first, log }) => id >= first && id < first + log.pastCount);
    return segment ? { log: segment.log, position: id - segment.first } : (this.#found.get(id) ?? null);
  }

  /** Gives a new message the account's next id. */
  receive(log: MessageLog, position: number): number {
    const id = ++this.#last;
    let later = this.#later.get(log);
    if (!later) this.#later.set(log, (later = { positions: [], ids: [] }));
    later.positions.push(position);
    later.ids.push(id);
    this.#found.set(id, { log, position });
    return id;
  }

  /** Logs in which something arrived since the sandbox started. */
  get laterLogs(): Iterable<MessageLog> {
    return this.#later.keys();
  }
}
