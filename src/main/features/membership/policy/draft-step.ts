import type { Failure } from "#shared/domain/failure.ts";
import type { TelegramGroupKind } from "#shared/domain/group.ts";
import type { ConnectionId, GroupKey, PersonId, Platform } from "#shared/domain/ids.ts";
import type { StepAction } from "#shared/domain/operation.ts";

/**
 * One step as a plan drafts it. Its place in the list is its ordinal; it is chosen when it is `planned`. What the run
 * writes (times, the token of a message) is not known yet.
 */
export interface DraftStep {
  readonly action: StepAction;
  /** Steps of a later stage of the same connection begin when all of the earlier ones have ended. */
  readonly stage: number;
  /**
   * Steps of one stage with one batch go to the platform together. More than one only for `add` on Slack: the people of
   * one channel. Unique within operation and connection, whatever the stage.
   */
  readonly batch: string;
  readonly connectionId: ConnectionId;
  readonly platform: Platform;
  /** Null for a group that is still to be created, and for a message to a person. */
  readonly groupKey: GroupKey | null;
  /** The platform's own id, null where `groupKey` is. */
  readonly groupId: string | null;
  readonly groupName: string;
  /** Of Telegram's groups only; a created one is a supergroup. */
  readonly groupKind: TelegramGroupKind | null;
  /** The same text on every step of one group still to be created, beginning with its `create`; null for groups there are. */
  readonly newGroup: string | null;
  readonly personId: PersonId | null;
  readonly personName: string | null;
  /** The platform's own id of the person; set on every `add`, `remove` and message to a person that is `planned`. */
  readonly userId: string | null;
  /** The name now (rename). */
  readonly before: string | null;
  /**
   * The name to be (rename, create), the text (describe, welcome, send). A private Slack channel to be created says so by
   * `before: "private"`, a group whose history new members shall not see has no step for it.
   */
  readonly after: string | null;
  /** `refused` and `already-so` are kept to be shown; only `planned` can be run. */
  readonly state: "planned" | "already-so" | "refused";
  readonly evidence: "stored" | "live";
  /** Why it is refused. */
  readonly failure: Failure | null;
}
