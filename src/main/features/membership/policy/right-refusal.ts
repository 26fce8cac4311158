import { failure, type Failure } from "#shared/domain/failure.ts";
import type { StepAction } from "#shared/domain/operation.ts";
import type { PlanGroup, Right } from "./plan-facts.ts";

/**
 * Why an account with this right cannot do it in this group; null when it may be able to. Only what is certain
 * beforehand: Slack does not tell who may rename or remove, and in many Telegram groups every member may add others, so
 * the platform has the last word there.
 *
 * Telegram: removing takes an admin, renaming and the history setting one who may change the group's information
 * (core.telegram.org/api/rights, checked 2026-11). Slack: every change takes membership of the channel (the error
 * `not_in_channel` of conversations.invite, .kick and .rename, checked 2026-11), and nobody, guests neither, is taken out
 * of the general one (`cant_kick_from_general` of conversations.kick; slack.com/help/articles/201898668, checked 2026-11).
 */
export function rightRefusal(
  action: StepAction,
  group: Pick<PlanGroup, "platform" | "kind" | "name" | "isGeneral">,
  right: Right,
  whoCould: readonly string[] = [],
): Failure | null {
  if (action === "remove" && group.isGeneral) return failure("slack/general-channel", { group: group.name });
  if (group.platform === "slack")
    return right === "none" ? failure("slack/not-in-channel", { group: group.name }) : null;
  if (right === "none") return failure("telegram/group-not-found", { group: group.name });
  switch (action) {
    case "remove":
      return right === "member" ? adminNeeded(group.name, right, whoCould) : null;
    case "show-history":
    case "hide-history":
      if (group.kind === "basic")
        return failure("telegram/refused", { group: group.name }, "A basic group has no such setting.");
      return mayChangeInfo(right) ? null : adminNeeded(group.name, right, whoCould);
    case "rename":
      return mayChangeInfo(right) ? null : adminNeeded(group.name, right, whoCould);
    default:
      return null;
  }
}

function mayChangeInfo(right: Right): boolean {
  return right === "owner" || right === "rename";
}

function adminNeeded(group: string, right: Right, whoCould: readonly string[]): Failure {
  return failure(
    "telegram/admin-needed",
    { group, right, ...(whoCould.length > 0 ? { whoCould: [...whoCould] } : {}) },
    whoCould.length > 0 ? `These can: ${whoCould.join(", ")}.` : undefined,
  );
}
