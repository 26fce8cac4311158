import type { GroupAbilities } from "#shared/domain/group.ts";
import type { StepAction } from "#shared/domain/operation.ts";
import type { GroupView, PlanGroup, Right } from "./plan-facts.ts";

const UNKNOWN: GroupAbilities = { rename: null, add: null, remove: null };
const NOTHING: GroupAbilities = { rename: false, add: false, remove: false };

/** Slack tells a member of a channel nothing about what they may change, and takes no change from anybody else. */
export function abilitiesOnSlack(right: Right): GroupAbilities {
  return right === "none" ? NOTHING : UNKNOWN;
}

/**
 * What an earlier answer about a Telegram group lets us say: only the rank was stored, and what the group leaves open to
 * every member was not. Owners may everything, and who was an admin for the name may change it.
 */
export function abilitiesAsStored(right: Right): GroupAbilities {
  switch (right) {
    case "owner":
      return { rename: true, add: true, remove: true };
    case "rename":
      return { ...UNKNOWN, rename: true };
    case "none":
      return NOTHING;
    default:
      return UNKNOWN;
  }
}

/**
 * Whether an account of ours may do it in a group that it sees so; null where only the platform can tell. Only what is
 * certain: basic groups on Telegram have no setting for their history.
 */
export function mayDo(
  action: StepAction,
  group: Pick<PlanGroup, "platform" | "kind">,
  { right, may }: Pick<GroupView, "right" | "may">,
): boolean | null {
  if (right === "none") return false;
  switch (action) {
    case "add":
      return may.add;
    case "remove":
      return may.remove;
    case "rename":
      return may.rename;
    case "show-history":
    case "hide-history":
      return group.kind === "basic" ? false : may.rename;
    default:
      return null;
  }
}

/** The view to act by: the first that may do it, else the first of which that is not known, else the first. */
export function viewFor(
  action: StepAction,
  group: Pick<PlanGroup, "platform" | "kind" | "views">,
): GroupView | undefined {
  const { views } = group;
  return (
    views.find((view) => mayDo(action, group, view) === true) ??
    views.find((view) => mayDo(action, group, view) === null) ??
    views[0]
  );
}
