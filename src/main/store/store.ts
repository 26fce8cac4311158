import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";
import type * as schema from "./schema/index.ts";

type Database = BaseSQLiteDatabase<"sync", unknown, typeof schema>;

/** Reads what was committed. Query functions that only read take this as their first argument. */
export type Reader = Pick<
  Database,
  "select" | "selectDistinct" | "query" | "$count" | "all" | "get" | "values"
>;

/** Reads and writes inside the transaction it was handed to. Query functions that write take this. */
export type Writer = Reader & Pick<Database, "insert" | "update" | "delete" | "run">;

/**
 * The one door to `muster.db`.
 *
 * Readers never see a half-done write: they use a connection of their own. Writes are one after the other, each in
 * one transaction that commits when the action resolves and rolls back when it rejects.
 */
export interface Store {
  readonly read: Reader;
  /**
   * Runs one service action as one transaction. The action may await queries, not the outside world: every
   * other write waits for it. A write inside a write is a defect.
   *
   * Fails with a `FailureError` carrying `store/disk-full` or `store/read-only`; nothing of the action is kept.
   * A store opened for reading fails with `store/profile-in-use`.
   */
  write<T>(action: (writer: Writer) => Promise<T>): Promise<T>;
  /**
   * Inside a write: calls `effect` once that write has committed, never when it is rolled back. For telling others
   * (announce a change, start what was queued); the effect is outside the transaction and may start writes of its own.
   */
  afterCommit(effect: () => void): void;
  /**
   * Reads the whole database, in a worker when it is large. `store/unsound` (fact `problem`) when something does not
   * hold together.
   */
  check(): Promise<Result<void, Failure>>;
  /** Checkpoints and closes. Calling it twice is harmless. */
  close(): Promise<void>;
}
