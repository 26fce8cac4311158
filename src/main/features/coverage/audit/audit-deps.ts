import type { Activity } from "#main/features/activity/index.ts";
import type { JobRunner } from "#main/jobs/job-runner.ts";
import type { SlackSession } from "#main/platforms/slack/slack-session.ts";
import type { TelegramSession } from "#main/platforms/telegram/telegram-session.ts";
import type { Store } from "#main/store/store.ts";
import type { ChangeTopic } from "#shared/contract/app.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Result } from "#shared/lib/result.ts";
import type { Clock } from "#shared/lib/time.ts";

import type { ReportWriter } from "../report/report-writer.ts";

/** What coverage needs of the connections feature. */
export interface AuditedConnections {
  /** Every connection that a coverage audit can read, signed out or not. */
  listAuditable(): Promise<readonly Connection[]>;
  openSession(connectionId: ConnectionId): Promise<Result<SlackSession, Failure>>;
  /** Shared by all who use the account, and closed by nobody but the connections feature. */
  openTelegramSession(connectionId: ConnectionId): Promise<Result<TelegramSession, Failure>>;
  /** Shows the connection as signed out, with the reason. */
  markSignedOut(connectionId: ConnectionId, failure: Failure): Promise<void>;
  /** Shows the connection as out of reach for now, with the reason. */
  markUnreachable(connectionId: ConnectionId, failure: Failure): Promise<void>;
  /** Shows what the connection lacks, where the failure is a missing permission. */
  markLacking(connectionId: ConnectionId, failure: Failure): Promise<void>;
  /** Shows the connection as working again. */
  markReady(connectionId: ConnectionId): Promise<void>;
}

/** What coverage is made of. */
export interface CoverageDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly jobs: JobRunner;
  readonly activity: Pick<Activity, "record">;
  readonly connections: AuditedConnections;
  readonly team: { get(): Promise<TeamAndRules> };
  readonly announce: (topic: ChangeTopic) => void;
  readonly reports: Pick<ReportWriter, "write">;
}
