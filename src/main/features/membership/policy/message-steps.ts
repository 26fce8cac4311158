import { failure } from "#shared/domain/failure.ts";
import type { ConnectionId, GroupKey, Platform } from "#shared/domain/ids.ts";
import type { OutgoingMessage } from "#shared/domain/operation.ts";
import type { DraftStep } from "./draft-step.ts";
import { aboutGroup, stateOf } from "./group-step.ts";
import { archivedRefusal, obstacleOf } from "./membership-steps.ts";
import type { PlanGroup } from "./plan-facts.ts";
import { rightRefusal } from "./right-refusal.ts";

/**
 * What it takes to send messages: one step each, in their order; they are sent one by one, whoever they are for.
 * `platformOf` answers null for a connection that is gone.
 */
export function draftMessages(
  messages: readonly OutgoingMessage[],
  known: {
    platformOf(connectionId: ConnectionId): Platform | null;
    groupOf(groupKey: GroupKey): PlanGroup;
  },
): DraftStep[] {
  return messages.map((message, at) => {
    const platform = known.platformOf(message.connectionId);
    const base = {
      action: "send" as const,
      stage: 0,
      batch: `send ${at + 1}`,
      after: message.text,
    };
    if (message.userId !== null || message.groupKey === null) {
      return {
        ...base,
        connectionId: message.connectionId,
        platform: platform ?? "slack",
        groupKey: null,
        groupId: null,
        groupName: message.toName,
        groupKind: null,
        newGroup: null,
        personId: null,
        personName: message.toName,
        userId: message.userId,
        before: null,
        evidence: "live" as const,
        ...stateOf(
          platform === null
            ? failure("membership/no-connection")
            : message.userId === null
              ? failure("membership/nobody-matches", { name: message.toName })
              : null,
        ),
      };
    }
    const group = known.groupOf(message.groupKey);
    // It is sent by the account that was asked for, not by the one with the best right.
    const view = group.views.find(({ connectionId }) => connectionId === message.connectionId);
    const about = { ...aboutGroup(group, view), connectionId: message.connectionId };
    const refusal =
      group.obstacle !== null || view === undefined
        ? obstacleOf(group)
        : (archivedRefusal(group) ?? rightRefusal("send", group, view));
    return { ...about, ...base, ...stateOf(refusal) };
  });
}
