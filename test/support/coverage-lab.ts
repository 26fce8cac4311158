import { createActivity } from "#main/features/activity/index.ts";
import { createCoverage, type Coverage, type RunReport } from "#main/features/coverage/index.ts";
import { createJobRunner, type JobRunner } from "#main/jobs/index.ts";
import type { SlackSession } from "#main/platforms/slack/index.ts";
import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { ConnectionId } from "#shared/domain/ids.ts";
import { silentLog, type Log } from "#shared/lib/log.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import { systemClock } from "#shared/lib/system-clock.ts";
import type { Clock } from "#shared/lib/time.ts";
import type { Store } from "#main/store/index.ts";
import { openTemporaryStore } from "./temporary-store.ts";

/** A connection of the lab, and how its session is opened; the session's own failures are up to it. */
export type LabConnection = SlackLabConnection | TelegramLabConnection;

export interface SlackLabConnection {
  readonly connection: Connection;
  open(): Result<SlackSession, Failure>;
}

export interface TelegramLabConnection {
  readonly connection: Connection;
  openTelegram(): Result<TelegramSession, Failure>;
}

/** Coverage with everything real but the platform, the clock and the other ground features. */
export interface CoverageLab {
  readonly store: Store;
  readonly jobs: JobRunner;
  readonly coverage: Coverage;
  /** Connections that were shown as signed out, with the code of the reason. */
  readonly signedOut: [ConnectionId, string][];
  /** What audits told of reaching connections, in order: `unreachable` with the code of the reason, or `ready`. */
  readonly reached: string[];
  readonly announced: string[];
  /** The reports that would have been written into files. */
  readonly written: RunReport[];
  /** Ends the runner in good order; the store stays open for another lab on it. */
  stop(): Promise<void>;
}

export function labConnection(
  workspaceId: string,
  userId: string,
  change: Partial<Connection> = {},
): Connection {
  return {
    id: ConnectionId.parse(`slack:${workspaceId}:${userId}`),
    platform: "slack",
    workspaceId,
    label: `Workspace ${workspaceId}`,
    userId,
    userName: "operator",
    apiUrl: "http://127.0.0.1/api/",
    isProduction: false,
    isSandbox: true,
    state: "ready",
    failure: null,
    scopes: [],
    addedAtMs: 1,
    checkedAtMs: null,
    ...change,
  };
}

export async function openCoverageLab(options: {
  readonly connections: readonly LabConnection[];
  readonly teamAndRules: () => TeamAndRules;
  readonly store?: Store;
  readonly clock?: Clock;
  readonly log?: Log;
}): Promise<CoverageLab> {
  const { clock = systemClock, log = silentLog } = options;
  const store = options.store ?? (await openTemporaryStore({ clock }));
  const announced: string[] = [];
  const announce = (topic: string) => void announced.push(topic);
  const signedOut: [ConnectionId, string][] = [];
  const reached: string[] = [];
  const written: RunReport[] = [];
  const states = new Map<ConnectionId, Connection["state"]>();
  const jobs = createJobRunner({ store, clock, log, announce, random: () => 0 });
  const coverage = createCoverage({
    store,
    clock,
    log,
    jobs,
    announce,
    activity: createActivity({ store, clock, actor: "tester", announce }),
    team: { get: () => Promise.resolve(options.teamAndRules()) },
    connections: {
      listAuditable: () =>
        Promise.resolve(
          options.connections.map(({ connection }) => ({
            ...connection,
            state: states.get(connection.id) ?? connection.state,
          })),
        ),
      openSession: (id) => {
        const found = options.connections.find(({ connection }) => connection.id === id);
        const isSlack = found !== undefined && "open" in found;
        return Promise.resolve(isSlack ? found.open() : err(failure("input/not-found")));
      },
      openTelegramSession: (id) => {
        const found = options.connections.find(({ connection }) => connection.id === id);
        const isTelegram = found !== undefined && "openTelegram" in found;
        return Promise.resolve(isTelegram ? found.openTelegram() : err(failure("input/not-found")));
      },
      markSignedOut: (id, { code }) => {
        signedOut.push([id, code]);
        return Promise.resolve();
      },
      markUnreachable: (id, { code }) => {
        reached.push(`${id} unreachable ${code}`);
        states.set(id, "unreachable");
        return Promise.resolve();
      },
      markLacking: (id, { code, facts }) => {
        if (code === "slack/missing-scope") reached.push(`${id} lacking ${String(facts["needed"])}`);
        return Promise.resolve();
      },
      markReady: (id) => {
        reached.push(`${id} ready`);
        states.set(id, "ready");
        return Promise.resolve();
      },
    },
    reports: {
      write: ({ path, report }) => {
        written.push(report);
        return Promise.resolve(ok({ path, bytes: 0 }));
      },
    },
  });
  await jobs.start();
  return { store, jobs, coverage, signedOut, reached, announced, written, stop: () => jobs.stop() };
}
