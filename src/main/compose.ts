import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createTableWriter } from "#main/documents/index.ts";
import { type Activity, createActivity } from "#main/features/activity/index.ts";
import {
  type Connections,
  createConnections,
  removeStaleSandboxes,
} from "#main/features/connections/index.ts";
import { type Coverage, createCoverage, createReportWriter } from "#main/features/coverage/index.ts";
import {
  createDiagnostics,
  type Diagnostics,
  type DiagnosticsDependencies,
} from "#main/features/diagnostics/index.ts";
import { createInsights, type Insights, type SystemNotification } from "#main/features/insights/index.ts";
import { createMembership, type Membership } from "#main/features/membership/index.ts";
import { createSettings, readSettings, type SettingsFeature } from "#main/features/settings/index.ts";
import { createTeam, type Team } from "#main/features/team/index.ts";
import { createJobRunner, type JobRunner } from "#main/jobs/index.ts";
import {
  createMemoryKeychain,
  createSystemKeychain,
  type Keychain,
  librarySourceFor,
  type SpawnKeychainHost,
  type SystemKeychain,
} from "#main/platforms/keychain/index.ts";
import { sendMail } from "#main/platforms/mail/index.ts";
import { createSandboxLauncher, type SpawnSandbox } from "#main/platforms/sandbox/index.ts";
import { SLACK_API_URL } from "#main/platforms/slack/index.ts";
import { operatorName, systemTimeZone } from "#main/platforms/system/index.ts";
import { beginTelegramSignIn, openTelegramSession } from "#main/platforms/telegram/index.ts";
import { acquireProfileLock, openStore, type ProfileLock, type StoreOptions } from "#main/store/index.ts";
import type { ChangeTopic, Notice } from "#shared/contract/app.ts";
import { type Failure, FailureError } from "#shared/domain/failure.ts";
import { createFeed, type Feed } from "#shared/lib/feed.ts";
import type { Log } from "#shared/lib/log.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";

export interface ApplicationOptions {
  readonly profileFolder: string;
  /** Where the main bundle lies; workers, the sandbox and `resources` are found from there. */
  readonly bundleFolder: string;
  /** `read` looks on beside a Muster that works in the profile: nothing can be changed, no job runs. */
  readonly access: "read" | "write";
  readonly keychainService: string;
  readonly log: Log;
  readonly spawnSandbox: SpawnSandbox;
  /** Used where the keychain's native library needs a process of its own. */
  readonly spawnKeychainHost: SpawnKeychainHost;
  /** What talks to the platforms over HTTP. */
  readonly fetch: typeof globalThis.fetch;
  readonly openBrowser: (url: string) => Promise<void>;
  /** Shows a notification of the operating system; left out where there is no screen. */
  readonly notify?: (notification: SystemNotification) => boolean;
  readonly runtime: { readonly description: string; readonly caveat: string | null };
}

/** Everything that can be asked for, joined; what `index.ts` shows in a window and `cli` in a terminal. */
export interface Application {
  readonly activity: Activity;
  readonly connections: Connections;
  readonly coverage: Coverage;
  readonly diagnostics: Diagnostics;
  readonly insights: Insights;
  readonly jobs: JobRunner;
  readonly membership: Membership;
  readonly settings: SettingsFeature;
  readonly team: Team;
  readonly changes: Feed<ChangeTopic>;
  readonly notices: { list(): Notice[]; add(failure: Failure): void; dismiss(id: string): void };
  /** Stops work in good order, closes the database and lets the next Muster have the profile. */
  close(): Promise<void>;
}

const keychainDeadlineMs = 10_000;

/** How long a writer waits for a Muster that only looks: that one holds the profile for a moment. */
const lockPatienceMs = 1_000;
const lockRetryMs = 100;

/**
 * Opens a profile and builds the application on it. No job runs before `jobs.start()`.
 * Fails with `store/profile-in-use`, `store/newer-version`, `store/disk-full` or `store/read-only`.
 */
export async function composeApplication(options: ApplicationOptions): Promise<Result<Application, Failure>> {
  try {
    return options.access === "read" ? await composeReader(options) : await composeWriter(options);
  } catch (error) {
    if (error instanceof FailureError) return err(error.failure);
    throw error;
  }
}

async function composeWriter(options: ApplicationOptions): Promise<Result<Application, Failure>> {
  const lock = await takeProfile(options.profileFolder);
  return lock.ok ? ok(await buildOrRelease(options, lock.value)) : lock;
}

/**
 * A reader that finds the profile free puts it in order first, as a writer would (an old database is brought up to
 * date, a damaged one set aside), and then lets it go: however long it looks, it is in nobody's way.
 */
async function composeReader(options: ApplicationOptions): Promise<Result<Application, Failure>> {
  const lock = acquireProfileLock(options.profileFolder, systemClock);
  if (!lock.ok) return lock.error.code === "store/profile-in-use" ? ok(await build(options, null)) : lock;
  let found: readonly Failure[];
  try {
    found = await putInOrder(options);
  } finally {
    lock.value.release();
  }
  return ok(await build(options, null, found));
}

/** Opens the database for writing and closes it again. Answers with what that had to tell. */
async function putInOrder(options: ApplicationOptions): Promise<readonly Failure[]> {
  const { store, notices } = await openStore({ ...storeOptions(options), access: "write" });
  try {
    const announce = (): void => {};
    const activity = createActivity({ store, clock: systemClock, actor: operatorName(), announce });
    await removeStaleSandboxes({ store, activity, announce });
    return notices;
  } finally {
    await store.close();
  }
}

async function buildOrRelease(options: ApplicationOptions, lock: ProfileLock): Promise<Application> {
  try {
    return await build(options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function takeProfile(folder: string): Promise<Result<ProfileLock, Failure>> {
  const giveUpMs = systemClock.monotonicMs() + lockPatienceMs;
  for (;;) {
    const lock = acquireProfileLock(folder, systemClock);
    const isHeld = !lock.ok && lock.error.code === "store/profile-in-use";
    if (!isHeld || systemClock.monotonicMs() >= giveUpMs) return lock;
    await systemClock.sleep(lockRetryMs);
  }
}

/** `earlier` is what opening the profile a moment ago had to tell. */
async function build(
  options: ApplicationOptions,
  lock: ProfileLock | null,
  earlier: readonly Failure[] = [],
): Promise<Application> {
  const { profileFolder, bundleFolder, log } = options;
  const clock = systemClock;
  const { store, notices } = await openStore({
    ...storeOptions(options),
    access: lock === null ? "read" : "write",
  });
  const changes = createFeed<ChangeTopic>();
  const announce = changes.publish;
  const board = createNoticeBoard([...earlier, ...notices], announce);

  const activity = createActivity({ store, clock, actor: operatorName(), announce });
  const jobs = createJobRunner({ store, clock, log, announce });
  const settings = createSettings({ store, announce });
  const keychain = openKeychain(options);
  const connections = createConnections({
    store,
    clock,
    log,
    activity,
    announce,
    keychain,
    sandboxKeychain: createMemoryKeychain(),
    sandbox: createSandboxLauncher({ spawn: options.spawnSandbox, log }),
    telegram: {
      openSession: ({ app, secret, server, isPaced, peers, onPeers }) =>
        openTelegramSession({
          app,
          secret,
          clock,
          log,
          ...(server ? { server } : {}),
          ...(isPaced ? {} : { pacing: { windowScale: 0 } }),
          ...(peers ? { peers } : {}),
          ...(onPeers ? { onPeers } : {}),
        }),
      beginSignIn: ({ app, server }) =>
        beginTelegramSignIn({ app, clock, log, ...(server ? { server } : {}) }),
    },
    // The two features know each other only through this line: team asks connections who is who.
    importTeam: (json) => team.importSample(json),
    wakePausedOn: (connectionId) => jobs.wakePausedOn(connectionId),
    forgetPauses: (connectionId) => coverage.forgetPauses(connectionId),
    fetch: options.fetch,
    openBrowser: options.openBrowser,
    manifestJson: readFileSync(path.join(resourcesOf(options), "slack-app-manifest.json"), "utf8"),
  });
  const team: Team = createTeam({ store, clock, log, activity, announce, connections });
  const reports = createReportWriter({
    workerUrl: pathToFileURL(path.join(bundleFolder, "report-worker.js")),
    log,
    clock,
  });
  const coverage = createCoverage({
    store,
    clock,
    log,
    jobs,
    activity,
    connections,
    team,
    reports,
    announce,
  });
  const tables = createTableWriter({
    workerUrl: pathToFileURL(path.join(bundleFolder, "table-worker.js")),
    log,
    clock,
  });
  const membership = createMembership({
    store,
    clock,
    log,
    jobs,
    activity,
    coverage,
    connections,
    team,
    keychain,
    announce,
    tables,
    operationsFolder: path.join(profileFolder, "operations"),
    timeZone: systemTimeZone,
    operator: operatorName(),
  });
  const insights = createInsights({
    store,
    clock,
    log,
    jobs,
    activity,
    coverage,
    operations: membership,
    connections,
    team,
    keychain,
    sendMail,
    notify: options.notify ?? null,
    announce,
    watchChanges: changes.watch,
  });
  const diagnostics = createProfileDiagnostics(options, keychain, {
    checkDatabase: async () => {
      const sound = await store.check();
      if (!sound.ok) return sound;
      return ok({ folder: profileFolder, bytes: (await stat(path.join(profileFolder, "muster.db"))).size });
    },
    listEndpoints: async () => {
      // Telegram is not asked over HTTP: `connections check` tells whether it answers.
      const used = (await connections.list()).flatMap(({ platform, apiUrl }) =>
        platform === "slack" ? [apiUrl] : [],
      );
      return used.length === 0 ? [SLACK_API_URL] : [...new Set(used)];
    },
  });

  if (lock !== null) await connections.start();

  return {
    activity,
    connections,
    coverage,
    diagnostics,
    insights,
    jobs,
    membership,
    settings,
    team,
    changes,
    notices: board,
    async close() {
      await insights.stop();
      await jobs.stop();
      await connections.stop();
      await reports.close();
      await tables.close();
      await keychain.close();
      await store.close();
      lock?.release();
    },
  };
}

function storeOptions(options: ApplicationOptions): Omit<StoreOptions, "access"> {
  return {
    folder: options.profileFolder,
    migrationsFolder: path.join(resourcesOf(options), "migrations"),
    workerUrl: pathToFileURL(path.join(options.bundleFolder, "store-worker.js")),
    clock: systemClock,
    log: options.log,
    backupsKept: async (read) => (await readSettings(read)).backupsKept,
  };
}

function resourcesOf({ bundleFolder }: ApplicationOptions): string {
  return path.join(bundleFolder, "../../resources");
}

/** For a profile that could not be opened: everything else is still looked at. */
export function composeDiagnosticsWithout(
  options: ApplicationOptions,
  why: Failure,
): Pick<Application, "diagnostics" | "close"> {
  const keychain = openKeychain(options);
  const diagnostics = createProfileDiagnostics(options, keychain, {
    checkDatabase: () => Promise.resolve(err(why)),
    listEndpoints: () => Promise.resolve([SLACK_API_URL]),
  });
  return { diagnostics, close: () => keychain.close() };
}

function createProfileDiagnostics(
  { runtime, fetch }: ApplicationOptions,
  keychain: Keychain,
  profile: Pick<DiagnosticsDependencies, "checkDatabase" | "listEndpoints">,
): Diagnostics {
  return createDiagnostics({
    clock: systemClock,
    runtime,
    probeKeychain: () => keychain.probe(),
    fetch,
    ...profile,
  });
}

function openKeychain({ keychainService, spawnKeychainHost }: ApplicationOptions): SystemKeychain {
  return createSystemKeychain({
    service: keychainService,
    deadlineMs: keychainDeadlineMs,
    source: librarySourceFor(process.platform, spawnKeychainHost),
  });
}

/** Keeps what the operator must be told until it is dismissed. */
function createNoticeBoard(failures: readonly Failure[], announce: (topic: ChangeTopic) => void) {
  let notices: Notice[] = failures.map((failure, index) => ({ id: `start-${index}`, failure }));
  return {
    list: () => notices,
    add(failure: Failure) {
      notices = [...notices, { id: randomUUID(), failure }];
      announce("notices");
    },
    dismiss(id: string) {
      notices = notices.filter((notice) => notice.id !== id);
      announce("notices");
    },
  };
}
