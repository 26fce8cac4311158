import { join } from "node:path";
import { type Failure, failure, FailureError } from "#shared/domain/failure.ts";
import type { Log } from "#shared/lib/log.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { Clock } from "#shared/lib/time.ts";
import { backUp, backupsFolderOf, isBackupDue, listBackups } from "./backups.ts";
import { createCheckpoints } from "./checkpoints.ts";
import { type Connection, openReaderConnection, openWriterConnection, queriesOn } from "./connection.ts";
import { inspectDatabase } from "./inspect.ts";
import { migrate, type Migration, readMigrations, versionOf } from "./migrate.ts";
import { createSerialWriter } from "./serial-writer.ts";
import { createFileWork } from "./off-thread.ts";
import { makeProfileFolder } from "./profile-folder.ts";
import { setAside, setOrphanedLogAside } from "./set-aside.ts";
import type { Reader, Store } from "./store.ts";
import { isDamage, translateStoreError } from "./translate-error.ts";

export interface StoreOptions {
  /** The profile; created when it is not there. The database is `muster.db` in it. */
  readonly folder: string;
  /** drizzle-kit's output, `resources/migrations`. */
  readonly migrationsFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How many rolling backups stay; asked once the database is open, since the operator's wish lies in it. */
  readonly backupsKept: (read: Reader) => Promise<number>;
  /**
   * `write` (the default) needs the profile lock. `read` looks at the database of a Muster that is running: nothing
   * is migrated, checked or backed up, and every write is refused with `store/profile-in-use`.
   */
  readonly access?: "write" | "read";
  /**
   * The entry of the store's worker thread: `store-worker.js` in a build, `store-worker.ts` from source. Without one
   * a large database holds the main thread up while it is checked and copied, and so does the log when it is full.
   */
  readonly workerUrl?: URL;
  /** After how long a write that does not end is given up. */
  readonly writeDeadlineMs?: number;
}

export interface OpenedStore {
  readonly store: Store;
  /** What the operator must be told: `store/damaged` with the facts `setAside`, `backupsFolder`, `newestBackup`. */
  readonly notices: Failure[];
}

/** Long enough for any honest write on a slow disk, short enough that a hung one does not look like a hung Muster. */
const WRITE_DEADLINE_MS = 30_000;

/** Kept when a backup is made before a migration: the settings cannot be read from an older schema. */
const BACKUPS_KEPT_MIGRATING = 7;

/**
 * Opens the database of a profile, bringing it to the current version. A damaged database is renamed, never
 * overwritten, and an empty one takes its place. There is a backup before every migration, made before it starts,
 * and otherwise at most one a day, made in the background after opening.
 *
 * Fails with a `FailureError`: `store/newer-version` (the file is left alone), `store/disk-full`,
 * `store/read-only`, and for `access: "read"` also `store/profile-in-use` when there is nothing to read yet.
 */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  try {
    return options.access === "read" ? openForReading(options) : await openForWriting(options);
  } catch (error) {
    throw translateStoreError(error, options.folder);
  }
}

async function openForWriting(options: StoreOptions): Promise<OpenedStore> {
  const { folder, clock, log } = options;
  const file = join(folder, "muster.db");
  const migrations = readMigrations(options.migrationsFolder);
  makeProfileFolder(folder);
  setOrphanedLogAside(folder, file, clock.nowMs());

  const doFileWork = createFileWork(options.workerUrl ?? null);
  const makeBackup = (keep: number) => backUp(file, { folder, keep, nowMs: clock.nowMs(), doFileWork });
  const notices: Failure[] = [];
  const found = await inspectDatabase(file, {
    newestVersion: newestVersion(migrations),
    hasBackups: listBackups(folder).length > 0,
    doFileWork,
  });
  if (found.condition === "newer") {
    const facts = { version: found.version, known: newestVersion(migrations) };
    throw new FailureError(failure("store/newer-version", facts));
  }
  if (found.condition === "damaged") {
    const aside = setAside(folder, file, clock.nowMs());
    log.error("database-set-aside", { problem: found.problem, setAside: aside });
    notices.push(damageNotice(folder, aside));
  }

  const writing = openWriterConnection(file);
  try {
    const isNew = versionOf(writing) === 0;
    await bringUpToDate(writing, migrations, log, makeBackup);
    const reading = openReaderConnection(file);
    const backup = isNew ? Promise.resolve() : backUpInBackground(options, queriesOn(reading), makeBackup);
    return { store: assembleStore(writing, reading, backup, options), notices };
  } catch (error) {
    writing.close();
    throw error;
  }
}

async function bringUpToDate(
  connection: Connection,
  migrations: readonly Migration[],
  log: Log,
  makeBackup: (keep: number) => Promise<string>,
): Promise<void> {
  const version = versionOf(connection);
  if (version === newestVersion(migrations)) return;
  if (version > 0)
    log.info("backup-before-migration", { backup: await makeBackup(BACKUPS_KEPT_MIGRATING), version });
  migrate(connection, migrations);
  log.info("migrated", { from: version, to: newestVersion(migrations) });
}

/** Settles when the backup, if one is due, has ended, well or not. */
async function backUpInBackground(
  { folder, backupsKept, clock, log }: StoreOptions,
  read: Reader,
  makeBackup: (keep: number) => Promise<string>,
): Promise<void> {
  try {
    if (!isBackupDue(listBackups(folder), clock.nowMs())) return;
    log.info("backup-made", { backup: await makeBackup(await backupsKept(read)) });
  } catch (error) {
    log.error("backup-failed", { error: String(error) });
  }
}

function assembleStore(
  writing: Connection,
  reading: Connection,
  backup: Promise<void>,
  options: StoreOptions,
): Store {
  const { folder, log, workerUrl, writeDeadlineMs = WRITE_DEADLINE_MS } = options;
  const file = join(folder, "muster.db");
  const checkpoints =
    workerUrl === undefined
      ? null
      : createCheckpoints({ file, connection: writing, doFileWork: createFileWork(workerUrl), log });
  const writer = createSerialWriter({
    connection: writing,
    log,
    deadlineMs: writeDeadlineMs,
    onCommit: () => checkpoints?.afterCommit(),
    translate: (error) => translateStoreError(error, folder),
  });
  return {
    read: queriesOn(reading),
    write: writer.write,
    afterCommit: writer.afterCommit,
    check: () => check(options),
    close: async () => {
      await writer.drain();
      await backup;
      await checkpoints?.stop();
      reading.close();
      // Closing the last connection moves the write-ahead log into the database and removes it.
      writing.close();
    },
  };
}

function openForReading(options: StoreOptions): OpenedStore {
  const { folder, migrationsFolder } = options;
  const inUse = () => new FailureError(failure("store/profile-in-use", { folder }));
  const known = newestVersion(readMigrations(migrationsFolder));
  let reading: Connection;
  try {
    reading = openReaderConnection(join(folder, "muster.db"));
  } catch (error) {
    throw new FailureError(failure("store/profile-in-use", { folder }, "It has no database yet."), {
      cause: error,
    });
  }
  const version = versionOf(reading);
  if (version !== known) {
    reading.close();
    throw version > known
      ? new FailureError(failure("store/newer-version", { version, known }))
      : new FailureError(failure("store/profile-in-use", { folder }, "Its database is of another version."));
  }
  const store: Store = {
    read: queriesOn(reading),
    write: () => Promise.reject(inUse()),
    afterCommit: () => {
      throw inUse();
    },
    check: () => check(options),
    close: async () => {
      reading.close();
    },
  };
  return { store, notices: [] };
}

async function check({ folder, workerUrl }: StoreOptions): Promise<Result<void, Failure>> {
  const doFileWork = createFileWork(workerUrl ?? null);
  try {
    const problem = await doFileWork({ work: "check", file: join(folder, "muster.db") });
    return problem === null ? ok(undefined) : err(failure("store/unsound", { problem }));
  } catch (error) {
    if (isDamage(error)) return err(failure("store/unsound", { problem: String(error) }));
    throw translateStoreError(error, folder);
  }
}

function damageNotice(folder: string, aside: string): Failure {
  return failure("store/damaged", {
    setAside: aside,
    backupsFolder: backupsFolderOf(folder),
    newestBackup: listBackups(folder)[0]?.file ?? null,
  });
}

function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}
