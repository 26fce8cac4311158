import type { TableWriter } from "#main/documents/index.ts";
import type { Activity } from "#main/features/activity/index.ts";
import type { Connections } from "#main/features/connections/index.ts";
import type { Coverage } from "#main/features/coverage/index.ts";
import type { JobRunner } from "#main/jobs/job-runner.ts";
import type { Keychain } from "#main/platforms/keychain/index.ts";
import type { Store } from "#main/store/store.ts";
import type { ChangeTopic } from "#shared/contract/app.ts";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { Log } from "#shared/lib/log.ts";
import type { Clock } from "#shared/lib/time.ts";

/** What keeping and running operations is made of. */
export interface EngineDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly jobs: JobRunner;
  readonly activity: Pick<Activity, "record">;
  readonly connections: Pick<
    Connections,
    | "listAuditable"
    | "openSession"
    | "openTelegramSession"
    | "markSignedOut"
    | "markUnreachable"
    | "markLacking"
    | "markReady"
  >;
  readonly announce: (topic: ChangeTopic) => void;
  /** Writes the files about operations. */
  readonly tables: Pick<TableWriter, "writeText" | "writeWorkbook">;
  /** Where they go by themselves, whether or not it is there yet. */
  readonly operationsFolder: string;
  /** The laptop's time zone as it is now, by its IANA name. */
  readonly timeZone: () => string;
  /** Who works with this Muster: the operating-system user. */
  readonly operator: string;
}

/** What membership is made of. */
export interface MembershipDeps extends EngineDeps {
  readonly coverage: Pick<Coverage, "matrix" | "compileNameSuggestion">;
  readonly team: { get(): Promise<TeamAndRules> };
  /** Where the operator's signing key is. */
  readonly keychain: Keychain;
}
