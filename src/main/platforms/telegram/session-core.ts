import { Api } from "telegram/tl/index.js";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { TelegramChange } from "#shared/domain/telegram-change.ts";
import { Governor } from "#shared/lib/governor.ts";
import type { Log } from "#shared/lib/log.ts";
import { err, type Result } from "#shared/lib/result.ts";
import { MINUTE_MS, SECOND_MS, type Clock } from "#shared/lib/time.ts";
import { WaitBoard } from "#shared/lib/wait-board.ts";
import { ChangesInOrder } from "./changes-in-order.ts";
import { ChangeReader } from "./changes.ts";
import { governedCall, type CallContext, type TelegramRequest } from "./governed-call.ts";
import { telegramLimits, type TelegramPacing } from "./limits.ts";
import { Line } from "./line.ts";
import { Peers } from "./peers.ts";
import type { DialogsPage } from "./read-dialogs.ts";
import { readSelf } from "./read-user.ts";
import type { SessionKey } from "./secret.ts";
import type { TelegramApp, TelegramPeer, TelegramServer, TelegramUsage } from "./telegram-session.ts";
import type { Trust } from "./trust.ts";

export interface TelegramSessionOptions {
  readonly app: TelegramApp;
  /** What `TelegramSignIn.secret` gave. */
  readonly secret: string;
  /** Another server than Telegram itself. */
  readonly server?: TelegramServer;
  readonly clock: Clock;
  readonly log: Log;
  /** How long one request may take. */
  readonly deadlineMs?: number;
  /** Pause before the first repetition of a request that got no answer. */
  readonly retryPauseMs?: number;
  readonly pacing?: TelegramPacing;
  /** What earlier sessions of the account learnt (`onPeers`); saves looking people and groups up again. */
  readonly peers?: readonly TelegramPeer[];
  /**
   * Told of what a later session should know, in lots: by which hash the account may address channels and the people it
   * asked for. Each is the whole truth about its peer, so that the last one counts.
   */
  readonly onPeers?: (learned: readonly TelegramPeer[]) => void;
}

const DEADLINE_MS = 30 * SECOND_MS;

/** For each step of connecting; a server that is there takes a tenth of a second. */
const MAX_CONNECT_DEADLINE_MS = 10 * SECOND_MS;

/**
 * How often it is asked whether anything was lost (core.telegram.org/api/updates, checked 2026-11); Telegram stops sending
 * updates to those who have not asked for anything in an hour.
 */
const CATCH_UP_EVERY_MS = 15 * MINUTE_MS;

type ChangeListener = (change: TelegramChange) => void;

/** What all methods of a session stand on: the line, the limits, what is known of others, and who listens. */
export class SessionCore {
  readonly peers: Peers;
  readonly changes: ChangeReader;
  readonly waits: WaitBoard;
  readonly #context: CallContext;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<ChangeListener>();
  readonly #inOrder: ChangesInOrder;
  readonly #calls: Record<string, number> = {};
  #selfId: string | null = null;
  #isTellingPeers = false;
  #tuned: { readonly timer: NodeJS.Timeout; readonly release: () => void } | null = null;

  constructor(options: TelegramSessionOptions, key: SessionKey, trust: Trust) {
    const { app, clock, log, deadlineMs = DEADLINE_MS } = options;
    this.peers = new Peers(options.peers, () => this.#tellPeers(options));
    this.changes = new ChangeReader(() => this.#selfId);
    this.waits = new WaitBoard(clock);
    const limits = telegramLimits(options.pacing);
    const line = new Line({
      app,
      server: options.server ?? null,
      trust,
      dataCentre: key.dataCentre,
      key: key.bytes,
      clock,
      log,
      connectDeadlineMs: Math.min(deadlineMs, MAX_CONNECT_DEADLINE_MS),
      onUpdate: (update) => this.#hear(update),
      onOpened: () => this.#onOpened(),
      // Nothing will be heard any more: whoever listens asks once again and learns why.
      onDead: () => this.#tell({ change: "missed" }),
    });
    this.#context = {
      line,
      governor: new Governor({ clock, waits: this.waits, limits }),
      waits: this.waits,
      clock,
      log,
      deadlineMs,
      retryPauseMs: options.retryPauseMs ?? 500,
      longestWaitMs: limits.longestWaitMs ?? Number.POSITIVE_INFINITY,
      onRequest: (method) => (this.#calls[method] = (this.#calls[method] ?? 0) + 1),
    };
    this.#inOrder = new ChangesInOrder({
      changes: this.changes,
      clock,
      closing: this.closing,
      ask: (request) => this.call(this.closing, request),
      findChannel: (channelId) => this.peers.findChannel(channelId),
      tell: (change) => this.#tell(change),
      onDefect: throwLater,
    });
  }

  /** Aborted by `close`. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * One call in the limits; see `governedCall`. Whatever chats and people the answer names are learned,
   * and a hash that it refuses is let go of.
   */
  async call<Value>(signal: AbortSignal, request: TelegramRequest<Value>): Promise<Result<Value, Failure>> {
    const read = (answer: unknown): Value | null => {
      this.#learn(answer);
      this.#hearOwn(answer);
      return request.read(answer);
    };
    const either = AbortSignal.any([signal, this.closing]);
    try {
      const result = await governedCall(this.#context, { ...request, read }, either);
      if (!result.ok) this.peers.forgetRefused(request.request, result.error.facts["telegramError"]);
      return result;
    } catch (error) {
      signal.throwIfAborted();
      if (!this.closing.aborted) throw error;
      return err(failure("network/unreachable", { method: request.method, reason: "closed" }));
    }
  }

  nowMs(): number {
    return this.#context.clock.nowMs();
  }

  noteSelf(userId: string): void {
    this.#selfId = userId;
  }

  /** Notes what a page of the account's list of chats says of its groups, which is no change. */
  noteDialogs(page: DialogsPage): void {
    this.changes.note(page.groups, page.nextCursor === null);
    this.#inOrder.noteDialogs(page);
  }

  /** The first listener keeps the session connected, the last one to go lets it be. */
  watchChanges(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    if (!this.#tuned && !this.closing.aborted) {
      const { line } = this.#context;
      const tuneIn = (): void => {
        if (line.link) this.#tuneIn();
      };
      const timer = setInterval(tuneIn, CATCH_UP_EVERY_MS);
      this.#tuned = { timer, release: line.hold() };
      // Without a connection, the one that holding the line opens tunes in by itself.
      tuneIn();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#tuneOut();
    };
  }

  usage(): TelegramUsage {
    return {
      calls: Object.values(this.#calls).reduce((sum, calls) => sum + calls, 0),
      waitedMs: this.waits.waitedMs(),
      callsByMethod: { ...this.#calls },
    };
  }

  close(): void {
    if (this.closing.aborted) return;
    this.#closing.abort(new Error("the session was closed"));
    this.#listeners.clear();
    this.#tuneOut();
    this.#context.governor.close(new Error("the session was closed"));
    this.#context.line.close();
  }

  #tuneOut(): void {
    if (!this.#tuned) return;
    clearInterval(this.#tuned.timer);
    this.#inOrder.stop();
    this.#tuned.release();
    this.#tuned = null;
  }

  #onOpened(): void {
    if (this.#tuned) this.#tuneIn();
  }

  /** A new connection gets updates only after it has asked for something as the account. */
  #tuneIn(): void {
    void this.#inOrder.catchUp();
    if (this.#selfId !== null) return;
    const { log } = this.#context;
    const self = {
      method: "users.getUsers",
      request: new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }),
      read: (answer: unknown) => (Array.isArray(answer) ? readSelf(answer[0]) : null),
    };
    this.call(this.closing, self).then((read) => {
      if (read.ok) this.noteSelf(read.value.userId);
      else log.info("telegram-not-tuned-in", { code: read.error.code });
    }, throwLater);
  }

  #hear(packet: unknown): void {
    try {
      this.#learn(packet);
      this.#inOrder.hear(packet);
    } catch (defect) {
      // The library, which calls this, would swallow it.
      throwLater(defect);
    }
  }

  /** What a call of ours did is part of the count, and told to others only. */
  #hearOwn(answer: unknown): void {
    this.#inOrder.hear(answer instanceof Api.messages.InvitedUsers ? answer.updates : answer, true);
  }

  /** After the answer that is being read: it may name a hundred. */
  #tellPeers({ onPeers }: TelegramSessionOptions): void {
    if (!onPeers || this.#isTellingPeers) return;
    this.#isTellingPeers = true;
    setImmediate(() => {
      this.#isTellingPeers = false;
      onPeers(this.peers.take());
    });
  }

  #tell(change: TelegramChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  #learn(answer: unknown): void {
    if (Array.isArray(answer)) {
      this.peers.learn([], answer);
      return;
    }
    if (typeof answer !== "object" || answer === null) return;
    const { chats, users } = answer as { readonly chats?: unknown; readonly users?: unknown };
    this.peers.learn(Array.isArray(chats) ? chats : [], Array.isArray(users) ? users : []);
  }
}

function throwLater(defect: unknown): void {
  queueMicrotask(() => {
    throw defect;
  });
}
