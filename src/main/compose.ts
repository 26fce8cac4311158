import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Activity, createActivity } from "#main/features/activity/index.ts";
import { type Connections, createConnections } from "#main/features/connections/index.ts";
import { type Coverage, createCoverage, createReportWriter } from "#main/features/coverage/index.ts";
import { createDiagnostics, type Diagnostics } from "#main/features/diagnostics/index.ts";
import { createSettings, readSettings, type SettingsFeature } from "#main/features/settings/index.ts";
import { createTeam, type Team } from "#main/features/team/index.ts";
import { createJobRunner, type JobRunner } from "#main/jobs/index.ts";
import { createMemoryKeychain, createSystemKeychain } from "#main/platforms/keychain/index.ts";
import { createSandboxLauncher, type SpawnSandbox } from "#main/platforms/sandbox/index.ts";
import { SLACK_API_URL } from "#main/platforms/slack/index.ts";
import { operatorName } from "#main/platforms/system/index.ts";
import { acquireProfileLock, openStore, type ProfileLock } from "#main/store/index.ts";
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
  readonly openBrowser: (url: string) => Promise<void>;
  readonly runtime: { readonly description: string; readonly caveat: string | null };
}

/** Everything that can be asked for, joined; what `index.ts` shows in a window and `cli` in a terminal. */
export interface Application {
  readonly activity: Activity;
  readonly connections: Connections;
  readonly coverage: Coverage;
  readonly diagnostics: Diagnostics;
  readonly jobs: JobRunner;
  readonly settings: SettingsFeature;
  readonly team: Team;
  readonly changes: Feed<ChangeTopic>;
  readonly notices: { list(): Notice[]; dismiss(id: string): void };
  /** Stops work in good order, closes the database and lets the next Muster have the profile. */
  close(): Promise<void>;
}

const keychainDeadlineMs = 10_000;

/**
 * Opens a profile and builds the application on it. No job runs before `jobs.start()`.
 * Fails with `store/profile-in-use`, `store/newer-version`, `store/disk-full` or `store/read-only`.
 */
export async function composeApplication(options: ApplicationOptions): Promise<Result<Application, Failure>> {
  const lock = takeProfile(options);
  if (!lock.ok) return lock;
  try {
    return ok(await build(options, lock.value));
  } catch (error) {
    lock.value?.release();
    if (error instanceof FailureError) return err(error.failure);
    throw error;
  }
}

/** A reader that finds the profile free takes it, so that it can bring an old database up to date. */
function takeProfile({ profileFolder, access }: ApplicationOptions): Result<ProfileLock | null, Failure> {
  const lock = acquireProfileLock(profileFolder, systemClock);
  const mayLookOn = access === "read" && !lock.ok && lock.error.code === "store/profile-in-use";
  return mayLookOn ? ok(null) : lock;
}

async function build(options: ApplicationOptions, lock: ProfileLock | null): Promise<Application> {
  const { profileFolder, bundleFolder, log } = options;
  const clock = systemClock;
  const resources = path.join(bundleFolder, "../../resources");
  const { store, notices } = await openStore({
    folder: profileFolder,
    migrationsFolder: path.join(resources, "migrations"),
    workerUrl: pathToFileURL(path.join(bundleFolder, "store-worker.js")),
    clock,
    log,
    backupsKept: async (read) => (await readSettings(read)).backupsKept,
    access: lock === null ? "read" : "write",
  });
  const changes = createFeed<ChangeTopic>();
  const announce = changes.publish;
  const board = createNoticeBoard(notices, announce);

  const activity = createActivity({ store, clock, actor: operatorName(), announce });
  const jobs = createJobRunner({ store, clock, log, announce });
  const settings = createSettings({ store, announce });
  const keychain = createSystemKeychain({ service: options.keychainService, deadlineMs: keychainDeadlineMs });
  const connections = createConnections({
    store,
    clock,
    log,
    activity,
    announce,
    keychain,
    sandboxKeychain: createMemoryKeychain(),
    sandbox: createSandboxLauncher({ spawn: options.spawnSandbox, log }),
    // The two features know each other only through this line: team asks connections who is who.
    importTeam: (json) => team.importSample(json),
    wakePausedOn: (connectionId) => jobs.wakePausedOn(connectionId),
    openBrowser: options.openBrowser,
    manifestJson: readFileSync(path.join(resources, "slack-app-manifest.json"), "utf8"),
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
  const diagnostics = createDiagnostics({
    clock,
    runtime: options.runtime,
    probeKeychain: () => keychain.probe(),
    checkDatabase: async () => {
      const sound = await store.check();
      if (!sound.ok) return sound;
      return ok({ folder: profileFolder, bytes: (await stat(path.join(profileFolder, "muster.db"))).size });
    },
    listEndpoints: async () => {
      const used = (await connections.list()).map(({ apiUrl }) => apiUrl);
      return used.length === 0 ? [SLACK_API_URL] : [...new Set(used)];
    },
    fetch,
  });

  if (lock !== null) await connections.start();

  return {
    activity,
    connections,
    coverage,
    diagnostics,
    jobs,
    settings,
    team,
    changes,
    notices: board,
    async close() {
      await jobs.stop();
      await connections.stop();
      await reports.close();
      await store.close();
      lock?.release();
    },
  };
}

/** Keeps what the operator must be told until it is dismissed. */
function createNoticeBoard(failures: readonly Failure[], announce: (topic: ChangeTopic) => void) {
  let notices: Notice[] = failures.map((failure, index) => ({ id: `start-${index}`, failure }));
  return {
    list: () => notices,
    dismiss(id: string) {
      notices = notices.filter((notice) => notice.id !== id);
      announce("notices");
    },
  };
}
