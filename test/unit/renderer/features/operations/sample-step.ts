import { ConnectionId, GroupKey } from "#shared/domain/ids.ts";
import type { OperationStep } from "#shared/domain/operation.ts";

/** A planned addition with only what a test is about. */
export function sampleStep(ordinal: number, given: Partial<OperationStep> = {}): OperationStep {
  return {
    ordinal,
    action: "add",
    connectionId: ConnectionId.parse("slack:T:U"),
    platform: "slack",
    groupKey: GroupKey.parse(`slack:T:C${ordinal}`),
    groupName: `group-${ordinal}`,
    groupKind: null,
    personId: null,
    personName: null,
    before: null,
    after: null,
    state: "planned",
    isChosen: true,
    evidence: "live",
    failure: null,
    actedAtMs: null,
    verifiedAtMs: null,
    ...given,
  };
}
