import { AsyncLocalStorage } from "node:async_hooks";
import { assert, Defect } from "#shared/lib/assert.ts";
import type { Log } from "#shared/lib/log.ts";
import { type Connection, queriesOn } from "./connection.ts";
import type { Writer } from "./store.ts";

interface Transaction {
  isOpen: boolean;
  readonly effects: (() => void)[];
}

export interface SerialWriter {
  write<T>(action: (writer: Writer) => Promise<T>): Promise<T>;
  afterCommit(effect: () => void): void;
  /** Refuses further writes and resolves when those under way have ended. */
  drain(): Promise<void>;
}

/**
 * One write at a time, each in its own transaction on the one writing connection. The writer handed to an action
 * works only inside that action and only until it ends: a query that comes later is a defect, instead of landing
 * silently in somebody else's transaction. An action that has not settled after `deadlineMs` is rolled back.
 */
export function createSerialWriter(deps: {
  readonly connection: Connection;
  readonly log: Log;
  readonly deadlineMs: number;
  /** Called after each commit, before its effects. */
  readonly onCommit: () => void;
  readonly translate: (error: unknown) => unknown;
}): SerialWriter {
  const { connection, log, translate } = deps;
  const current = new AsyncLocalStorage<Transaction>();
  let open: Transaction | null = null;
  let lastTurn: Promise<void> = Promise.resolve();
  let isDraining = false;

  const writer: Writer = queriesOn(connection, () => {
    const own = current.getStore();
    assert(own?.isOpen && own === open, "a writer was used outside its write");
  });

  async function write<T>(action: (writer: Writer) => Promise<T>): Promise<T> {
    assert(!current.getStore()?.isOpen, "a write inside a write");
    assert(!isDraining, "a write after the store was closed");
    const turn = Promise.withResolvers<void>();
    const previous = lastTurn;
    lastTurn = turn.promise;
    await previous;
    try {
      return await transact(action);
    } finally {
      turn.resolve();
    }
  }

  async function transact<T>(action: (writer: Writer) => Promise<T>): Promise<T> {
    const transaction: Transaction = { isOpen: true, effects: [] };
    let value: T;
    try {
      connection.exec("BEGIN IMMEDIATE");
      open = transaction;
      value = await withinDeadline(
        current.run(transaction, async () => action(writer)),
        deps.deadlineMs,
      );
      // SQLite rolls back by itself on some errors; an action that swallowed one must not look like a success.
      assert(connection.inTransaction, "a write went on after one of its queries had failed");
      connection.exec("COMMIT");
    } catch (error) {
      if (connection.inTransaction) connection.exec("ROLLBACK");
      throw translate(error);
    } finally {
      transaction.isOpen = false;
      open = null;
    }
    current.exit(() => runEffects([deps.onCommit, ...transaction.effects]));
    return value;
  }

  function runEffects(effects: readonly (() => void)[]): void {
    for (const effect of effects) {
      try {
        effect();
      } catch (error) {
        // The write is kept whatever happens here, so its caller must not hear of a failure.
        log.error("after-commit-defect", { error: String(error) });
      }
    }
  }

  function afterCommit(effect: () => void): void {
    const own = current.getStore();
    assert(own?.isOpen, "afterCommit was called outside a write");
    own.effects.push(effect);
  }

  async function drain(): Promise<void> {
    isDraining = true;
    await lastTurn;
  }

  return { write, afterCommit, drain };
}

async function withinDeadline<T>(action: Promise<T>, deadlineMs: number): Promise<T> {
  const expired = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    expired.reject(new Defect(`a write did not end within ${deadlineMs} ms; it was rolled back`));
  }, deadlineMs);
  try {
    return await Promise.race([action, expired.promise]);
  } finally {
    clearTimeout(timer);
  }
}
