import type { SlackSession } from "#main/platforms/slack/slack-session.ts";
import type { Store, Writer } from "#main/store/store.ts";
import type { ChangeTopic } from "#shared/contract/app.ts";
import type { ActivityOutcome } from "#shared/domain/activity.ts";
import type { Connection } from "#shared/domain/connection.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { ConnectionId } from "#shared/domain/ids.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Result } from "#shared/lib/result.ts";
import type { Clock } from "#shared/lib/time.ts";

/** What the team needs of others. Features of the ground do not import each other, so their doors are named here. */
export interface TeamDeps {
  readonly store: Store;
  readonly clock: Pick<Clock, "nowMs">;
  readonly log: Log;
  readonly announce: (topic: ChangeTopic) => void;
  readonly activity: {
    record(
      writer: Writer,
      note: {
        readonly action: string;
        readonly target?: string | null;
        readonly why?: string | null;
        readonly outcome: ActivityOutcome;
        readonly details?: Record<string, unknown>;
      },
    ): Promise<void>;
  };
  readonly connections: {
    list(): Promise<readonly Connection[]>;
    openSession(connectionId: ConnectionId): Promise<Result<SlackSession, Failure>>;
  };
}
