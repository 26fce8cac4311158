import { viewFor } from "./ability.ts";
import type { DraftStep } from "./draft-step.ts";
import { aboutGroup, stateOf } from "./group-step.ts";
import { obstacleOf } from "./membership-steps.ts";
import type { Evidence, PlanFacts, PlanGroup } from "./plan-facts.ts";
import { rightRefusal } from "./right-refusal.ts";

/** What is known of a group's setting. */
export interface KnownHistory {
  /** Null where nobody was asked. */
  readonly isVisible: boolean | null;
  readonly evidence: Evidence;
}

/**
 * What it takes to have new members of a Telegram group see its history, or not. Only Telegram has such a setting, and
 * only for groups that are not basic.
 */
export function draftHistory(
  group: PlanGroup,
  visible: boolean,
  known: KnownHistory,
  facts: Pick<PlanFacts, "whoCould">,
): DraftStep {
  const action = visible ? "show-history" : "hide-history";
  const view = viewFor(action, group);
  const base = {
    ...aboutGroup(group, view),
    action,
    stage: 0,
    batch: `${action} ${group.key}`,
  } as const;
  if (group.obstacle !== null || view === undefined) return { ...base, ...stateOf(obstacleOf(group)) };
  const evidence = known.isVisible === null ? view.evidence : known.evidence;
  if (known.isVisible === visible && group.kind !== "basic")
    return { ...base, evidence, state: "already-so", failure: null };
  return {
    ...base,
    evidence,
    ...stateOf(rightRefusal(action, group, view, facts.whoCould(group.key))),
  };
}
