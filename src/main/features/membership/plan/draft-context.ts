import type { TeamMember } from "#shared/domain/team.ts";
import type { PlanGroup } from "../policy/plan-facts.ts";
import type { PlanScope } from "./plan-scope.ts";
import type { PlanWorld } from "./plan-world.ts";

/** What a plan is drafted from. */
export interface DraftContext {
  readonly scope: PlanScope;
  readonly world: PlanWorld;
  readonly team: readonly TeamMember[];
  readonly suggestName: (group: Pick<PlanGroup, "platform" | "name">) => string | null;
  readonly signal: AbortSignal;
}
