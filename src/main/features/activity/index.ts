import type { Writer } from "#main/store/store.ts";
import type { ActivityOutcome, ActivityVerification } from "#shared/domain/activity.ts";
import type { ActivityEntry } from "#shared/domain/activity.ts";
import type { Page, PageRequest } from "#shared/domain/page.ts";

/** What a feature says about one privileged action. */
export interface ActivityNote {
  readonly action: string;
  readonly target?: string | null;
  readonly why?: string | null;
  readonly outcome: ActivityOutcome;
  readonly details?: Record<string, unknown>;
  /** Who, when it was not the operator: `schedule`, `job-runner`. */
  readonly actor?: string;
}

/** The activity log: append-only, hash-chained. */
export interface Activity {
  /** Appends inside the caller's transaction, so that an action and its line are kept or lost together. */
  record(writer: Writer, note: ActivityNote): Promise<void>;
  /** Newest first; `search` looks in actor, action, target and why. */
  list(request: PageRequest & { search: string }): Promise<Page<ActivityEntry>>;
  /** Reads the whole chain. */
  verify(): Promise<ActivityVerification>;
}
