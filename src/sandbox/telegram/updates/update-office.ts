import type { TelegramAccount } from "#sandbox/telegram/telegram-account.ts";
import type { TlObject } from "#sandbox/telegram/tl-value.ts";
import type { Change, UpdateDesk } from "#sandbox/telegram/updates/update-desk.ts";
import { UpdateLog, type LoggedChange } from "#sandbox/telegram/updates/update-log.ts";

/** Sends an `Updates` to the signed-in sessions of an account, except one. */
export type Deliver<Sender> = (
  reader: TelegramAccount,
  updates: TlObject,
  options: { readonly except: Sender | null; readonly numbered: boolean },
) => void;

/**
 * Keeps the boxes of every account and channel, and hands out the desk that methods publish at. `Sender` is whatever
 * the server knows a session by.
 */
export class UpdateOffice<Sender> {
  readonly #nowS: () => number;
  readonly #deliver: Deliver<Sender>;
  readonly #isListening: (reader: TelegramAccount) => boolean;
  readonly #firstPts: number;
  readonly #accounts = new Map<bigint, UpdateLog>();
  readonly #channels = new Map<bigint, UpdateLog>();
  /** When something last happened in a channel, by reader: what updates.getDifference names as too long. */
  readonly #touched = new Map<bigint, Map<bigint, number>>();

  /**
   * `isListening` spares the writing of updates for readers who are not signed in anywhere. `firstPts` is where every
   * box begins.
   */
  constructor(
    nowS: () => number,
    deliver: Deliver<Sender>,
    isListening: (reader: TelegramAccount) => boolean = () => true,
    firstPts = 1,
  ) {
    this.#nowS = nowS;
    this.#deliver = deliver;
    this.#isListening = isListening;
    this.#firstPts = firstPts;
  }

  accountLog(userId: bigint): UpdateLog {
    return this.#findOrMake(this.#accounts, userId);
  }

  channelLog(channelId: bigint): UpdateLog {
    return this.#findOrMake(this.#channels, channelId);
  }

  /** Channels in which something happened for this reader at `dateS` or later. */
  channelsTouched(userId: bigint, dateS: number): bigint[] {
    const touched = [...(this.#touched.get(userId) ?? [])];
    return touched.filter(([, atS]) => atS >= dateS).map(([channelId]) => channelId);
  }

  /** The desk for one call; `caller` is the session that made it, null for changes from outside any call. */
  desk(caller: Sender | null): UpdateDesk {
    return {
      publishToAccount: (reader, change) => {
        const logged = this.#log(this.accountLog(reader.userId), change, change.ptsCount ?? 1);
        const update = finish(logged, reader);
        if (this.#isListening(reader)) this.#send(reader, update, change, caller, false);
        return update;
      },
      publishToChannel: (channelId, readers, change, viewer) => {
        const logged = this.#log(this.channelLog(channelId), change, change.ptsCount ?? 1);
        for (const reader of readers) {
          const touched = this.#touched.get(reader.userId) ?? new Map<bigint, number>();
          this.#touched.set(reader.userId, touched.set(channelId, logged.dateS));
          if (this.#isListening(reader)) this.#send(reader, finish(logged, reader), change, caller, false);
        }
        return finish(logged, viewer);
      },
      announce: (readers, change) => {
        for (const reader of readers) {
          this.#log(this.accountLog(reader.userId), change, 0);
          if (this.#isListening(reader)) this.#send(reader, change.update(reader), change, caller, true);
        }
      },
      channelPts: (channelId) => this.#channels.get(channelId)?.pts ?? this.#firstPts,
      accountPts: (account) => this.#accounts.get(account.userId)?.pts ?? this.#firstPts,
      answer: (updates, users, chats) => this.#wrap(updates, users, chats),
    };
  }

  #findOrMake(logs: Map<bigint, UpdateLog>, id: bigint): UpdateLog {
    let log = logs.get(id);
    if (!log) logs.set(id, (log = new UpdateLog(this.#firstPts)));
    return log;
  }

  #log(log: UpdateLog, change: Change, ptsCount: number): LoggedChange {
    return log.add(change, ptsCount, this.#nowS());
  }

  #send(
    reader: TelegramAccount,
    update: TlObject,
    change: Change,
    except: Sender | null,
    numbered: boolean,
  ): void {
    const wrapped = this.#wrap([update], change.users?.(reader) ?? [], change.chats?.(reader) ?? []);
    this.#deliver(reader, wrapped, { except, numbered });
  }

  #wrap(updates: readonly TlObject[], users: readonly TlObject[], chats: readonly TlObject[]): TlObject {
    return { _: "updates", updates, users, chats, date: this.#nowS(), seq: 0 };
  }
}

/** The update with its numbers, as one reader sees it. */
export function finish(logged: LoggedChange, reader: TelegramAccount): TlObject {
  const update = logged.change.update(reader);
  return logged.ptsCount === 0 && logged.change.ptsCount === undefined
    ? update
    : { ...update, pts: logged.pts, pts_count: logged.ptsCount };
}
