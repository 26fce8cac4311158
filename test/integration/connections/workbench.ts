import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createActivity } from "#main/features/activity/index.ts";
import {
  type Connections,
  type ConnectionsDeps,
  createConnections,
} from "#main/features/connections/index.ts";
import { createMemoryKeychain, type Keychain } from "#main/platforms/keychain/index.ts";
import type { SandboxOptions, SandboxTelegram } from "#main/platforms/sandbox/index.ts";
import { type Sandbox, type SandboxOptions as WorldOptions, startSandbox } from "#sandbox/start-sandbox.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { Log } from "#shared/lib/log.ts";
import { err, ok } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { Clock } from "#shared/lib/time.ts";
import { openTemporaryStore, type TemporaryStore } from "#test/support/temporary-store.ts";
import { createScriptedTelegram } from "./scripted-telegram.ts";

/** The connections feature with a real store and activity log, and notes of what it told others. */
export interface Workbench {
  readonly connections: Connections;
  readonly store: TemporaryStore;
  /** The system's keychain, kept in memory; `refuse` makes it answer with this failure. */
  readonly keychain: Keychain & { refuse: Failure | null };
  readonly sandboxKeychain: Keychain;
  readonly announced: string[];
  readonly woken: string[];
  /** Connections whose runs need no longer keep a pause that was asked of them. */
  readonly forgiven: string[];
  readonly importedTeams: string[];
  readonly opened: string[];
  /** Sandboxes that `openSandbox` started, and whether they still run. */
  readonly launched: { readonly options: SandboxOptions; readonly sandbox: Sandbox; running: boolean }[];
  /** What the next sandbox says of its Telegram; nothing unless a test does. */
  readonly offered: { telegram: SandboxTelegram | null };
  /** `action: outcome` of every line of the activity log, oldest first. */
  actions(): Promise<string[]>;
  /** Everything that lies in the profile folder or was logged, as one text. */
  everythingKept(): string;
  close(): Promise<void>;
}

/** On a store of its own, unless one is given: then this is the next process on the same profile. */
export async function openWorkbench(
  changed: Partial<ConnectionsDeps> = {},
  existing?: TemporaryStore,
): Promise<Workbench> {
  const store = existing ?? (await openTemporaryStore());
  const announced: string[] = [];
  const woken: string[] = [];
  const forgiven: string[] = [];
  const importedTeams: string[] = [];
  const opened: string[] = [];
  const launched: Workbench["launched"] = [];
  const offered: Workbench["offered"] = { telegram: null };
  const lines: unknown[] = [];
  const note = (...line: unknown[]): void => void lines.push(line);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const activity = createActivity({
    store,
    clock: systemClock,
    actor: "operator",
    announce: () => undefined,
  });
  const keychain = refusable(createMemoryKeychain());
  const sandboxKeychain = createMemoryKeychain();

  const deps: ConnectionsDeps = {
    store,
    clock: systemClock,
    log,
    activity,
    announce: (topic) => announced.push(topic),
    keychain,
    sandboxKeychain,
    sandbox: {
      async start(options) {
        const sandbox = await startSandbox({ ...worldOf(options), limits: options.limits !== "off" });
        const entry = { options, sandbox, running: true };
        launched.push(entry);
        const { slack } = sandbox.ready;
        return ok({
          ready: {
            limits: sandbox.ready.limits,
            slackApiUrl: slack.apiUrl,
            slackAuthorizeUrl: slack.oauthAuthorizeUrl,
            slackTeamId: slack.teamId,
            slackClientId: slack.clientId,
            slackToken: slack.tokens.full,
            telegram: offered.telegram,
          },
          fetchSampleTeam: () => Promise.resolve(ok('{"sample":true}')),
          async stop() {
            entry.running = false;
            await sandbox.close();
          },
        });
      },
    },
    telegram: createScriptedTelegram().platform,
    importTeam: (json) => {
      importedTeams.push(json);
      return Promise.resolve(ok(undefined));
    },
    wakePausedOn: (connectionId) => {
      woken.push(connectionId);
      return Promise.resolve(1);
    },
    forgetPauses: (connectionId) => {
      forgiven.push(connectionId);
      return Promise.resolve();
    },
    openBrowser: (url) => {
      opened.push(url);
      return Promise.resolve();
    },
    manifestJson: "{}",
    // Any free port: tests run side by side.
    redirectPorts: [0],
    sessionTuning: { deadlineMs: 2_000, retryPauseMs: 1 },
    ...changed,
  };
  const connections = createConnections(deps);

  return {
    connections,
    store,
    keychain,
    sandboxKeychain,
    announced,
    woken,
    forgiven,
    importedTeams,
    opened,
    launched,
    offered,
    async actions() {
      const page = await activity.list({ cursor: null, limit: 1_000, search: "" });
      return page.items.reverse().map(({ action, outcome, actor }) => `${actor}: ${action}: ${outcome}`);
    },
    everythingKept() {
      const files = readdirSync(store.folder, { recursive: true, withFileTypes: true });
      const contents = files
        .filter((file) => file.isFile())
        .map((file) => readFileSync(join(file.parentPath, file.name), "latin1"));
      return [...contents, JSON.stringify(lines)].join("\n");
    },
    async close() {
      await connections.stop();
      await store.close();
    },
  };
}

/** A small world without limits. */
export function startWorld(options: WorldOptions = {}): Promise<Sandbox> {
  return startSandbox({ world: "small", limits: false, ...options });
}

/** The value of a success; a failure fails the test with its words. */
export function valueOf<Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Failure },
): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

/** Real time whose wall clock can be moved on. */
export function shiftedClock(): Clock & { shiftMs: number } {
  return {
    ...systemClock,
    shiftMs: 0,
    nowMs() {
      return systemClock.nowMs() + this.shiftMs;
    },
  };
}

export const lockedKeychain = failure("keychain/locked", { reason: "test" });

function refusable(keychain: Keychain): Workbench["keychain"] {
  return {
    refuse: null,
    async probe() {
      return this.refuse ? err(this.refuse) : keychain.probe();
    },
    async getSecret(name) {
      return this.refuse ? err(this.refuse) : keychain.getSecret(name);
    },
    async setSecret(name, secret) {
      return this.refuse ? err(this.refuse) : keychain.setSecret(name, secret);
    },
    async removeSecret(name) {
      return this.refuse ? err(this.refuse) : keychain.removeSecret(name);
    },
  };
}

function worldOf({ seed, world }: SandboxOptions): WorldOptions {
  return { ...(seed === undefined ? {} : { seed }), world: world ?? "small" };
}
