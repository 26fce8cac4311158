import { createActivity } from "#main/features/activity/index.ts";
import { createCoverage, type Coverage } from "#main/features/coverage/index.ts";
import {
  createInsights,
  type Insights,
  type InsightsDeps,
  type SystemNotification,
} from "#main/features/insights/index.ts";
import { createJobRunner, type JobRunner } from "#main/jobs/index.ts";
import { createMemoryKeychain, type Keychain } from "#main/platforms/keychain/index.ts";
import { sendMail } from "#main/platforms/mail/index.ts";
import type { SlackSession } from "#main/platforms/slack/index.ts";
import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import type { Store } from "#main/store/index.ts";
import type { ChangeTopic } from "#shared/contract/app.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { Connection } from "#shared/domain/connection.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import { createFeed } from "#shared/lib/feed.ts";
import { silentLog } from "#shared/lib/log.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { Clock } from "#shared/lib/time.ts";
import { openTemporaryStore } from "./temporary-store.ts";

/** A connection, and what opening it gives. */
export interface InsightsConnection {
  readonly connection: Connection;
  openSlack?(): Result<SlackSession, Failure>;
  openTelegram?(): Result<TelegramSession, Failure>;
}

const NO_OPERATIONS: InsightsDeps["operations"] = {
  listOperationEvents: () => Promise.resolve([]),
  findOperationNews: () => Promise.resolve(null),
};

/** Insights over real coverage, jobs and store; only platforms, clock, keychain and screen are not the product's. */
export interface InsightsLab {
  readonly store: Store;
  readonly jobs: JobRunner;
  readonly coverage: Coverage;
  readonly insights: Insights;
  readonly keychain: Keychain;
  readonly notifications: SystemNotification[];
  /** What the platforms said to refused messages, which shows a permission that a connection lacks. */
  readonly lacking: readonly string[];
  readonly announce: (topic: ChangeTopic) => void;
  stop(): Promise<void>;
}

export async function openInsightsLab(options: {
  readonly connections: readonly InsightsConnection[];
  readonly teamAndRules: () => TeamAndRules;
  readonly clock: Clock;
  readonly store?: Store;
  /** What operations have to tell; left out, nothing. */
  readonly operations?: InsightsDeps["operations"];
  /** Null for a process without a screen. */
  readonly notify?: ((notification: SystemNotification) => boolean) | null;
}): Promise<InsightsLab> {
  const { clock } = options;
  const log = silentLog;
  const store = options.store ?? (await openTemporaryStore({ clock }));
  const changes = createFeed<ChangeTopic>();
  const announce = changes.publish;
  const jobs = createJobRunner({ store, clock, log, announce, random: () => 0 });
  const activity = createActivity({ store, clock, actor: "tester", announce });
  const keychain = createMemoryKeychain();
  const notifications: SystemNotification[] = [];
  const lacking: string[] = [];
  const find = (id: ConnectionId) => options.connections.find(({ connection }) => connection.id === id);
  const notFound = () => err(failure("input/not-found"));
  const connections = {
    listAuditable: () => Promise.resolve(options.connections.map(({ connection }) => connection)),
    openSession: (id: ConnectionId) => Promise.resolve(find(id)?.openSlack?.() ?? notFound()),
    openTelegramSession: (id: ConnectionId) => Promise.resolve(find(id)?.openTelegram?.() ?? notFound()),
    markSignedOut: () => Promise.resolve(),
    markUnreachable: () => Promise.resolve(),
    markLacking: (id: ConnectionId, { code }: Failure) => {
      lacking.push(`${id} ${code}`);
      return Promise.resolve();
    },
    markReady: () => Promise.resolve(),
  };
  const team = { get: () => Promise.resolve(options.teamAndRules()) };
  const reports = { write: ({ path }: { path: string }) => Promise.resolve(ok({ path, bytes: 0 })) };
  const coverage = createCoverage({
    store,
    clock,
    log,
    jobs,
    announce,
    activity,
    team,
    connections,
    reports,
  });
  const insights = createInsights({
    store,
    clock,
    log,
    jobs,
    activity,
    coverage,
    operations: options.operations ?? NO_OPERATIONS,
    connections,
    team,
    keychain,
    sendMail,
    announce,
    watchChanges: changes.watch,
    notify:
      options.notify === undefined
        ? (notification) => {
            notifications.push(notification);
            return true;
          }
        : options.notify,
  });
  await insights.start();
  await jobs.start();
  return {
    store,
    jobs,
    coverage,
    insights,
    keychain,
    notifications,
    lacking,
    announce,
    async stop() {
      await insights.stop();
      await jobs.stop();
    },
  };
}
