import type { OperationStepRow } from "#main/store/queries/operation-steps.ts";
import type { Failure } from "#shared/domain/failure.ts";
import type { TelegramGroupKind } from "#shared/domain/group.ts";
import type { GroupKey } from "#shared/domain/ids.ts";
import type { Result } from "#shared/lib/result.ts";

/** A group that a step has made. */
export interface MadeGroup {
  readonly groupKey: GroupKey;
  readonly groupId: string;
  readonly groupKind: TelegramGroupKind | null;
}

/**
 * How a step's target is now: as the step wants it (with the group, where it was to be made; `since` before, when it
 * is known that it was not we), as it was, `changed` to
 * something neither (by name), or `unknown`, and why.
 */
export type Reading =
  | { readonly is: "so"; readonly made?: MadeGroup; readonly since?: "before" }
  | { readonly is: "not-so" }
  | { readonly is: "changed"; readonly now: string }
  | { readonly is: "unknown"; readonly failure: Failure };

/** What became of a step that was acted on. */
export type StepOutcome =
  | {
      readonly state: "done";
      readonly made?: MadeGroup;
      /** The platform keeps it a little differently from what was asked for. */
      readonly after?: string;
      /** It was done but for a last part. */
      readonly failure?: Failure;
    }
  | { readonly state: "already-so" }
  | { readonly state: "refused"; readonly failure: Failure };

/** By ordinal. */
export type ByStep<Value> = ReadonlyMap<number, Value>;

/** The one who changes things on one connection, in the words of steps. */
export interface Actor {
  /** How many batches may be under way together. */
  readonly batchesAtOnce: number;
  /**
   * What has to be kept with the intent so that the step can be recognised later: a message's random id, the groups that
   * had a new one's name before. Null where nothing has to.
   */
  prepare(step: OperationStepRow, signal: AbortSignal): Promise<Result<string | null, Failure>>;
  /** A reading for every step; they are of one group, or of one person. */
  read(steps: readonly OperationStepRow[], signal: AbortSignal): Promise<ByStep<Reading>>;
  /**
   * Clears away what a change may have left that was cut off though it had its effect; null when nothing is left, or it
   * goes by itself.
   */
  clearUp(steps: readonly OperationStepRow[], signal: AbortSignal): Promise<Failure | null>;
  /**
   * Does the steps of one batch: an outcome for each, or the failure that met them all. Rejects with `NotSent` when it was
   * told to stop, or what a step was to change had changed, before anything was sent.
   */
  act(steps: readonly OperationStepRow[], signal: AbortSignal): Promise<Result<ByStep<StepOutcome>, Failure>>;
}
