import { z } from "zod";
import { FactsChoice, StrategyChoice } from "#shared/domain/coverage.ts";
import { ConnectionId, RunId } from "#shared/domain/ids.ts";

/** What a coverage audit's job is told; everything else is in the run's rows. */
export const AuditPayload = z.object({
  runId: RunId,
  strategy: StrategyChoice,
  facts: FactsChoice.default("needed"),
  /** In the order in which connections to one workspace are read. */
  connectionIds: z.array(ConnectionId),
});
export type AuditPayload = z.infer<typeof AuditPayload>;
