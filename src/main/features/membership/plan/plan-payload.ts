import { z } from "zod";
import { OperationId } from "#shared/domain/operation.ts";

/** What a plan's job is told; everything else is in the operation's row. */
export const PlanPayload = z.object({ operationId: OperationId });
export type PlanPayload = z.infer<typeof PlanPayload>;
