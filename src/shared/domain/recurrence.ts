import { z } from "zod";
import { Failure } from "./failure.ts";
import { EpochMs } from "./ids.ts";
import { OperationId, OperationRequest, OperationState } from "./operation.ts";
import { ScheduleRule, TurnOutcome } from "./schedule.ts";

export const RecurrenceId = z.string().min(1).max(200).brand<"RecurrenceId">();
export type RecurrenceId = z.infer<typeof RecurrenceId>;

/** One time that a recurring operation came due. */
export const RecurrenceTurn = z.object({
  /** When it should have begun; the last of them when several were missed. */
  dueAtMs: EpochMs,
  atMs: EpochMs,
  /** Times before `dueAtMs` that passed without a plan, because the computer slept or Muster was closed. */
  missed: z.number().int().nonnegative(),
  /** It began more than a minute after `dueAtMs`. */
  isLate: z.boolean(),
  /** `skipped` found the operation of an earlier turn at work; `failed` could plan none. */
  outcome: TurnOutcome,
  /** The operation that it planned, or the one that it left alone. */
  operationId: OperationId.nullable(),
  /** Null without an operation, and when its plan was discarded. */
  operationState: OperationState.nullable(),
  /** Why nothing could be planned, or what stopped the operation. */
  failure: Failure.nullable(),
});
export type RecurrenceTurn = z.infer<typeof RecurrenceTurn>;

/** An operation that is planned again and again. */
export const Recurrence = ScheduleRule.extend({
  id: RecurrenceId,
  name: z.string().trim().min(1).max(200),
  request: OperationRequest,
  /** Runs without being looked at, where that is allowed. Otherwise its plan waits for the operator. */
  isConfirmed: z.boolean(),
  /** Null while it is off, and for a rule that never comes due. */
  nextAtMs: EpochMs.nullable(),
  /** The last 20, newest first. */
  turns: z.array(RecurrenceTurn),
});
export type Recurrence = z.infer<typeof Recurrence>;

/** What the operator says about one. */
export const RecurrenceDraft = Recurrence.omit({ id: true, nextAtMs: true, turns: true });
export type RecurrenceDraft = z.infer<typeof RecurrenceDraft>;

/** What an operation was planned from, and a name for planning it again and again that stays true and is free. */
export const RepeatableRequest = z.object({ request: OperationRequest, name: Recurrence.shape.name });
export type RepeatableRequest = z.infer<typeof RepeatableRequest>;

/** Whether an operation can be planned again and again: not what belongs to one operation that was. */
export function mayRepeat({ kind }: OperationRequest): boolean {
  return kind !== "undo" && kind !== "rest";
}

/**
 * Whether it may run without anybody having looked at its plan: only what is easily taken back and shows nothing to a
 * customer that was not meant for them. Never removals, new groups, messages, nor renames by a pattern.
 */
export function mayRunUnseen(request: OperationRequest): boolean {
  switch (request.kind) {
    case "add":
    case "history":
      return true;
    case "rename":
      return request.rule.by === "deprecated";
    default:
      return false;
  }
}
