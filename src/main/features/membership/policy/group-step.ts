import type { Failure } from "#shared/domain/failure.ts";
import type { DraftStep } from "./draft-step.ts";
import { type GroupView, NO_CONNECTION, type PlanGroup } from "./plan-facts.ts";

/** What every step about a group there is says of it; without a view it is a step that nobody can take. */
export function aboutGroup(
  group: PlanGroup,
  view: GroupView | undefined,
): Pick<
  DraftStep,
  | "connectionId"
  | "platform"
  | "groupKey"
  | "groupId"
  | "groupName"
  | "groupKind"
  | "newGroup"
  | "evidence"
  | "personId"
  | "personName"
  | "userId"
  | "before"
  | "after"
> {
  return {
    connectionId: view?.connectionId ?? NO_CONNECTION,
    platform: group.platform,
    groupKey: group.key,
    groupId: group.groupId,
    groupName: group.name,
    groupKind: group.kind,
    newGroup: null,
    // That a group is gone was seen just now; that nobody can be asked was not.
    evidence: view?.evidence ?? (group.obstacle?.code === "membership/no-connection" ? "stored" : "live"),
    personId: null,
    personName: null,
    userId: null,
    before: null,
    after: null,
  };
}

/** How a step stands that is refused for this reason, or is to be taken when there is none. */
export function stateOf(refusal: Failure | null): Pick<DraftStep, "state" | "failure"> {
  return refusal === null ? { state: "planned", failure: null } : { state: "refused", failure: refusal };
}
