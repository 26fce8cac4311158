import { failure, type Failure } from "#shared/domain/failure.ts";
import type { StepAction } from "#shared/domain/operation.ts";
import { mayDo } from "./ability.ts";
import type { GroupView, PlanGroup } from "./plan-facts.ts";

/**
 * Why an account that sees the group so cannot do it there; null when it may be able to. Only what is certain beforehand
 * (`mayDo`): Slack does not tell who may rename or remove, so the platform has the last word there.
 *
 * Slack: every change takes membership of the channel (the error
 * `not_in_channel` of conversations.invite, .kick and .rename, checked 2026-11), and nobody, guests neither, is taken out
 * of the general one (`cant_kick_from_general` of conversations.kick; slack.com/help/articles/201898668, checked 2026-11).
 */
export function rightRefusal(
  action: StepAction,
  group: Pick<PlanGroup, "platform" | "kind" | "name" | "isGeneral">,
  view: Pick<GroupView, "right" | "may">,
  whoCould: readonly string[] = [],
): Failure | null {
  if (action === "remove" && group.isGeneral) return failure("slack/general-channel", { group: group.name });
  if (group.platform === "slack")
    return view.right === "none" ? failure("slack/not-in-channel", { group: group.name }) : null;
  if (view.right === "none") return failure("telegram/group-not-found", { group: group.name });
  if (group.kind === "basic" && (action === "show-history" || action === "hide-history"))
    return failure("telegram/basic-group", { group: group.name });
  return mayDo(action, group, view) === false ? adminNeeded(group.name, view.right, whoCould) : null;
}

function adminNeeded(group: string, right: GroupView["right"], whoCould: readonly string[]): Failure {
  return failure(
    "telegram/admin-needed",
    { group, right, ...(whoCould.length > 0 ? { whoCould: [...whoCould] } : {}) },
    whoCould.length > 0 ? `These can: ${whoCould.join(", ")}.` : undefined,
  );
}
