import type { Activity } from "#main/features/activity/index.ts";
import type { Connections } from "#main/features/connections/index.ts";
import type { Coverage } from "#main/features/coverage/index.ts";
import type { JobRunner } from "#main/jobs/index.ts";
import type { Keychain } from "#main/platforms/keychain/index.ts";
import type { MailAccount, MailFailure, MailMessage } from "#main/platforms/mail/index.ts";
import type { Store } from "#main/store/store.ts";
import type { ChangeTopic } from "#shared/contract/app.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { RunId } from "#shared/domain/ids.ts";
import type { OperationEventId, OperationNews } from "#shared/domain/operation-news.ts";
import type { OperationId } from "#shared/domain/operation.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Result } from "#shared/lib/result.ts";
import type { Clock, EpochMs } from "#shared/lib/time.ts";

/** A message in the corner of the operator's screen; a click on it opens the run or the operation. */
export interface SystemNotification {
  readonly title: string;
  readonly body: string;
  /** Null for a test, and for what is about an operation. */
  readonly runId: RunId | null;
  readonly operationId?: OperationId;
}

/** What insights is made of. */
export interface InsightsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly jobs: JobRunner;
  readonly activity: Pick<Activity, "record">;
  readonly coverage: Pick<
    Coverage,
    "start" | "listRuns" | "matrix" | "compareRuns" | "findUnfinishedRun" | "compileNameJudgement"
  >;
  readonly connections: Pick<
    Connections,
    "listAuditable" | "openSession" | "openTelegramSession" | "markLacking"
  >;
  /** What operations have to tell. Membership stands on the same storey, so it comes by composition, as the log does. */
  readonly operations: {
    listOperationEvents(sinceMs: EpochMs): Promise<OperationEventId[]>;
    findOperationNews(id: OperationEventId): Promise<OperationNews | null>;
  };
  readonly team: { get(): Promise<TeamAndRules> };
  readonly keychain: Keychain;
  readonly sendMail: (account: MailAccount, message: MailMessage) => Promise<Result<void, MailFailure>>;
  /** False when this system shows none; null in a process without a screen, whose notifications wait for one with. */
  readonly notify: ((notification: SystemNotification) => boolean) | null;
  readonly announce: (topic: ChangeTopic) => void;
  /** Hears what changed anywhere; returns the way to stop. */
  readonly watchChanges: (listener: (topic: ChangeTopic) => void) => () => void;
}
