import type { Activity } from "#main/features/activity/index.ts";
import type { Connections } from "#main/features/connections/index.ts";
import type { Coverage } from "#main/features/coverage/index.ts";
import type { Diagnostics } from "#main/features/diagnostics/index.ts";
import type { Insights } from "#main/features/insights/index.ts";
import type { Membership } from "#main/features/membership/index.ts";
import type { SettingsFeature } from "#main/features/settings/index.ts";
import type { Team } from "#main/features/team/index.ts";
import type { AppInfo, ChangeTopic, Notice } from "#shared/contract/app.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { JobId } from "#shared/domain/ids.ts";
import type { Job } from "#shared/domain/job.ts";
import type { Feed } from "#shared/lib/feed.ts";
import type { Result } from "#shared/lib/result.ts";

/** The jobs of this profile, as the contract shows them. */
export interface JobsDoor {
  list(): Promise<Job[]>;
  resume(jobId: JobId): Promise<boolean>;
  discard(jobId: JobId): Promise<boolean>;
}

/** What the desktop does for the page: everything that needs the operator's screen. */
export interface Desktop {
  /** Null when the operator chose nothing. */
  chooseImport(): Promise<Result<{ fileName: string; text: string } | null, Failure>>;
  chooseSavePath(suggestedName: string, format: "json" | "xlsx" | "csv" | "log"): Promise<string | null>;
  /** A folder to write into; null when the operator chose none. */
  chooseFolder(): Promise<string | null>;
  /** Remembers what was written, so that the page may later ask to see it. */
  noteSaved(path: string): void;
  writeTextFile(path: string, text: string): Promise<Result<void, Failure>>;
  /** False when the path is not one that Muster wrote. */
  revealFile(path: string): Promise<boolean>;
  /** Hands the address of a group to the system; any other is a defect. False when it has no program for it. */
  openAddress(address: string): Promise<boolean>;
  /** Opens the simulated world; in a profile with real data that is another window with a profile of its own. */
  openSandbox: Connections["openSandbox"];
}

/** Everything the contract is answered from. */
export interface Doors {
  readonly info: AppInfo;
  readonly activity: Activity;
  readonly connections: Connections;
  readonly coverage: Coverage;
  readonly desktop: Desktop;
  readonly diagnostics: Diagnostics;
  readonly insights: Insights;
  readonly jobs: JobsDoor;
  readonly membership: Membership;
  readonly settings: SettingsFeature;
  readonly team: Team;
  readonly changes: Feed<ChangeTopic>;
  readonly notices: { list(): Notice[]; dismiss(id: string): void };
}
