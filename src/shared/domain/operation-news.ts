import { z } from "zod";
import { Failure } from "./failure.ts";
import { EpochMs } from "./ids.ts";
import { OperationId, OperationKind, StepCounts } from "./operation.ts";

/** One time that an operation ended or stopped: its id and when, since it may stop and end more than once. */
export const OperationEventId = z
  .string()
  .max(220)
  .regex(/^.+@\d+$/)
  .brand<"OperationEventId">();
export type OperationEventId = z.infer<typeof OperationEventId>;

export function operationEventIdOf(operationId: OperationId, atMs: number): OperationEventId {
  return OperationEventId.parse(`${operationId}@${atMs}`);
}

/** The operation that an event is of; null for what is no such event. */
export function operationOfEvent(id: string): OperationId | null {
  return OperationEventId.safeParse(id).success ? OperationId.parse(id.slice(0, id.lastIndexOf("@"))) : null;
}

/** What is worth telling of an operation: the content of one message. */
export const OperationNews = z.object({
  operationId: OperationId,
  atMs: EpochMs,
  /** `planned` waits for the operator to look at what a schedule planned, `paused` for the operator to act. */
  state: z.enum(["done", "partial", "failed", "paused", "planned"]),
  kind: OperationKind,
  title: z.string(),
  counts: StepCounts,
  failure: Failure.nullable(),
});
export type OperationNews = z.infer<typeof OperationNews>;
