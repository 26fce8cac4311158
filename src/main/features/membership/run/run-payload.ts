import { z } from "zod";
import { OperationId } from "#shared/domain/operation.ts";

/** What an operation's job is told; everything else is in the operation's rows. */
export const RunPayload = z.object({ operationId: OperationId });
export type RunPayload = z.infer<typeof RunPayload>;
