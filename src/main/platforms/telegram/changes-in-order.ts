import { Api } from "telegram/tl/index.js";
import { type Failure } from "#shared/domain/failure.ts";
import type { TelegramChange } from "#shared/domain/telegram-change.ts";
import type { Result } from "#shared/lib/result.ts";
import type { Clock } from "#shared/lib/time.ts";
import { COMMON_BOX, numbersOf, UpdateBoxes, type Piece, type Taken } from "./changes-boxes.ts";
import {
  channelDifferenceRequest,
  differenceRequest,
  isUnanswered,
  stateRequest,
  type ChannelMissed,
  type CommonMissed,
} from "./changes-missed.ts";
import type { ChangeReader } from "./changes.ts";
import type { TelegramRequest } from "./governed-call.ts";
import type { DialogsPage } from "./read-dialogs.ts";

export interface ChangesInOrderDeps {
  readonly changes: ChangeReader;
  readonly clock: Clock;
  /** Ends the waiting for updates that are late. */
  readonly closing: AbortSignal;
  /** One call in the account's limits. */
  ask<Value>(request: TelegramRequest<Value>): Promise<Result<Value, Failure>>;
  findChannel(channelId: string): Api.InputChannel | null;
  tell(change: TelegramChange): void;
  /** What went wrong here is a defect. */
  onDefect(defect: unknown): void;
}

/** How long an update may be late before it is asked for (core.telegram.org/api/updates, checked 2026-11). */
const GAP_PATIENCE_MS = 500;

/** Answers about one channel, of a hundred events each; where more were missed, a listing has to do. */
const MAX_CHANNEL_PAGES = 20;

/** Answers about the common box; it asks for no more than 5,000 events. */
const MAX_COMMON_PAGES = 200;

type End = "done" | "missed" | "unanswered";

/**
 * Tells the changes of one account once and in order, also those that happened while the line was cut or that got lost:
 * they are asked for, one call after the other, the account first and then only the channels in which something is
 * missing. What is too much to ask for is told as `missed`, once for all of it. A call that nobody answers is made again by
 * the next `catchUp`.
 */
export class ChangesInOrder {
  readonly #deps: ChangesInOrderDeps;
  readonly #boxes = new UpdateBoxes();
  readonly #wanted = new Set<string>();
  readonly #late = new Set<string>();
  #running: Promise<void> | null = null;
  #hasMissed = false;
  #isStopped = true;
  /** Nobody answered; asking on would not help. */
  #isPaused = false;

  constructor(deps: ChangesInOrderDeps) {
    this.#deps = deps;
  }

  /** Somebody listens: begins where the account stands, or tells what happened since. Never rejects. */
  catchUp(): Promise<void> {
    this.#isStopped = false;
    this.#isPaused = false;
    this.#wanted.add(COMMON_BOX);
    return this.#start();
  }

  /** Nobody listens any more; what waited is let go of. */
  stop(): void {
    this.#isStopped = true;
    this.#wanted.clear();
    this.#late.clear();
    this.#boxes.clear();
  }

  /** Up to where each channel had been told when it was listed. */
  noteDialogs({ groups, counted }: DialogsPage): void {
    for (const { groupId, kind } of groups) {
      const pts = counted.get(groupId);
      if (pts !== undefined && kind !== "basic" && kind !== "broadcast")
        this.#boxes.noteChannel(groupId, pts);
    }
  }

  /** A packet of updates, or the answer to a call of this session (`isOwn`), whose changes are no news. */
  hear(packet: unknown, isOwn = false): void {
    if (this.#isStopped) return;
    if (packet instanceof Api.UpdatesTooLong) this.#want(COMMON_BOX);
    else this.#follow(this.#boxes.take(packet, isOwn));
  }

  #follow({ pieces, behind }: Taken): void {
    for (const piece of pieces) this.#read(piece);
    for (const name of behind) this.#waitFor(name);
  }

  #read(piece: Piece): void {
    this.#noteTooLong(piece.updates);
    const changes = this.#deps.changes.read(piece, (group) => this.#isBehind(group));
    if (piece.isOwn) return;
    for (const change of changes) this.#deps.tell(change);
  }

  #isBehind({ groupId, isBasic }: { readonly groupId: string; readonly isBasic: boolean }): boolean {
    const name = isBasic ? COMMON_BOX : groupId;
    return this.#wanted.has(name) || this.#boxes.isBehind(name);
  }

  /** Updates that say that others were not sent. */
  #noteTooLong(updates: readonly Api.TypeUpdate[]): void {
    for (const update of updates) {
      if (update instanceof Api.UpdatePtsChanged) {
        this.#hasMissed = true;
        this.#want(COMMON_BOX);
      }
      if (!(update instanceof Api.UpdateChannelTooLong)) continue;
      const channelId = update.channelId.toString();
      const known = this.#boxes.channelPts(channelId);
      if (known !== null && (update.pts === undefined || update.pts > known)) this.#want(channelId);
      if (known !== null || this.#deps.changes.isBroadcast(channelId)) continue;
      // What came before a group was ours is no news; of one that is not counted yet it cannot be asked for.
      if (!this.#deps.changes.isNew(channelId)) {
        this.#hasMissed = true;
        void this.#start();
      }
      if (update.pts !== undefined) this.#boxes.noteChannel(channelId, update.pts);
    }
  }

  /** An update is late: it may only have been overtaken. */
  #waitFor(name: string): void {
    const isFirst = this.#late.size === 0;
    this.#late.add(name);
    if (!isFirst) return;
    const { clock, closing } = this.#deps;
    const ask = (): void => {
      const late = [...this.#late].filter((each) => this.#boxes.isBehind(each));
      this.#late.clear();
      for (const each of late) this.#want(each);
    };
    clock.sleep(GAP_PATIENCE_MS, closing).then(ask, (reason: unknown) => {
      if (!closing.aborted) this.#deps.onDefect(reason);
    });
  }

  #want(name: string): void {
    if (this.#isStopped) return;
    if (this.#deps.changes.isBroadcast(name)) {
      // Nobody is told of these; what comes next is taken as it is.
      this.#boxes.forget(name);
      return;
    }
    this.#wanted.add(name);
    void this.#start();
  }

  #start(): Promise<void> {
    this.#running ??= this.#run()
      .catch((defect: unknown) => this.#deps.onDefect(defect))
      .finally(() => {
        this.#running = null;
        // Something more was wanted while this was ending.
        if (this.#mayRun()) void this.#start();
      });
    return this.#running;
  }

  #mayRun(): boolean {
    return !this.#isStopped && !this.#isPaused && this.#wanted.size > 0;
  }

  async #run(): Promise<void> {
    // Whoever wants this has something else to say first, as that more is wanted.
    await Promise.resolve();
    while (this.#mayRun()) {
      const name = this.#wanted.has(COMMON_BOX) ? COMMON_BOX : this.#wanted.values().next().value;
      if (name === undefined) break;
      this.#wanted.delete(name);
      const end = name === COMMON_BOX ? await this.#readCommon() : await this.#readChannel(name);
      if (this.#isStopped) return;
      if (end === "missed") this.#hasMissed = true;
      if (end === "unanswered") {
        this.#wanted.add(name);
        this.#isPaused = true;
        break;
      }
      this.#follow(this.#boxes.settle(name));
    }
    if (!this.#hasMissed || this.#isStopped) return;
    this.#hasMissed = false;
    this.#deps.tell({ change: "missed" });
  }

  async #readCommon(): Promise<End> {
    const { ask, changes, tell } = this.#deps;
    // The first time, what comes meanwhile is news at once: nothing was counted before it.
    if (this.#boxes.state === null) return this.#begin("done");
    this.#boxes.ask(COMMON_BOX);
    const chats = new Map<string, Api.TypeChat>();
    const said: TelegramChange[] = [];
    for (let page = 0; page < MAX_COMMON_PAGES; page += 1) {
      const { state } = this.#boxes;
      if (state === null) return this.#begin("done");
      const answer = await ask(differenceRequest(state));
      if (this.#isStopped) return "done";
      if (!answer.ok) return isUnanswered(answer.error) ? "unanswered" : this.#begin("missed");
      const missed: CommonMissed = answer.value;
      if (missed.end === "too-long") return this.#begin("missed");
      for (const chat of missed.chats) chats.set(chatKey(chat), chat);
      for (const change of this.#readMissed(missed.updates, missed.chats)) {
        said.push(change);
        tell(change);
      }
      this.#boxes.begin(missed.state);
      if (missed.end === "more") continue;
      // Only now: a chat is told as it is at the end, and its changes come before that.
      const isBehind: Parameters<ChangeReader["read"]>[1] = (group) =>
        !group.isBasic && this.#isBehind(group);
      for (const change of changes.readChats([...chats.values()], said, isBehind)) tell(change);
      return "done";
    }
    return this.#begin("missed");
  }

  /** Counts on from where the account stands now. */
  async #begin(end: "done" | "missed"): Promise<End> {
    const state = await this.#deps.ask(stateRequest());
    if (state.ok) this.#boxes.begin(state.value);
    else if (isUnanswered(state.error)) {
      if (end === "missed") this.#hasMissed = true;
      return "unanswered";
    }
    // A refusal is as good as one of any other question: whoever listens asks and learns why.
    return state.ok ? end : "missed";
  }

  /** What a difference tells, apart from what is counted in a box of its own. */
  #readMissed(updates: readonly Api.TypeUpdate[], chats: readonly Api.TypeChat[]): TelegramChange[] {
    const isElsewhere = (update: Api.TypeUpdate): boolean =>
      (numbersOf(update)?.box ?? COMMON_BOX) !== COMMON_BOX;
    const elsewhere = updates.filter(isElsewhere);
    if (elsewhere.length > 0) {
      const packet = new Api.Updates({ updates: elsewhere, users: [], chats: [...chats], date: 0, seq: 0 });
      this.#follow(this.#boxes.take(packet, false));
    }
    this.#noteTooLong(updates);
    return this.#deps.changes.readUpdates(
      updates.filter((update) => !isElsewhere(update)),
      chats,
    );
  }

  async #readChannel(channelId: string): Promise<End> {
    const { ask, changes, findChannel, tell } = this.#deps;
    const chats = new Map<string, Api.TypeChat>();
    const said: TelegramChange[] = [];
    for (let page = 0; page < MAX_CHANNEL_PAGES; page += 1) {
      const pts = this.#boxes.channelPts(channelId);
      const channel = findChannel(channelId);
      if (pts === null || !channel) break;
      this.#boxes.ask(channelId);
      const answer = await ask(channelDifferenceRequest(channel, pts));
      if (this.#isStopped) return "done";
      if (!answer.ok) {
        if (isUnanswered(answer.error)) return "unanswered";
        if (answer.error.facts["telegramError"] !== NOT_IN_IT) break;
        this.#boxes.forget(channelId);
        for (const change of changes.readGone(channelId)) tell(change);
        return "done";
      }
      const missed: ChannelMissed = answer.value;
      if (missed.pts === null) break;
      for (const chat of missed.chats) chats.set(chatKey(chat), chat);
      for (const change of changes.readUpdates(missed.updates, missed.chats)) {
        said.push(change);
        tell(change);
      }
      this.#boxes.reach(channelId, missed.pts);
      if (missed.end === "more") continue;
      // Of the channel itself nothing is missing any more, although its box is open until it is settled.
      const isBehind: Parameters<ChangeReader["read"]>[1] = (group) =>
        (group.isBasic || group.groupId !== channelId) && this.#isBehind(group);
      for (const change of changes.readChats([...chats.values()], said, isBehind)) tell(change);
      return missed.end === "too-long" ? "missed" : "done";
    }
    this.#boxes.forget(channelId);
    return "missed";
  }
}

/** The account has left the channel, or was taken out of it. */
const NOT_IN_IT = "CHANNEL_PRIVATE";

function chatKey(chat: Api.TypeChat): string {
  return `${chat.className} ${chat.id.toString()}`;
}
